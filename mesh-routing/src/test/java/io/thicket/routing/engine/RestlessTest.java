package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.Tell;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** 2.7 where HELLOs are frequent, since nodes move, and where they are not: who may be gone is left early. */
class RestlessTest {
    private static final NodeId FAR = new NodeId(0x1234);
    private static final long RESTLESS_MS = 2_000;
    private static final long CALM_MS = 60_000;

    /** Intervals that were short for so long are no start and no other news. */
    private static final long SHORT_MS = 8_000;

    private final Bench bench = new Bench();

    @Nested
    class Windows {
        @Test
        void one_frame_is_on_the_way_to_one_that_moves() {
            assertEquals(1, framesAtOnce(RESTLESS_MS));
        }

        @Test
        void as_many_as_the_window_has_are_on_the_way_to_one_that_does_not() {
            assertEquals(3, framesAtOnce(CALM_MS));
        }

        @Test
        void nothing_more_is_risked_on_one_that_is_overdue_until_it_answers() {
            Peer next = hopTo(1, CALM_MS, 100);
            send();
            bench.runTo(376); // repeated: the first timeout is 250 to 375 ms
            assertEquals(2, data(next));

            send();
            assertEquals(2, data(next));
            next.accept(List.of(bench.sent.get(0)));
            assertEquals(3, data(next));
            send();
            assertEquals(4, data(next), "two at once again");
        }

        private int framesAtOnce(long intervalMs) {
            Peer next = hopTo(1, intervalMs, 100);
            answered(next, 3); // 2, 2.5, 2.9, 3.2
            for (int i = 0; i < 5; i++) {
                send();
            }
            return data(next);
        }
    }

    @Nested
    class Timeouts {
        @Test
        void an_answer_to_a_repetition_makes_the_next_timeout_longer() {
            Peer next = hopTo(1, CALM_MS, 100);
            send();
            bench.runTo(700); // sent twice: the third one is due at 750 at the earliest
            assertEquals(2, data(next));
            next.acceptAll();

            assertEquals(1, sendsWithin(next, 1_049));
        }

        @Test
        void an_answer_to_the_fourth_transmission_says_nothing() {
            Peer next = hopTo(1, CALM_MS, 100);
            send();
            bench.runTo(2_700); // the fourth one is sent at 1750 to 2625
            assertEquals(4, data(next));
            next.acceptAll();

            assertEquals(2, sendsWithin(next, 376));
        }

        private int sendsWithin(Peer next, long ms) {
            bench.sent.clear();
            send();
            bench.runTo(bench.now + ms);
            return data(next);
        }
    }

    @Nested
    class Silence {
        @Test
        void one_that_moves_and_always_answered_at_once_is_suspect_after_two_sends() {
            assertEquals(2, sendsUntilSuspect(RESTLESS_MS, 4));
        }

        @Test
        void so_is_one_that_moves_and_was_never_asked_anything() {
            assertEquals(2, sendsUntilSuspect(RESTLESS_MS, 0));
        }

        @Test
        void one_that_does_not_move_gets_four() {
            assertEquals(4, sendsUntilSuspect(CALM_MS, 4));
        }

        private int sendsUntilSuspect(long intervalMs, int answers) {
            Peer next = hopTo(1, intervalMs, 100);
            answered(next, answers);
            send();
            long fromMs = bench.now;
            while (state(next) == NeighborState.TWO_WAY && bench.now - fromMs < 10_000) {
                bench.runTo(bench.now + 1);
            }
            assertEquals(NeighborState.SUSPECT, state(next));
            return data(next);
        }
    }

    @Nested
    class Probes {
        /** 60 s are announced: it is asked after 150 s of silence, and would be given up after 210 s. */
        @Test
        void one_that_fails_is_not_followed_by_another() {
            Peer next = hopTo(1, CALM_MS, 100);
            bench.runTo(149_000);
            assertEquals(0, probes(next));
            assertEquals(NeighborState.TWO_WAY, state(next));

            bench.runTo(170_000);

            assertEquals(NeighborState.DOWN, state(next));
            assertEquals(4, probes(next));
            assertEquals(1, distinctProbes(next));
        }

        /** 2 s are announced. Whatever was said to it since would only block the channel. */
        @Test
        void one_that_moves_and_is_silent_is_gone_without_being_asked() {
            Peer next = hopTo(1, RESTLESS_MS, 100);
            heardUntil(next, 10_000);
            answered(next, 4);
            bench.runTo(10_000 + 6_900);
            assertEquals(NeighborState.TWO_WAY, state(next));

            bench.runTo(10_000 + 8_100);

            assertEquals(0, probes(next));
            assertEquals(NeighborState.DOWN, state(next));
        }

        private void heardUntil(Peer peer, long untilMs) {
            while (bench.now < untilMs) {
                bench.runTo(bench.now + 2_000);
                peer.hello();
            }
        }
    }

    @Nested
    class Alternates {
        @Test
        void one_that_moves_and_was_not_heard_for_an_interval_is_no_way_out() {
            assertFalse(isAlternateUsed(RESTLESS_MS, 2_001));
        }

        @Test
        void one_that_moves_and_was_heard_within_it_is() {
            assertTrue(isAlternateUsed(RESTLESS_MS, 500));
        }

        @Test
        void one_that_does_not_move_is() {
            assertTrue(isAlternateUsed(CALM_MS, 2_001));
        }

