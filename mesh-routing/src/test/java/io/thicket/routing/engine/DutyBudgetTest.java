package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.engine.DutyBudget.Use;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** 2.6, duty of a LoRa-class link: never beyond it, and who may use what is there. */
class DutyBudgetTest {
    private static final RoutingParameters PARAMETERS = RoutingParameters.of(LinkClass.LORA);
    private static final long HOUR_MS = 3_600_000;

    private final DutyBudget budget = new DutyBudget(0, MixedMesh.LORA, PARAMETERS);

    /** Frames that were sent, of each use, in us; and the check that no hour has more than its duty. */
    private final Map<Use, Long> sentUs = new EnumMap<>(Use.class);

    private final ArrayDeque<long[]> lastHour = new ArrayDeque<>();
    private long lastHourUs;

    @Test
    void airtime_is_that_of_the_data_sheet() {
        assertEquals(56_576, new LoraRadio(7, 125, 1, 10).airtimeUs(20));
        assertEquals(144_384, LoraRadio.sf9().airtimeUs(12));
        assertEquals(328_704, LoraRadio.sf9().airtimeUs(50));
        assertEquals(1_318_912, new LoraRadio(12, 125, 1, 10).airtimeUs(20));
        assertEquals(616_448, new LoraRadio(11, 250, 1, 10).airtimeUs(56));
    }

    @Test
    void a_link_without_a_radio_has_the_duty_of_its_class_and_the_airtime_of_its_rate() {
        DutyBudget lora = new DutyBudget(0, new LinkInfo(LinkClass.LORA, 2, 250, true), PARAMETERS);
        DutyBudget wifi = new DutyBudget(
                0, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), RoutingParameters.of(LinkClass.WIFI));

