package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Tell;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** 2.7: a channel that is slow for one neighbour is slow for the others, too. */
class ChannelDelayTest {
    @Nested
    class Arithmetic {
        private final ChannelDelay delay = new ChannelDelay(RoutingParameters.of(LinkClass.WIFI));

        @Test
        void nothing_is_known_before_the_first_answer() {
            assertEquals(0, delay.timeoutMs(0, true));
            assertEquals(0, delay.timeoutMs(0, false));
        }

        @Test
        void as_long_as_the_slowest_answer_took() {
            delay.answered(10_000, 200);
            delay.answered(10_000, 20);
            assertEquals(200, delay.timeoutMs(10_000, false));
        }

        @Test
        void and_twice_as_long_where_nodes_move() {
            delay.answered(10_000, 200);
            assertEquals(400, delay.timeoutMs(10_000, true));
        }

        @Test
        void it_counts_less_and_less_for_some_seconds() {
            delay.answered(10_000, 200);
            assertEquals(100, delay.timeoutMs(12_000, false));
            assertEquals(0, delay.timeoutMs(14_000, false));
            assertEquals(200, delay.timeoutMs(14_000, true));
            assertEquals(0, delay.timeoutMs(18_000, true));
        }

        @Test
        void one_that_is_slower_than_what_is_left_of_it_takes_its_place() {
            delay.answered(10_000, 200);
            delay.answered(14_000, 90);
            assertEquals(200, delay.timeoutMs(14_000, true), "100 are left");
            delay.answered(14_000, 110);
            assertEquals(220, delay.timeoutMs(14_000, true));
        }

        /** The shortest timeout is 50 ms, that of a stranger 250. */
        @Test
        void
                one_that_never_answered_is_waited_for_twice_the_shortest_timeout_where_others_answer_within_half_of_that() {
            assertEquals(250, delay.firstTimeoutMs());
            delay.answered(0, 8);
            assertEquals(100, delay.firstTimeoutMs());
            for (int i = 0; i < 8; i++) {
                delay.answered(i, 60);
            }
            assertEquals(250, delay.firstTimeoutMs());
        }

        /** 4 x 250 ms. */
        @Test
        void whoever_is_gone_is_noticed_all_the_same() {
            delay.answered(10_000, 5_000);
            assertEquals(1_000, delay.timeoutMs(10_000, true));
            assertEquals(1_000, delay.timeoutMs(10_000, false));
        }

        /** Beyond it, a repetition could come when the other side has forgotten the exchange ({@link RoutingParameters#exchangeLifeMs}). */
        @Test
        void nor_is_it_longer_than_the_longest_timeout_of_the_class() {
            RoutingParameters narrow = RoutingParameters.of(LinkClass.WIFI).with(draft -> draft.rtoCeilingMs = 300);
            ChannelDelay bounded = new ChannelDelay(narrow);
            bounded.answered(10_000, 5_000);
            assertEquals(300, bounded.timeoutMs(10_000, true));
        }
    }

    @Nested
    class Exchanges {
        private static final NodeId NEAR = new NodeId(0x1111);
        private static final NodeId FAR = new NodeId(0x2222);

        private final Bench bench = new Bench();
        private final Peer slow = hopTo(1, NEAR);
        private final Peer other = hopTo(2, FAR);

        /** The first timeout of an unknown neighbour is 250 to 375 ms. */
        @Test
        void another_neighbours_slow_answer_makes_the_first_timeout_longer() {
            assertEquals(2, sendsTo(other, 376));
            forget();
            slowAnswer(240); // from now on it has 720 ms at least
            forget();

            slowAnswer(600); // 600 to 900 ms

            assertEquals(1, sendsTo(other, 550));
        }

        /** 100, 200, 400 and 800 ms and half of that at most, not 250, 500, 1 000 and 2 000. */
        @Test
        void one_that_never_answered_is_suspect_in_two_seconds_where_others_answer_at_once() {
            send(NEAR);
            bench.runTo(bench.now + 5);
            slow.acceptAll();
            assertEquals(4, sendsTo(other, 2_300));
            assertTrue(isSuspect(other));
        }

        private boolean isSuspect(Peer peer) {
            return bench.router.snapshot(bench.now).neighbors().stream()
                    .anyMatch(each -> each.id().equals(peer.id) && each.state() != NeighborState.TWO_WAY);
        }

        /** Sent at 400 ms, it would be repeated by 775; at 600 it turns out that answers take 600 ms. */
        @Test
        void and_puts_off_one_that_runs() {
            slowAnswer(240); // from now on it has 720 ms at least
            forget();
            long startMs = bench.now;
            send(NEAR);
            bench.runTo(startMs + 400);
            send(FAR);
            bench.runTo(startMs + 600);
            slow.accept(List.copyOf(bench.sent));

            bench.runTo(startMs + 900);
            assertEquals(1, data(other));
            bench.runTo(startMs + 1_000);
            assertEquals(2, data(other));
        }

        /** The neighbour's first frames are over, and what the channel was like is forgotten. */
        private void forget() {
            other.acceptAll();
            bench.runTo(bench.now + ChannelDelay.MEMORY_RESTLESS_MS);
            bench.sent.clear();
        }

        private void slowAnswer(long ms) {
            send(NEAR);
            bench.runTo(bench.now + ms);
            slow.acceptAll();
        }

        private int sendsTo(Peer peer, long withinMs) {
            bench.sent.clear();
            send(FAR);
            bench.runTo(bench.now + withinMs);
            return data(peer);
        }

        private Peer hopTo(int number, NodeId target) {
            Peer peer = new Peer(bench, number).join();
            peer.hello();
            peer.unicast(new Tell(target, new Distance(new Seq(1, 5), 100), 2));
            bench.sent.clear();
            return peer;
        }

        private void send(NodeId target) {
            bench.router.send(
                    bench.now,
                    Destination.node(target),
                    PayloadType.COAP,
                    Priority.NORMAL,
                    600_000,
                    false,
                    0,
                    0,
                    ByteBuffer.wrap(new byte[] {1}),
                    bench);
        }

        private int data(Peer peer) {
            return (int) bench.sent.stream()
                    .filter(frame -> frame.to().equals(peer.address))
                    .filter(frame ->
                            peer.open(frame.frame(), frame.exchange()).stream().anyMatch(Data.class::isInstance))
                    .count();
        }
    }
}
