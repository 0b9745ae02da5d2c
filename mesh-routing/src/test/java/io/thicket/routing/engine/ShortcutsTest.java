package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Ask;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Tell;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Routes that get shorter while they work, where nodes move. */
class ShortcutsTest {
    private static final NodeId FAR = new NodeId(0x1234);
    private static final long RESTLESS_MS = 2_000;
    private static final long CALM_MS = 60_000;

    /** Short intervals are no start and no other news after so long. */
    private static final long SHORT_MS = 8_000;

    private final Bench bench = new Bench();

    /** This node is in the middle. */
    @Nested
    class Naming {
        @Test
        void the_next_hop_is_named_if_it_hears_the_one_before() {
            Peer before = new Peer(bench, 1).join();
            Peer next = hopTo(2, RESTLESS_MS, 100);
            next.hears(before);
            assertEquals(prefixOf(next), resultFor(before).nearer());
        }

        @Test
        void it_is_not_if_it_does_not() {
            Peer before = new Peer(bench, 1).join();
            hopTo(2, RESTLESS_MS, 100);
            assertEquals(HopResult.NOBODY, resultFor(before).nearer());
        }

        @Test
        void it_is_not_where_nobody_moves() {
            Peer before = new Peer(bench, 1).join();
            Peer next = hopTo(2, CALM_MS, 100);
            next.hears(before);
            assertEquals(HopResult.NOBODY, resultFor(before).nearer());
        }