        assertTrue(lora.isLimited());
        assertEquals(68_000 + 1_000_000, lora.airtimeUs(250));
        assertFalse(wifi.isLimited());
        assertTrue(wifi.take(0, Use.FLOOD, 1_200));
        assertEquals(0, wifi.waitMs(0, Use.FLOOD));
    }

    @Test
    void data_is_data_as_a_value_and_as_fields() {
        for (boolean urgent : new boolean[] {false, true}) {
            Data data = new Data(
                    new MessageId(new NodeId(1), 1, 1),
                    Destination.GATEWAY,
                    null,
                    null,
                    20,
                    0,
                    0,
                    0,
                    true,
                    urgent,
                    null,
                    0,
                    PayloadType.READINGS,
                    Bytes.copyOf(new byte[8]));
            Use use = urgent ? Use.URGENT : Use.DATA;

            assertEquals(use, Use.of(List.of(data), false));
            assertEquals(use, Use.of(List.of(new DataFields().set(data)), false));
        }
    }

    @Test
    void whatever_is_wanted_no_hour_has_more_than_its_duty_and_most_of_it_can_be_used() {
        SplittableRandom random = new SplittableRandom(3);
        for (long now = 0; now < 24 * HOUR_MS; now += random.nextInt(1, 400)) {
            send(now, Use.values()[random.nextInt(Use.values().length)], random.nextInt(30, 251));
        }

        long allUs = sentUs.values().stream().mapToLong(Long::longValue).sum();
        assertTrue(allUs > 0.69 * 24 * 36_000_000, "only " + allUs / 1_000 + " ms were used");
    }

    @Test
    void control_has_a_tenth_and_floods_forty_percent_of_that() {
        for (long now = 0; now < 24 * HOUR_MS; now += 100) {
            send(now, Use.FLOOD, 110);
            send(now, Use.CONTROL, 150);
        }

        // What fits at once at the beginning, and 24 hours' shares.
        assertEquals(2_160_000 + 24 * 3_600_000 * 0.4, sentUs.get(Use.FLOOD), 600_000);
        assertEquals(5_400_000 + 24 * 3_600_000 * 0.6, sentUs.get(Use.CONTROL), 800_000);
    }

    @Test
    void control_that_took_all_it_may_leaves_room_for_data_at_once() {
        while (budget.take(0, Use.CONTROL, 150) || budget.take(0, Use.FLOOD, 110)) {
            assertTrue(true);
        }

        assertEquals(0, budget.waitMs(0, Use.DATA));
    }

    @Test
    void data_without_end_leaves_room_for_settlement_acknowledgements_and_hellos() {
        long hellos = 0;
        long acks = 0;
        for (long now = 0; now < 10 * HOUR_MS; now += 100) {
            while (send(now, Use.DATA, 200)) {
                assertTrue(true);
            }
            if (now % (HOUR_MS / 2) == 0) {
                assertEquals(0, budget.waitMs(now, Use.URGENT, 100));
                hellos += send(now, Use.CONTROL, 150) ? 1 : 0;
                acks += send(now, Use.ACK, 50) ? 1 : 0;
            }
        }

        assertEquals(20, hellos);
        assertEquals(20, acks);
    }

    @Test
    void acknowledgements_without_end_do_not_silence_the_hellos() {
        long hellos = 0;
        for (long now = 0; now < 10 * HOUR_MS; now += 100) {
            while (send(now, Use.ACK, 50)) {
                assertTrue(true);
            }
            if (now % HOUR_MS == HOUR_MS - 100) {
                hellos += send(now, Use.CONTROL, 150) ? 1 : 0;
            }
        }

        assertEquals(10, hellos);
    }

    @Test
    void the_wait_is_neither_longer_nor_shorter_than_it_must_be() {
        while (budget.take(0, Use.CONTROL, 250)) {
            assertTrue(true);
        }
        long waitMs = budget.waitMs(0, Use.CONTROL);

        assertTrue(waitMs > 1_000);
        assertTrue(budget.waitMs(waitMs - 1, Use.CONTROL) > 0);
        assertEquals(0, budget.waitMs(waitMs, Use.CONTROL));
    }

    @Test
    void a_change_of_the_link_gives_nothing_back() {
        while (budget.take(0, Use.URGENT, 30)) {
            assertTrue(true);
        }
        budget.update(0, new LinkInfo(LinkClass.LORA, 2, 128, true, LoraRadio.sf9()), PARAMETERS);

        assertFalse(budget.take(0, Use.DATA, 128));
    }

    @Test
    void a_duty_that_is_lifted_and_comes_back_gives_nothing_back() {
        while (budget.take(0, Use.URGENT, 30)) {
            assertTrue(true);
        }
        budget.update(0, new LinkInfo(LinkClass.LORA, 2, 250, true, free()), PARAMETERS);
        assertFalse(budget.isLimited());
        assertTrue(budget.take(0, Use.FLOOD, 250));
        assertEquals(0, budget.helloGapMs(0));
        assertTrue(budget.mayHurry(0));

        budget.update(0, MixedMesh.LORA, PARAMETERS);

        assertTrue(budget.isLimited());
        assertFalse(budget.take(0, Use.URGENT, 30));
    }

    @Test
    void a_link_that_is_limited_later_may_send_at_once_what_a_new_one_may() {
        DutyBudget later = new DutyBudget(0, new LinkInfo(LinkClass.LORA, 2, 250, true, free()), PARAMETERS);
        assertTrue(later.mayHurry(HOUR_MS));
        assertTrue(later.take(HOUR_MS, Use.CONTROL, 250));

        later.update(HOUR_MS, MixedMesh.LORA, PARAMETERS);

        DutyBudget fresh = new DutyBudget(HOUR_MS, MixedMesh.LORA, PARAMETERS);
        int frames = 0;
        for (Use use : List.of(Use.FLOOD, Use.CONTROL, Use.DATA, Use.URGENT)) {
            while (fresh.take(HOUR_MS, use, 50)) {
                assertTrue(later.take(HOUR_MS, use, 50));
                frames++;
            }
            assertEquals(fresh.waitMs(HOUR_MS, use), later.waitMs(HOUR_MS, use));
        }
        assertTrue(frames > 10);
    }

    private static LoraRadio free() {
        return new LoraRadio(9, 125, 1, 1_000);
    }

    @Test
    void the_picture_shows_what_was_used_and_what_is_left() {
        budget.take(0, Use.CONTROL, 50);
        Interface link = new Interface(
                Peer.LINK, MixedMesh.LORA, PARAMETERS, new Trickle(PARAMETERS, new SplittableRandom(1), 0), 0);

        var picture = budget.snapshot(1, link);

        assertEquals(List.of(36_000L, 328L), List.of(picture.perHourMs(), picture.usedMs()));
        assertEquals(List.of(10_471L, 5_071L), List.of(picture.availableMs(), picture.controlMs()));
        assertEquals(0, budget.snapshot(61 * 60_000 + 1, link).usedMs());
    }

    @Test
    void a_radio_that_may_not_send_its_largest_frames_is_refused() {
        LinkInfo slow = new LinkInfo(LinkClass.LORA, 1, 250, true, new LoraRadio(12, 125, 1, 10));

        assertThrows(IllegalArgumentException.class, () -> new DutyBudget(0, slow, PARAMETERS));
        assertThrows(IllegalArgumentException.class, () -> new LoraRadio(6, 125, 1, 10));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true, LoraRadio.sf9()));
    }

    private boolean send(long now, Use use, int bytes) {
        if (!budget.take(now, use, bytes)) {
            return false;
        }
        long us = LoraRadio.sf9().airtimeUs(bytes);
        sentUs.merge(use, us, Long::sum);
        lastHour.addLast(new long[] {now, us});
        lastHourUs += us;
        while (now - lastHour.peekFirst()[0] >= HOUR_MS) {
            lastHourUs -= lastHour.pollFirst()[1];
        }
        assertTrue(lastHourUs <= 36_000_000, lastHourUs + " us within an hour before " + now);
        return true;
    }
}
