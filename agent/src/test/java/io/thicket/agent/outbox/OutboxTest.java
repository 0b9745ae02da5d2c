package io.thicket.agent.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.SettleStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final List<SenmlRecord> VALUE =
            List.of(new SenmlRecord("temperature", "Cel", new SenmlValue.Numeric(21.5), null));

    private final FakePort port = new FakePort();
    private final Outbox outbox =
            new Outbox("n1", 7, 0, new OutboxLimits(20, 3_600_000), port, new SplittableRandom(1));

    @Test
    void a_reading_is_sent_at_once_and_kept_until_it_is_settled() {
        long seq = outbox.offer(1_000, 1_000, "air", VALUE);

        assertEquals(1, seq);
        assertEquals(List.of("1:turn0:[1]"), port.sent);
        assertEquals(1, outbox.size());

        outbox.onSettled(1_500, 1, SettleStatus.BROKER_ACKED);

        assertEquals(0, outbox.size());
        assertEquals(List.of(1L), port.settled);
        assertEquals(MeshRouter.NEVER, outbox.nextDeadlineMs());
    }

    /** A clock that only runs on may begin anywhere. */
    @Test
    void a_time_below_zero_is_one_like_others() {
        outbox.offer(-5_000, -5_000, "air", VALUE);
        outbox.onDropped(-4_990, 1, DropReason.TOO_LARGE);
        outbox.onDeadline(-2_000);

        assertEquals(List.of("1:turn0:[1]", "1:turn1:[1]"), port.sent);
    }

    @Test
    void after_an_epoch_repair_what_is_sent_or_repeated_bears_the_new_epoch_and_numbers_go_on() {
        outbox.offer(0, 0, "air", VALUE);
        long before = port.lastBatch().epoch();

        outbox.renumber(before + 5);
        outbox.offer(10, 10, "air", VALUE);
        assertEquals(before + 5, port.lastBatch().epoch());
        assertEquals(List.of("1:turn0:[1]", "2:turn0:[2]"), port.sent);
        outbox.onDropped(20, 1, DropReason.RESTART);
        outbox.onDeadline(outbox.nextDeadlineMs());

        assertEquals("1:turn1:[1]", port.sent.get(2));
        assertEquals(before, port.lastBatch().epoch(), "a gateway may have published it by that name");
    }

    /** One batch has one epoch. */
    @Test
    void what_waited_when_the_epoch_was_repaired_goes_by_itself() {
        port.refuse = MeshRouter.Refusal.NO_ROUTE;
        outbox.offer(0, 0, "air", VALUE);
        outbox.offer(0, 0, "air", VALUE);
        outbox.renumber(9);
        outbox.offer(10, 10, "air", VALUE);
        port.refuse = 0;
        outbox.onReady(20);

        assertEquals(List.of("1:turn0:[1, 2]", "2:turn0:[3]"), port.sent);
        assertEquals(
                List.of(7L, 9L), port.batches.stream().map(ReadingBatch::epoch).toList());
    }

    @Test
    void a_message_without_settlement_is_repeated_under_its_number_with_growing_turn_and_interval() {
        outbox.offer(0, 0, "air", VALUE);
        long first = outbox.nextDeadlineMs();
        outbox.onDeadline(first);
        long second = outbox.nextDeadlineMs();
        outbox.onDeadline(second);

        assertEquals(List.of("1:turn0:[1]", "1:turn1:[1]", "1:turn2:[1]"), port.sent);
        assertTrue(first >= Delivery.FIRST_REPEAT_MS, "first after " + first);
        assertTrue(second - first >= 2 * Delivery.FIRST_REPEAT_MS, "second after " + (second - first));
        assertEquals(2, port.repeats);
    }

    @Test
    void after_some_turns_the_readings_go_into_a_new_message_because_a_gateway_takes_a_number_once() {
        outbox.offer(0, 0, "air", VALUE);
        for (int i = 0; i < Delivery.MAX_TURNS + 1; i++) {
            outbox.onDeadline(outbox.nextDeadlineMs());
        }

        assertEquals(
                List.of("1:turn0:[1]", "1:turn1:[1]", "1:turn2:[1]", "1:turn3:[1]", "1:turn4:[1]", "2:turn0:[1]"),
                port.sent);

        outbox.onSettled(1_000_000, 2, SettleStatus.DUPLICATE);
        assertEquals(0, outbox.size());
    }

    @Test
    void a_node_that_stops_asks_for_every_answer_at_once() {
        outbox.offer(0, 0, "air", VALUE);
        outbox.offer(10, 10, "air", VALUE);

        outbox.askNow(500);

        assertEquals(List.of("1:turn0:[1]", "2:turn0:[2]", "1:turn1:[1]", "2:turn1:[2]"), port.sent);
    }

    @Test
    void a_dropped_message_is_repeated_soon() {
        outbox.offer(0, 0, "air", VALUE);

        outbox.onDropped(100, 1, DropReason.TOO_OLD);
        long next = outbox.nextDeadlineMs();
        outbox.onDeadline(next);

        assertTrue(next <= 100 + 2 * Delivery.RETRY_MS, "at " + next);
        assertEquals(List.of("1:turn0:[1]", "1:turn1:[1]"), port.sent);
    }

    @Test
    void readings_that_wait_are_packed_to_the_path_mtu() {
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 10; i++) {
            outbox.offer(0, 0, "air", VALUE);
        }
        port.refuse = 0;
        port.limitBytes = bytesOf(3);

        outbox.onDeadline(outbox.nextDeadlineMs());

        assertEquals(List.of("1:turn0:[1, 2, 3]", "2:turn0:[4, 5, 6]", "3:turn0:[7, 8, 9]", "4:turn0:[10]"), port.sent);
    }

    @Test
    void a_shrunken_mtu_cuts_a_message_anew() {
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 4; i++) {
            outbox.offer(0, 0, "air", VALUE);
        }
        port.refuse = 0;
        outbox.onDeadline(outbox.nextDeadlineMs());
        port.limitBytes = bytesOf(2);

        outbox.onDropped(10, 1, DropReason.TOO_LARGE);

        assertEquals(List.of("1:turn0:[1, 2, 3, 4]", "2:turn0:[1, 2]", "3:turn0:[3, 4]"), port.sent);
    }

    @Test
    void a_batch_called_too_large_that_should_fit_is_sent_reading_by_reading() {
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 2; i++) {
            outbox.offer(0, 0, "air", VALUE);
        }
        port.refuse = 0;
        outbox.onDeadline(outbox.nextDeadlineMs());

        outbox.onDropped(10, 1, DropReason.TOO_LARGE);

        assertEquals(List.of("1:turn0:[1, 2]", "2:turn0:[1]", "3:turn0:[2]"), port.sent);
    }

    /** A random test threw: there was a batch of no readings to be cut. */
    @Test
    void a_batch_called_too_large_whose_readings_are_lost_meanwhile_is_over() {
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 2; i++) {
            outbox.offer(0, 0, "air", VALUE);
        }
        port.refuse = 0;
        outbox.onDeadline(outbox.nextDeadlineMs());
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 20; i++) {
            outbox.offer(1, 1, "air", VALUE);
        }

        outbox.onDropped(10, 1, DropReason.TOO_LARGE);

        assertEquals(List.of("1:turn0:[1, 2]"), port.sent);
        assertEquals(List.of("1:OUTBOX_FULL", "2:OUTBOX_FULL"), port.lost);
    }

    /** Some hop says so, and another way may be found; for some two minutes, and not as fast as the hop answers. */
    @Test
    void a_single_reading_called_too_large_on_the_way_is_tried_ever_more_rarely_and_then_reported_lost() {
        outbox.offer(0, 0, "air", VALUE);
        long now = 0;
        List<Long> pauses = new ArrayList<>();
        while (port.lost.isEmpty() && pauses.size() < 100) {
            assertEquals(pauses.size() + 1, port.sent.size());
            outbox.onDropped(now, lastNumber(), DropReason.TOO_LARGE);
            if (port.lost.isEmpty()) {
                pauses.add(outbox.nextDeadlineMs() - now);
                now = outbox.nextDeadlineMs();
                outbox.onDeadline(now);
            }
        }

        assertEquals(List.of("1:TOO_LARGE"), port.lost);
        assertEquals(HeldBack.MAX_REFUSALS - 1, pauses.size());
        long[] least = {1_000, 2_000, 4_000, 8_000, 16_000, 16_000};
        for (int i = 0; i < least.length; i++) {
            assertTrue(pauses.get(i) >= least[i] && pauses.get(i) <= least[i] * 5 / 4, pauses.toString());
        }
        assertTrue(now >= 120_000 && now <= 160_000, "given up after " + now + " ms");
        assertEquals(MeshRouter.NEVER, outbox.nextDeadlineMs());
    }

    @Test
    void what_was_called_too_large_is_tried_under_its_number_until_its_turns_are_over() {
        outbox.offer(0, 0, "air", VALUE);
        for (int i = 0; i < Delivery.MAX_TURNS + 2; i++) {
            outbox.onDropped(outbox.nextDeadlineMs(), lastNumber(), DropReason.TOO_LARGE);
            outbox.onDeadline(outbox.nextDeadlineMs());
        }

        assertEquals(
                List.of(
                        "1:turn0:[1]",
                        "1:turn1:[1]",
                        "1:turn2:[1]",
                        "1:turn3:[1]",
                        "1:turn4:[1]",
                        "2:turn0:[1]",
                        "2:turn1:[1]"),
                port.sent);
        assertEquals(Delivery.MAX_TURNS + 1, port.repeats);
    }

    @Test
    void a_late_settlement_counts_while_the_reading_is_held_back() {
        outbox.offer(0, 0, "air", VALUE);
        outbox.onDropped(10, 1, DropReason.TOO_LARGE);

        outbox.onSettled(500, 1, SettleStatus.BROKER_ACKED);

        assertEquals(List.of(1L), port.settled);
        assertEquals(MeshRouter.NEVER, outbox.nextDeadlineMs());
    }

    @Test
    void a_late_settlement_counts_when_the_reading_has_a_new_number_and_a_late_drop_does_not() {
        outbox.offer(0, 0, "air", VALUE);
        while (lastNumber() == 1) {
            outbox.onDropped(outbox.nextDeadlineMs(), 1, DropReason.TOO_LARGE);
            outbox.onDeadline(outbox.nextDeadlineMs());
        }
        long next = outbox.nextDeadlineMs();

        outbox.onDropped(next - 1, 1, DropReason.TOO_LARGE);
        assertEquals(next, outbox.nextDeadlineMs());
        outbox.onSettled(next - 1, 1, SettleStatus.BROKER_ACKED);

        assertEquals(List.of(1L), port.settled);
        assertEquals(MeshRouter.NEVER, outbox.nextDeadlineMs());
    }

    /** The gateway's broker may have been away while the way became narrow. */
    @Test
    void a_late_settlement_of_a_batch_counts_when_its_readings_are_held_back() {
        offerBatchOfTwoAsNumberTwo();
        outbox.onDropped(20, 2, DropReason.TOO_LARGE);
        outbox.onDropped(30, 3, DropReason.TOO_LARGE);
        outbox.onDropped(30, 4, DropReason.TOO_LARGE);

        outbox.onSettled(500, 2, SettleStatus.REFUSED);
        assertEquals(2, outbox.size(), "nobody knows for which");
        outbox.onSettled(500, 2, SettleStatus.BROKER_ACKED);

        assertEquals(List.of(1L, 2L, 3L), port.settled);
        assertEquals(MeshRouter.NEVER, outbox.nextDeadlineMs());
    }

    @Test
    void a_late_settlement_counts_for_a_reading_that_nobody_answered_for_and_that_has_a_new_number() {
        outbox.offer(0, 0, "air", VALUE);
        while (lastNumber() == 1) {
            outbox.onDeadline(outbox.nextDeadlineMs());
        }

        outbox.onSettled(outbox.nextDeadlineMs() - 1, 1, SettleStatus.BROKER_ACKED);

        assertEquals(List.of(1L), port.settled);
        assertEquals(MeshRouter.NEVER, outbox.nextDeadlineMs());
    }

    @Test
    void a_refusal_of_a_batch_is_for_none_of_it_when_one_is_left() {
        offerBatchOfTwoAsNumberTwo();
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 19; i++) {
            outbox.offer(20, 20, "air", VALUE);
        }
        assertEquals(List.of("2:OUTBOX_FULL"), port.lost);
        port.refuse = 0;
        outbox.onDropped(30, 2, DropReason.NO_ROUTE);
        outbox.onDeadline(2_000);

        outbox.onSettled(2_001, 2, SettleStatus.REFUSED);

        assertEquals(List.of("2:OUTBOX_FULL"), port.lost, "the other one may have been the cause");
        assertTrue(outbox.keptSeqs().contains(3L));
    }

    private void offerBatchOfTwoAsNumberTwo() {
        outbox.offer(0, 0, "air", VALUE);
        outbox.onSettled(2, 1, SettleStatus.BROKER_ACKED);
        port.refuse = MeshRouter.Refusal.FULL;
        outbox.offer(3, 3, "air", VALUE);
        outbox.offer(3, 3, "air", VALUE);
        port.refuse = 0;
        outbox.onReady(4);
        assertEquals("2:turn0:[2, 3]", port.sent.get(port.sent.size() - 1));
    }

    @Test
    void half_of_the_window_is_kept_for_what_was_not_too_large() {
        for (int i = 0; i < SendWindow.SIZE; i++) {
            outbox.offer(0, 0, "air", VALUE);
        }
        for (long number = 1; number <= SendWindow.SIZE; number++) {
            outbox.onDropped(10, number, DropReason.TOO_LARGE);
        }
        outbox.onDeadline(2_000);
        assertEquals(SendWindow.SIZE + SendWindow.MAX_RETRIES, port.sent.size());
        assertTrue(outbox.nextDeadlineMs() > 2_000, "what is due waits for room, not for time");

        outbox.offer(2_001, 2_001, "air", VALUE);
        assertEquals("9:turn0:[9]", port.sent.get(port.sent.size() - 1));

        outbox.onSettled(2_002, Long.parseLong(port.sent.get(SendWindow.SIZE).substring(0, 1)), SettleStatus.DUPLICATE);
        assertEquals(SendWindow.SIZE + SendWindow.MAX_RETRIES + 2, port.sent.size());
    }

    @Test
    void a_full_queue_is_not_asked_each_time_that_something_held_back_is_due() {
        for (int i = 0; i < 4; i++) {
            outbox.offer(i * 100, i * 100, "air", VALUE);
            outbox.onDropped(i * 100, i + 1, DropReason.TOO_LARGE);
        }
        port.refuse = MeshRouter.Refusal.FULL;

        long now = 400;
        while (now < 10_000) {
            now = outbox.nextDeadlineMs();
            int before = port.refused;
            outbox.onDeadline(now);
            assertEquals(before + 1, port.refused);
            assertTrue(outbox.nextDeadlineMs() >= now + Delivery.RETRY_MS, "not before a second is over");
        }
    }

    @Test
    void a_node_that_stops_tries_what_is_held_back_at_once_and_only_once() {
        outbox.offer(0, 0, "air", VALUE);
        outbox.onDropped(10, 1, DropReason.TOO_LARGE);

        outbox.askNow(20);
        outbox.onDropped(30, 1, DropReason.TOO_LARGE);
        outbox.onDeadline(40);

        assertEquals(List.of("1:turn0:[1]", "1:turn1:[1]"), port.sent);
        assertTrue(outbox.nextDeadlineMs() >= 30 + Delivery.RETRY_MS, "at " + outbox.nextDeadlineMs());
    }

    /** With more room it might have got there: one refusal is not believed yet. */
    @Test
    void of_a_full_outbox_one_that_was_called_too_large_goes_because_it_is_full() {
        outbox.offer(0, 0, "air", VALUE);
        outbox.onDropped(10, 1, DropReason.TOO_LARGE);
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 21; i++) {
            outbox.offer(20, 20, "air", VALUE);
        }

        assertEquals(List.of("1:OUTBOX_FULL", "2:OUTBOX_FULL"), port.lost);
    }

    @Test
    void of_a_full_outbox_one_that_is_on_its_way_again_goes_because_it_is_full() {
        outbox.offer(0, 0, "air", VALUE);
        outbox.onDropped(10, 1, DropReason.TOO_LARGE);
        outbox.onDeadline(2_000);
        assertEquals(List.of("1:turn0:[1]", "1:turn1:[1]"), port.sent);
        for (int i = 0; i < 20; i++) {
            outbox.offer(2_001, 2_001, "air", VALUE);
        }

        assertEquals(List.of("1:OUTBOX_FULL"), port.lost);
    }

    @Test
    void of_a_full_outbox_one_that_was_called_too_large_twice_goes_because_it_is_full() {
        outbox.offer(0, 0, "air", VALUE);
        outbox.onDropped(10, 1, DropReason.TOO_LARGE);
        outbox.onDeadline(2_000);
        outbox.onDropped(2_010, 1, DropReason.TOO_LARGE);
        for (int i = 0; i < 20; i++) {
            outbox.offer(2_020, 2_020, "air", VALUE);
        }

        assertEquals(List.of("1:OUTBOX_FULL"), port.lost);
    }

    @Test
    void what_is_offered_while_a_node_stops_does_not_keep_it_from_stopping() {
        outbox.offer(0, 0, "air", VALUE);
        outbox.offer(0, 0, "air", VALUE);
        port.whenLost = () -> outbox.offer(1, 1, "air", VALUE);
        outbox.close();

        assertEquals(List.of("1:NODE_STOPPED", "2:NODE_STOPPED"), port.lost);
    }

    private long lastNumber() {
        String last = port.sent.get(port.sent.size() - 1);
        return Long.parseLong(last.substring(0, last.indexOf(':')));
    }

    @Test
    void a_reading_too_large_for_the_nodes_own_links_waits_for_others_and_holds_up_nothing() {
        port.refuse = MeshRouter.Refusal.TOO_LARGE;
        outbox.offer(0, 0, "air", VALUE);
        port.refuse = 0;
        outbox.offer(10, 10, "air", VALUE);
        assertEquals(List.of("1:turn0:[2]"), port.sent);

        outbox.onDeadline(outbox.nextDeadlineMs());

        assertEquals(List.of("1:turn0:[2]", "2:turn0:[1]"), port.sent);
        assertEquals(0, port.repeats);
    }

    @Test
    void a_single_reading_that_fits_nowhere_for_two_minutes_is_reported_lost() {
        port.refuse = MeshRouter.Refusal.TOO_LARGE;
        outbox.offer(0, 0, "air", VALUE);

        outbox.onDeadline(1_500);
        assertEquals(List.of(), port.lost);
        long now = 1_500;
        while (outbox.size() > 0) {
            now = outbox.nextDeadlineMs();
            outbox.onDeadline(now);
        }

        assertEquals(List.of("1:TOO_LARGE"), port.lost);
        assertTrue(now >= 120_000 && now <= 160_000, "given up after " + now + " ms");
        assertEquals(HeldBack.MAX_REFUSALS, port.refused);
    }

    @Test
    void a_full_outbox_drops_the_oldest_and_says_which() {
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 22; i++) {
            outbox.offer(i, i, "air", VALUE);
        }

        assertEquals(List.of("1:OUTBOX_FULL", "2:OUTBOX_FULL"), port.lost);
        assertEquals(20, outbox.size());
    }

    @Test
    void a_reading_older_than_the_limit_is_reported_lost() {
        outbox.offer(0, 0, "air", VALUE);

        outbox.onDeadline(3_600_000);

        assertEquals(List.of("1:TOO_OLD"), port.lost);
    }

    @Test
    void a_refused_message_is_reported_and_not_repeated() {
        outbox.offer(0, 0, "air", VALUE);

        outbox.onSettled(10, 1, SettleStatus.REFUSED);

        assertEquals(List.of("1:REFUSED"), port.lost);
        assertEquals(MeshRouter.NEVER, outbox.nextDeadlineMs());
    }

    @Test
    void of_a_refused_batch_only_the_reading_that_is_refused_alone_is_lost() {
        port.refuse = MeshRouter.Refusal.FULL;
        for (int i = 0; i < 3; i++) {
            outbox.offer(0, 0, "air", VALUE);
        }
        port.refuse = 0;
        outbox.onDeadline(outbox.nextDeadlineMs());

        outbox.onSettled(3_000, 1, SettleStatus.REFUSED);
        assertEquals(List.of("1:turn0:[1, 2, 3]", "2:turn0:[1]", "3:turn0:[2]", "4:turn0:[3]"), port.sent);
        assertEquals(List.of(), port.lost);

        outbox.onSettled(4_000, 2, SettleStatus.DUPLICATE);
        outbox.onSettled(4_000, 3, SettleStatus.REFUSED);
        outbox.onSettled(4_000, 4, SettleStatus.BROKER_ACKED);
        assertEquals(List.of("2:REFUSED"), port.lost);
        assertEquals(List.of(1L, 3L), port.settled);
    }

    @Test
    void a_reading_too_large_for_a_batch_is_lost_and_holds_up_nothing() {
        port.limitBytes = 1_000_000;
        List<SenmlRecord> huge =
                Collections.nCopies(32, new SenmlRecord("line", null, new SenmlValue.Text("x".repeat(1024)), null));

        outbox.offer(0, 0, "log", huge);
        outbox.offer(0, 0, "air", VALUE);

        assertEquals(List.of("1:TOO_LARGE"), port.lost);
        assertEquals(List.of("1:turn0:[2]"), port.sent);
    }

    @Test
    void the_window_bounds_messages_in_flight_and_moves_on_with_each_settlement() {
        for (int i = 0; i < SendWindow.SIZE + 2; i++) {
            outbox.offer(0, 0, "air", VALUE);
        }
        assertEquals(SendWindow.SIZE, port.sent.size());

        outbox.onSettled(1, 1, SettleStatus.DUPLICATE);

        assertEquals("9:turn0:[9, 10]", port.sent.get(port.sent.size() - 1));
    }

    @Test
    void a_time_is_relative_until_the_clock_is_known_and_then_fixed() {
        port.wallMs = Outbox.NO_WALL_TIME;
        outbox.offer(5_000, 3_000, "air", VALUE);
        assertEquals(-2.0, port.lastBatch().readings().get(0).pack().baseTimeSeconds());

        port.wallMs = 1_795_314_600_000L;
        outbox.onDeadline(20_000);
        double known = port.lastBatch().readings().get(0).pack().baseTimeSeconds();
        port.wallMs += 90_000;
        outbox.onDeadline(60_000);

        assertEquals(1_795_314_600.0 - 17.0, known);
        assertEquals(known, port.lastBatch().readings().get(0).pack().baseTimeSeconds());
    }

    @Test
    void what_is_left_at_the_end_is_reported() {
        outbox.offer(0, 0, "air", VALUE);

        outbox.close();

        assertEquals(List.of("1:NODE_STOPPED"), port.lost);
    }

    /** Room for {@code readings} of the readings offered here, and not for one more. */
    private static int bytesOf(int readings) {
        ReadingBatch.Reading reading = new ReadingBatch.Reading(1, "air", new SenmlPack("", 1_795_314_600.0, VALUE));
        return ReadingBatchCodec.encode(new ReadingBatch("n1", 7, Collections.nCopies(readings, reading))).length + 8;
    }

    private static final class FakePort implements OutboxPort {
        private final List<String> sent = new ArrayList<>();
        private final List<ReadingBatch> batches = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();
        private final List<Long> settled = new ArrayList<>();
        private int repeats;
        private long refuse;
        private int refused;
        private int limitBytes = 1_000;
        private long wallMs = 1_795_314_600_000L;
        private long numbers;
        private Runnable whenLost = () -> {};

        @Override
        public int maxPayloadBytes() {
            return limitBytes;
        }

        @Override
        public long send(ReadingBatch batch, long repeated, int turn) {
            if (refuse != 0) {
                refused++;
                return refuse;
            }
            ReadingBatchCodec.encode(batch);
            long number = repeated != 0 ? repeated : ++numbers;
            List<Long> seqs =
                    batch.readings().stream().map(ReadingBatch.Reading::seq).toList();
            sent.add(number + ":turn" + turn + ":" + seqs);
            batches.add(batch);
            return number;
        }

        ReadingBatch lastBatch() {
            return batches.get(batches.size() - 1);
        }

        @Override
        public long wallTimeMs() {
            return wallMs;
        }

        @Override
        public void lost(long epoch, long seq, LossReason reason) {
            lost.add(seq + ":" + reason);
            whenLost.run();
        }

        @Override
        public void settled(long epoch, long seq) {
            settled.add(seq);
        }

        @Override
        public void repeated() {
            repeats++;
        }
    }
}