        @Test
        void one_that_was_silent_is_taken_within_a_second_once_it_is_heard_again() {
            Peer first = hopTo(1, CALM_MS, 100);
            Peer second = hopTo(2, RESTLESS_MS, 120);
            bench.runTo(bench.now + 2_001);
            first.hello();
            send();
            first.replyAll(HopResult.of(HopCode.NO_ROUTE));
            assertEquals(0, data(second));

            second.hello();
            bench.runTo(bench.now + 1_100);

            assertTrue(data(second) > 0);
        }

        private boolean isAlternateUsed(long intervalMs, long silentMs) {
            Peer first = hopTo(1, CALM_MS, 100);
            Peer second = hopTo(2, intervalMs, 120);
            bench.runTo(bench.now + silentMs);
            first.hello();
            send();
            bench.runTo(bench.now + 1_200); // two sends and both timeouts: 375 + 750 ms at most
            assertTrue(data(first) >= 2);
            return data(second) > 0;
        }
    }

    /** Short intervals alone are no movement: those of a start, or of any news, double again. */
    @Nested
    class News {
        @Test
        void one_that_starts_or_has_news_is_not_restless() {
            Peer next = hopTo(1, 2_000, 100, 6_000);
            answered(next, 3);
            for (int i = 0; i < 5; i++) {
                send();
            }
            assertEquals(3, data(next), "as many as the window has");
        }

        @Test
        void it_is_at_once_where_others_arrive_all_the_time() {
            bench.runTo(30_000);
            for (int i = 2; i <= 4; i++) {
                new Peer(bench, i).join();
            }
            Peer next = hopTo(1, 2_000, 100, 0);
            answered(next, 3);
            for (int i = 0; i < 5; i++) {
                send();
            }
            assertEquals(1, data(next));
        }

        private Peer hopTo(int number, long intervalMs, long metric, long forMs) {
            Peer peer = new Peer(bench, number).every(intervalMs).join();
            peer.hello();
            bench.runTo(bench.now + forMs);
            peer.hello();
            peer.unicast(new Tell(FAR, new Distance(new Seq(1, 5), metric), 2));
            bench.sent.clear();
            return peer;
        }
    }

    /** What moves to the alternate after two silent sends. */
    @Nested
    class Abandoned {
        @Test
        void two_that_never_answer_do_not_get_the_same_message_in_turns_for_ever() {
            Peer first = hopTo(1, CALM_MS, 100);
            Peer second = hopTo(2, CALM_MS, 120);
            send();
            while (state(first) == NeighborState.TWO_WAY && bench.now < 20_000) {
                assertTrue(data(first) <= 4, data(first) + " times to the first, " + data(second) + " to the second");
                bench.runTo(bench.now + 10);
            }

            assertEquals(NeighborState.SUSPECT, state(first));
            assertEquals(4, data(first), "twice two");
            assertEquals(NeighborState.TWO_WAY, state(second), "it had two turns only");
        }
    }

    /** A neighbour that leads to FAR and announces this interval, a short one for so long that it moves. */
    private Peer hopTo(int number, long intervalMs, long metric) {
        Peer peer = new Peer(bench, number).every(intervalMs).join();
        peer.hello(); // its session is live now
        if (intervalMs == RESTLESS_MS) {
            for (long ms = 0; ms < SHORT_MS; ms += RESTLESS_MS) {
                bench.runTo(bench.now + RESTLESS_MS);
                peer.hello();
            }
        }
        peer.unicast(new Tell(FAR, new Distance(new Seq(1, 5), metric), 2));
        bench.sent.clear();
        return peer;
    }

    /** So many messages are taken over at once, one after the other. */
    private void answered(Peer peer, int times) {
        for (int i = 0; i < times; i++) {
            send();
            assertEquals(1, data(peer));
            peer.acceptAll();
        }
        assertEquals(0, bench.router.queued());
        bench.sent.clear();
        bench.runTo(bench.now + 1); // what is sent from now on was not answered at this very moment
    }

    private void send() {
        long number = bench.router.send(
                bench.now,
                Destination.node(FAR),
                PayloadType.COAP,
                Priority.NORMAL,
                600_000,
                false,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
        assertTrue(number > 0, "refused: " + number);
    }

    private NeighborState state(Peer peer) {
        return bench.router.snapshot(bench.now).neighbors().stream()
                .filter(each -> each.id().equals(peer.id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** DATA frames to {@code peer}, each repetition as well. */
    private int data(Peer peer) {
        return (int) contents(peer).stream()
                .filter(frame -> frame.stream().anyMatch(Data.class::isInstance))
                .count();
    }

    private int probes(Peer peer) {
        return (int) contents(peer).stream()
                .filter(frame -> frame.stream().anyMatch(Probe.class::isInstance))
                .count();
    }

    private int distinctProbes(Peer peer) {
        return (int) contents(peer).stream()
                .flatMap(List::stream)
                .filter(Probe.class::isInstance)
                .distinct()
                .count();
    }

    private List<List<MeshMessage>> contents(Peer peer) {
        return bench.sent.stream()
                .filter(frame -> frame.to().equals(peer.address) && frame.exchange() != MeshRouter.NO_EXCHANGE)
                .map(frame -> peer.open(frame.frame(), frame.exchange()))
                .toList();
    }
}
