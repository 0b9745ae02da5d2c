package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
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
        }

        @Test
        void half_as_long_again_as_the_slowest_answer() {
            delay.answered(10_000, 200);
            delay.answered(10_000, 20);
            assertEquals(300, delay.patienceMs(10_000));
            assertEquals(300, delay.timeoutMs(10_000, true), "whoever moves");
            assertEquals(200, delay.timeoutMs(10_000, false));
        }

        @Test
        void it_counts_less_and_less_for_four_seconds() {
            delay.answered(10_000, 200);
            assertEquals(150, delay.patienceMs(12_000));
            assertEquals(0, delay.patienceMs(14_000));
        }

        @Test
        void one_that_is_slower_than_what_is_left_of_it_takes_its_place() {
            delay.answered(10_000, 200);
            delay.answered(12_000, 120);
            assertEquals(180, delay.patienceMs(12_000));
        }

        /** 4 x 250 ms. */
        @Test
        void whoever_is_gone_is_noticed_all_the_same() {
            delay.answered(10_000, 5_000);
            assertEquals(1_000, delay.patienceMs(10_000));
        }
    }

    @Nested
    class Exchanges {
        private static final NodeId NEAR = new NodeId(0x1111);
        private static final NodeId FAR = new NodeId(0x2222);

        private final Bench bench = new Bench();
        private final Peer slow = hopTo(1, NEAR);
        private final Peer other = hopTo(2, FAR);

        /** The first timeout of an unknown neighbour is 250 to 375 ms; the patience of 360 ms puts it off. */
        @Test
        void another_neighbours_slow_answer_makes_the_first_timeout_longer() {
            assertEquals(2, sendsTo(other, 376));
            forget();

            slowAnswer(240); // 360 to 540 ms

            assertEquals(1, sendsTo(other, 350));
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

            bench.runTo(startMs + 1_150);
            assertEquals(1, data(other));
            bench.runTo(startMs + 1_400);
            assertEquals(2, data(other));
        }

        /** The neighbour's first frames are over, and what the channel was like is forgotten. */
        private void forget() {
            other.acceptAll();
            bench.runTo(bench.now + ChannelDelay.MEMORY_MS);
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
