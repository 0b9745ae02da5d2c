package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.PolledSession;
import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AskingSessionTest {
    private static final String CO2_ANSWER = "ff 86 02 7c 42 00 00 00 ba";
    private static final String NOT_MEASURING = "7E 00 03 43 00 B9 7E";
    private static final String NO_NEW_VALUE = "7E 00 03 00 00 FC 7E";

    private final List<String> asked = new ArrayList<>();

    private static PolledSession open(String id, Map<String, String> options) {
        PolledSession session = assertInstanceOf(
                PolledSession.class, DriverCatalogue.find(id).orElseThrow().open(options));
        session.reset();
        return session;
    }

    /** Lets the session ask every ms of the span; answers come after {@code answerMs}, none if that is negative. */
    private void run(PolledSession session, long fromMs, long toMs, String answer, long answerMs) {
        long answerAtMs = Long.MAX_VALUE;
        for (long now = fromMs; now < toMs; now++) {
            byte[] request = session.waitMs(now) == 0 ? session.poll(now) : null;
            if (request != null) {
                session.onSent(now);
                asked.add(now + " " + Bytes.copyOf(request));
                answerAtMs = answerMs < 0 ? Long.MAX_VALUE : now + answerMs;
            }
            if (now == answerAtMs) {
                byte[] bytes = Bytes.parse(answer).toArray();
                session.onBytes(now, bytes, 0, bytes.length, (at, values) -> {});
            }
        }
    }

    @Test
    void it_asks_at_its_interval() {
        run(open("winsen.mhz19b", Map.of()), 0, 15_000, CO2_ANSWER, 30);

        assertEquals(
                List.of(
                        "0 FF 01 86 00 00 00 00 00 79",
                        "5000 FF 01 86 00 00 00 00 00 79",
                        "10000 FF 01 86 00 00 00 00 00 79"),
                asked);
    }

    @Test
    void the_interval_can_be_longer_but_not_shorter() {
        run(open("winsen.mhz19b", Map.of("interval", "1min")), 0, 61_000, CO2_ANSWER, 30);

        assertEquals(2, asked.size());
        var refused =
                assertThrows(IllegalArgumentException.class, () -> open("winsen.mhz19b", Map.of("interval", "1s")));
        assertEquals("option interval: '1s' is not 5s to 24h", refused.getMessage());
    }

    @Test
    void a_device_that_does_not_answer_is_asked_again_in_the_next_round() {
        PolledSession session = open("winsen.mhz19b", Map.of());

        run(session, 0, 12_000, CO2_ANSWER, -1);

        assertEquals(3, asked.size());
        assertEquals(0, session.counts().good());
    }

    @Test
    void all_requests_of_a_round_follow_one_another() {
        run(open("jbd.bms", Map.of()), 0, 5_000, "DD 03 80 00 FF 80 77", 40);

        assertEquals(List.of("0 DD A5 03 00 FF FD 77", "140 DD A5 04 00 FF FC 77"), asked);
    }

    @Test
    void a_round_that_takes_longer_than_the_interval_is_not_made_up_for() {
        // 500 ms without an answer, twice, and gaps: 1.2 s. With an interval of 1 s the next round begins then.
        run(open("sensirion.sps30", Map.of()), 0, 3_000, NO_NEW_VALUE, -1);

        assertEquals(
                List.of(
                        "0 7E 00 00 02 01 03 F9 7E",
                        "550 7E 00 03 00 FC 7E",
                        "1550 7E 00 03 00 FC 7E",
                        "2550 7E 00 03 00 FC 7E"),
                asked);
    }

    @Test
    void a_device_that_lost_its_power_is_set_up_again() {
        PolledSession session = open("sensirion.sps30", Map.of());
        run(session, 0, 1_500, NO_NEW_VALUE, 20);
        asked.clear();

        run(session, 1_500, 3_500, NOT_MEASURING, 20);

        assertEquals(
                List.of("7E 00 03 00 FC 7E", "7E 00 00 02 01 03 F9 7E"),
                asked.stream()
                        .limit(2)
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList());
    }

    @Test
    void after_reopening_everything_begins_anew() {
        PolledSession session = open("sensirion.sps30", Map.of());
        run(session, 0, 700, NO_NEW_VALUE, 20);
        session.reset();
        asked.clear();

        run(session, 700, 705, NO_NEW_VALUE, 20);

        assertEquals(List.of("700 7E 00 00 02 01 03 F9 7E"), asked);
        assertNull(session.poll(705));
        assertTrue(session.waitMs(705) > 0);
    }
}