        /** A duty has no airtime for it. */
        @Test
        void it_is_not_on_a_link_with_a_duty() {
            Bench bench = lora();
            Peer before = new Peer(bench, 1).join();
            Peer next = moverOverLora(bench, 2);
            next.hears(before);
            next.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 2));
            HopResult result =
                    before.data(50, Peer.message(before.id, 1, 0, FAR, new Distance(new Seq(1, 5), 100_000_000)));
            assertEquals(HopCode.CUSTODY, result.code());
            assertEquals(HopResult.NOBODY, result.nearer());
        }

        private HopResult resultFor(Peer before) {
            HopResult result =
                    before.data(50, Peer.message(before.id, 1, 0, FAR, new Distance(new Seq(1, 5), 1_000_000)));
            assertEquals(HopCode.CUSTODY, result.code());
            return result;
        }
    }

    /** This node is two hops before the one that is named. */
    @Nested
    class Asking {
        private final Peer hop = hopTo(1, RESTLESS_MS, 1_000);
        private final Peer nearer = new Peer(bench, 2).every(RESTLESS_MS).join();

        @Test
        void who_is_named_is_asked_and_becomes_the_next_hop() {
            nearer.hello();
            takenOver(prefixOf(nearer));

            Ask ask = asks(nearer).get(0);
            assertEquals(FAR, ask.destination());
            Distance limit = ask.limit();
            assertNotNull(limit);
            nearer.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100), 1));

            bench.sent.clear();
            send();
            assertTrue(isSentTo(nearer));
        }

        @Test
        void once_in_a_second() {
            nearer.hello();
            takenOver(prefixOf(nearer));
            takenOver(prefixOf(nearer));
            assertEquals(1, asks(nearer).size());

            bench.runTo(bench.now + 1_000);
            takenOver(prefixOf(nearer));
            assertEquals(2, asks(nearer).size());
        }

        @Test
        void nobody_is_if_no_neighbour_has_that_prefix() {
            takenOver(0x7777_7777L);
            assertEquals(0, asks(nearer).size());
        }

        @Test
        void one_that_moves_and_was_not_heard_for_an_interval_is_not_asked() {
            for (long ms = 0; ms < SHORT_MS; ms += RESTLESS_MS) {
                bench.runTo(bench.now + RESTLESS_MS);
                hop.hello();
                nearer.hello();
            }
            bench.runTo(bench.now + RESTLESS_MS + 1);
            hop.hello();
            takenOver(prefixOf(nearer));
            assertEquals(0, asks(nearer).size());
        }

        /** Six questions in an hour are for repairs, whatever one names that does not know that. */
        @Test
        void nobody_is_on_a_link_with_a_duty() {
            Bench bench = lora();
            Peer before = new Peer(bench, 1).join();
            Peer named = new Peer(bench, 2).join();
            before.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100_000), 2));
            bench.sent.clear();
            send(bench, FAR);
            assertEquals(1, bench.sent.size());

            before.replyAll(new HopResult(HopCode.CUSTODY, null, 0, 0, prefixOf(named)));
            assertEquals(0, asks(bench, named).size());
        }

        /** Whoever has nodes named all the time would leave nothing for repairs, which come out of the same ten a second. */
        @Test
        void questions_about_many_destinations_leave_half_for_repairs() {
            int asked = 0;
            for (int second = 0; second < 5; second++) {
                bench.runTo(bench.now + 1_000);
                nearer.hello();
                hop.hello();
                for (int i = 0; i < 15; i++) {
                    NodeId target = new NodeId(0x4000 + i);
                    hop.unicast(new Tell(target, new Distance(new Seq(1, 5), 1_000), 2));
                    bench.sent.clear();
                    send(target);
                    hop.replyAll(new HopResult(HopCode.CUSTODY, null, 0, 0, prefixOf(nearer)));
                    asked += asks(nearer).size();
                    bench.runTo(bench.now + 60);
                }
            }
            assertTrue(asked >= 20 && asked <= 35, "asked " + asked + " times in ten seconds");
        }

        private void takenOver(long named) {
            bench.sent.removeIf(frame -> frame.to().equals(hop.address));
            send();
            hop.replyAll(new HopResult(HopCode.CUSTODY, null, 0, 0, named));
        }

        private List<Ask> asks(Peer peer) {
            return asks(bench, peer);
        }

        private List<Ask> asks(Bench bench, Peer peer) {
            return bench.sent.stream()
                    .filter(frame -> frame.to().equals(peer.address) && frame.exchange() == MeshRouter.NO_EXCHANGE)
                    .flatMap(frame -> peer.open(frame.frame(), frame.exchange()).stream())
                    .filter(Ask.class::isInstance)
                    .map(Ask.class::cast)
                    .toList();
        }

        private boolean isSentTo(Peer peer) {
            return bench.sent.stream().anyMatch(frame -> frame.to().equals(peer.address));
        }
    }

    private static long prefixOf(Peer peer) {
        return Integer.toUnsignedLong(peer.id.prefix());
    }

    private Peer hopTo(int number, long intervalMs, long metric) {
        Peer peer = new Peer(bench, number).every(intervalMs).join();
        peer.hello();
        for (long ms = 0; intervalMs == RESTLESS_MS && ms < SHORT_MS; ms += RESTLESS_MS) {
            bench.runTo(bench.now + RESTLESS_MS);
            peer.hello();
        }
        peer.unicast(new Tell(FAR, new Distance(new Seq(1, 5), metric), 2));
        bench.sent.clear();
        return peer;
    }

    private static Bench lora() {
        Bench bench = new Bench(RoutingParameters.of(LinkClass.LORA), RuleSwitches.ALL_ON);
        bench.router.onLink(0, Peer.LINK, MixedMesh.LORA, bench);
        return bench;
    }

    /** Its HELLOs come every minute for longer than eight, as no other news makes them. */
    private static Peer moverOverLora(Bench bench, int number) {
        Peer peer = new Peer(bench, number).every(60_000).join();
        for (int minute = 0; minute < 10; minute++) {
            bench.runTo(bench.now + 60_000);
            peer.hello();
        }
        return peer;
    }

    private void send() {
        send(FAR);
    }

    private void send(NodeId to) {
        send(bench, to);
    }

    private static void send(Bench bench, NodeId to) {
        long number = bench.router.send(
                bench.now,
                Destination.node(to),
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
}
