package io.thicket.sim.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BabelRouterTest {
    private static TestNet.Factory babel(BabelParameters parameters, long salt, int... gateways) {
        return (self, epoch, plan, number) -> new BabelRouter(
                self,
                epoch,
                plan,
                Arrays.stream(gateways)
                        .mapToObj(gateway -> plan.nodeAt(0x0a00_0001 + gateway))
                        .toList(),
                parameters,
                new SplittableRandom(salt * 1_000 + number));
    }

    private static final BabelParameters RFC = BabelParameters.RFC8966;

    @Test
    void a_line_converges_and_carries_data() {
        TestNet net = TestNet.line(6, babel(RFC, 1, 5)).up();
        net.run(120_000);

        for (int from = 0; from < 6; from++) {
            for (int to = 0; to < 6; to++) {
                assertEquals(from == to ? -1 : from + Integer.signum(to - from), net.nextHop(from, to));
            }
        }
        net.send(0, Destination.GATEWAY, 64, false);
        net.run(100);

        assertEquals(1, net.delivered.size());
        assertEquals(5, net.delivered.get(0).hops());
    }

    @Test
    void without_a_route_a_message_is_refused() {
        TestNet net = TestNet.line(2, babel(RFC, 1, 1)).up();

        assertEquals(MeshRouter.Refusal.NO_ROUTE, net.send(0, Destination.GATEWAY, 10, false));
        net.run(60_000);
        assertEquals(MeshRouter.Refusal.TOO_LARGE, net.send(0, Destination.node(net.id(1)), 1_173, false));
        assertTrue(net.send(0, Destination.node(net.id(1)), 1_172, false) > 0);
    }

    @Test
    void a_quiet_network_says_hello_every_four_seconds_and_updates_every_sixteen() {
        TestNet net = TestNet.grid(3, babel(RFC, 1)).up();
        net.run(300_000);
        net.transmitted.clear();

        net.run(160_000);

        int hellos = net.count("hello");
        int updates = net.count("update");
        assertEquals(9 * 40, hellos + updates, 20);
        assertEquals(9 * 10, updates, 15, "a full update goes with a hello");
        assertEquals(0, net.count("request"));
    }

    @Test
    void with_gateways_only_nobody_else_is_announced() {
        TestNet net = TestNet.line(4, babel(RFC.withGatewaysOnly(true), 1, 3)).up();
        net.run(120_000);

        assertEquals(1, net.nextHop(0, 3));
        assertFalse(net.hasRoute(3, 0));
        assertFalse(net.hasRoute(0, 1));
    }

    @Test
    void a_message_for_any_gateway_goes_to_the_nearest() {
        TestNet net = TestNet.line(6, babel(RFC, 1, 0, 5)).up();
        net.run(120_000);

        net.send(1, Destination.GATEWAY, 10, false);
        net.send(4, Destination.GATEWAY, 10, false);
        net.run(100);

        assertEquals(0, net.delivered.get(0).node());
        assertEquals(5, net.delivered.get(1).node());
    }

    @Test
    void a_dead_node_is_gone_round_once_its_hellos_are_missed() {
        TestNet net = TestNet.grid(3, babel(RFC, 1)).up();
        net.run(200_000);
        int first = net.nextHop(0, 8);
        net.crash(first);

        net.run(120_000);

        int second = net.nextHop(0, 8);
        assertTrue(second >= 0 && second != first, first + " then " + second);
        net.send(0, 8);
        net.run(100);
        assertEquals(1, net.delivered.size());
        assertFalse(net.hasRoute(0, first), "and is forgotten");
    }

    @Test
    void what_the_mac_gives_up_is_reported_lost() {
        TestNet net = TestNet.line(2, babel(RFC, 1)).up();
        net.run(60_000);
        net.cut(0, 1);

        net.send(0, 1);
        net.run(100);

        assertEquals(DropReason.NO_ROUTE, net.dropped.get(0).reason());
        assertTrue(net.hasRoute(0, 1), "hellos alone decide about links");
    }

    /** A(0) - B(1) breaks; what C(2) offers is no better than what A announced, though C knows a way round A. */
    private static TestNet starving(boolean requests) {
        TestNet net = new TestNet(5, babel(RFC, 3));
        net.join(0, 1);
        net.join(0, 2);
        net.join(2, 3);
        net.join(3, 4);
        net.join(4, 1);
        if (!requests) {
            net.swallow = copy -> copy.name().equals("request");
        }
        net.up();
        net.run(300_000);
        assertEquals(1, net.nextHop(0, 1));
        net.cut(0, 1);
        return net;
    }

    private static long starvedMs(TestNet net) {
        long start = net.now;
        while (net.nextHop(0, 1) == 1) {
            net.run(100);
        }
        long lost = net.now;
        while (!net.hasRoute(0, 1) && net.now - start < 400_000) {
            net.run(100);
        }
        return net.now - lost;
    }

    @Test
    void starvation_ends_by_a_seqno_request() {
        TestNet with = starving(true);
        int before = with.count("request");
        long withMs = starvedMs(with);
        TestNet without = starving(false);
        long withoutMs = starvedMs(without);

        assertTrue(with.count("request") > before);
        assertEquals(2, with.nextHop(0, 1));
        assertTrue(withMs <= 5_000, withMs + " ms with requests");
        assertTrue(withoutMs > 60_000, withoutMs + " ms without");
    }

    @Test
    void the_answer_to_a_forwarded_request_comes_back_at_once() {
        TestNet net = TestNet.line(4, babel(RFC, 1)).up();
        net.run(120_000);
        long fresh = net.route(0, 3).seq().count() + 1;
        ByteBuffer request = BabelCodec.encode(
                        java.util.List.of(new BabelTlv.SeqnoRequest(net.address(3), (int) fresh, 10)), 100)
                .get(0);

        net.inject(1, 0, IpPacket.control(net.address(0), net.address(1), 1, BabelCodec.PORT, request));
        net.run(700);

        assertEquals(fresh, net.route(0, 3).seq().count(), "3 updates of at most 200 ms each");
    }

    @Test
    void a_retraction_is_said_twice() {
        TestNet net = TestNet.line(3, babel(RFC, 1)).up();
        net.run(120_000);
        int[] retractions = {0};
        net.swallow = copy -> {
            if (copy.from() == 1 && copy.to() == 0 && !copy.name().equals("data") && retracts(net, copy)) {
                retractions[0]++;
            }
            return false;
        };

        net.crash(2);
        net.run(120_000);

        assertEquals(2, retractions[0]);
    }

    private static boolean retracts(TestNet net, TestNet.Copy copy) {
        try {
            IpPacket packet = IpPacket.parse(ByteBuffer.wrap(copy.bytes()), net.plan);
            return BabelCodec.decode(packet.payload(), net.plan).stream()
                    .anyMatch(tlv -> tlv instanceof BabelTlv.Update update && update.metric() == BabelTlv.INFINITY);
        } catch (WireFormatException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_route_that_nobody_confirms_runs_out() {
        TestNet net = TestNet.line(3, babel(RFC, 1)).up();
        net.run(120_000);
        net.swallow = copy -> copy.name().equals("update") && copy.from() == 1;

        net.run(30_000);
        assertTrue(net.hasRoute(0, 2));
        net.run(40_000);

        assertFalse(net.hasRoute(0, 2), "3.5 x 16 s after the last update");
    }

    @Test
    void a_destination_raises_its_number_by_one_a_request_and_not_without() {
        TestNet net = TestNet.line(3, babel(RFC, 1)).up();
        net.run(120_000);
        long before = net.router(2).snapshot(net.now).ownSeq().count();
        ByteBuffer request = BabelCodec.encode(
                        java.util.List.of(new BabelTlv.SeqnoRequest(net.address(2), (int) before + 50, 10)), 100)
                .get(0);

        net.inject(1, 0, IpPacket.control(net.address(0), net.address(1), 1, BabelCodec.PORT, request));
        net.run(1_000);

        assertEquals(before + 1, net.router(2).snapshot(net.now).ownSeq().count(), "1 forwarded it");
    }

    @Test
    void a_request_with_one_hop_left_is_not_forwarded() {
        TestNet net = TestNet.line(3, babel(RFC, 1)).up();
        net.run(120_000);
        long before = net.router(2).snapshot(net.now).ownSeq().count();
        ByteBuffer request = BabelCodec.encode(
                        java.util.List.of(new BabelTlv.SeqnoRequest(net.address(2), (int) before + 1, 1)), 100)
                .get(0);

        net.inject(1, 0, IpPacket.control(net.address(0), net.address(1), 1, BabelCodec.PORT, request));
        net.run(1_000);

        assertEquals(before, net.router(2).snapshot(net.now).ownSeq().count());
    }

    @Test
    void lossy_links_are_avoided() {
        // Straight on every second broadcast is lost; round the corner none is.
        TestNet net = new TestNet(3, babel(RFC, 1));
        net.join(0, 2);
        net.join(0, 1);
        net.join(1, 2);
        SplittableRandom random = new SplittableRandom(5);
        net.swallow = copy -> copy.broadcast() && copy.from() + copy.to() == 2 && random.nextInt(10) < 6;
        net.up();

        net.run(300_000);

        assertEquals(1, net.nextHop(0, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void a_random_walk_finds_no_loop(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int nodes = 5;
        TestNet net = new TestNet(nodes, babel(RFC.withIntervals(400, 1_600), seed));
        for (int a = 0; a < nodes; a++) {
            for (int b = a + 1; b < nodes; b++) {
                if (random.nextInt(2) == 0) {
                    net.join(a, b);
                }
            }
        }
        net.up();
        net.swallow = copy -> random.nextInt(5) == 0;
        net.hold = copy -> random.nextInt(10) == 0;
        int[] events = {0};
        net.afterEvent = () -> {
            if (events[0]++ % 4 == 0) {
                assertEquals("", net.loop(), "event " + events[0]);
            }
        };
        for (int step = 0; step < 200; step++) {
            int a = random.nextInt(nodes);
            int b = (a + 1 + random.nextInt(nodes - 1)) % nodes;
            switch (random.nextInt(4)) {
                case 0 -> net.cut(a, b);
                case 1 -> net.release();
                default -> net.join(a, b);
            }
            net.run(random.nextInt(2_000));
        }

        assertTrue(events[0] > 5_000, events[0] + " events");
    }

    @Test
    void frames_are_named_and_counted_as_control() {
        TestNet net = TestNet.line(2, babel(RFC, 1)).up();
        net.run(60_000);
        net.send(0, 1);
        net.run(100);

        assertTrue(net.count("hello") > 0 && net.count("update") > 0 && net.count("request") > 0);
        assertEquals(1, net.count("data"));
        assertEquals(28, net.router(0).headerBytes());
    }
}
