package io.thicket.sim.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.MeshRouter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FloodingRouterTest {
    private static TestNet.Factory flooding(FloodParameters parameters, int... gateways) {
        return (self, epoch, plan, number) -> new FloodingRouter(
                self,
                epoch,
                plan,
                java.util.Arrays.stream(gateways)
                        .mapToObj(gateway -> plan.nodeAt(0x0a00_0001 + gateway))
                        .toList(),
                parameters,
                new SplittableRandom(number));
    }

    private static final FloodParameters ONCE = FloodParameters.USUAL.withOriginRepeats(0);

    @Test
    void a_message_crosses_a_line_and_says_how_many_hops_it_took() {
        TestNet net = TestNet.line(6, flooding(ONCE, 5)).up();

        long number = net.send(0, Destination.GATEWAY, 64, false);
        net.run(2_000);

        assertEquals(1, net.delivered.size());
        assertEquals(5, net.delivered.get(0).node());
        assertEquals(5, net.delivered.get(0).hops());
        assertEquals(number, net.delivered.get(0).message().number());
        assertEquals(net.id(0), net.delivered.get(0).message().origin());
        assertEquals(5, net.count("data"), "the origin and four relays; the destination keeps silent");
    }

    @Test
    void the_hop_limit_ends_a_flood() {
        TestNet net = TestNet.line(12, flooding(ONCE.withHopLimit(7), 11)).up();

        net.send(0, Destination.GATEWAY, 64, false);
        net.run(2_000);

        assertEquals(List.of(), net.delivered);
        assertEquals(8, net.count("data"));
    }

    @Test
    void a_relay_keeps_silent_when_it_hears_another() {
        int nodes = 20;
        TestNet clique = new TestNet(nodes, flooding(ONCE, 19));
        for (int a = 0; a < nodes; a++) {
            for (int b = a + 1; b < nodes; b++) {
                clique.join(a, b);
            }
        }
        clique.up();

        clique.send(0, Destination.GATEWAY, 64, false);
        clique.run(2_000);

        assertEquals(1, clique.delivered.size());
        assertTrue(clique.count("data") <= 6, clique.transmitted + ": all hear the first relay 1 ms after it began");
    }

    @Test
    void without_cancelling_everybody_relays() {
        TestNet net =
                TestNet.grid(5, flooding(ONCE.withCancelOnDuplicate(false), 24)).up();

        net.send(0, Destination.GATEWAY, 64, false);
        net.run(2_000);

        assertEquals(1, net.delivered.size());
        assertEquals(24, net.count("data"));
    }

    @Test
    void a_managed_flood_reaches_the_far_corner_of_a_grid_with_fewer_frames_than_nodes() {
        int reached = 0;
        int frames = 0;
        for (int seed = 0; seed < 50; seed++) {
            int salt = seed * 1_000;
            TestNet net = TestNet.grid(
                            6,
                            (self, epoch, plan, number) -> new FloodingRouter(
                                    self,
                                    epoch,
                                    plan,
                                    List.of(plan.nodeAt(0x0a00_0001 + 35)),
                                    ONCE.withHopLimit(20),
                                    new SplittableRandom(salt + number)))
                    .up();
            net.send(0, Destination.GATEWAY, 64, false);
            net.run(2_000);
            reached += net.delivered.size();
            frames += net.count("data");
        }

        assertTrue(reached >= 40, reached + " of 50");
        assertTrue(frames < 50 * 30, frames + " frames");
    }

    @Test
    void an_origin_that_hears_no_relay_transmits_again() {
        TestNet net = TestNet.line(3, flooding(FloodParameters.USUAL.withOriginRepeats(2), 2))
                .up();
        int[] swallowed = {0};
        net.swallow = copy -> copy.from() == 0 && swallowed[0]++ < 1;

        net.send(0, Destination.GATEWAY, 64, true);
        net.run(5_000);

        assertEquals(1, net.delivered.size());
        assertEquals(2, net.transmittedBy.get(0).get("data"));
    }

    @Test
    void each_of_several_gateways_delivers_and_a_single_node_alone_is_met() {
        TestNet net = TestNet.line(5, flooding(ONCE, 0, 4)).up();

        net.send(2, Destination.GATEWAY, 64, false);
        net.send(2, 3);
        net.run(2_000);

        Set<Integer> at = net.delivered.stream().map(TestNet.Delivery::node).collect(Collectors.toSet());
        assertEquals(Set.of(0, 3, 4), at);
    }

    @Test
    void a_message_is_delivered_once_however_many_copies_come() {
        TestNet net =
                TestNet.grid(4, flooding(ONCE.withCancelOnDuplicate(false), 5)).up();

        for (int i = 0; i < 20; i++) {
            net.send(15, Destination.GATEWAY, 10, false);
            net.run(1_000);
        }

        assertEquals(20, net.delivered.size());
        assertEquals(
                20,
                net.delivered.stream().map(TestNet.Delivery::message).distinct().count());
    }

    @Test
    void another_boot_is_another_message() {
        TestNet net = TestNet.line(2, flooding(ONCE, 1)).up();

        net.send(0, Destination.GATEWAY, 10, false);
        net.run(100);
        net.reboot(0, 2);
        net.send(0, Destination.GATEWAY, 10, false);
        net.run(100);

        assertEquals(2, net.delivered.size());
        assertEquals(2, net.delivered.get(1).message().epoch());
    }

    @Test
    void a_frame_has_sixteen_bytes_more_than_its_payload() {
        TestNet net = TestNet.line(2, flooding(ONCE, 1)).up();
        net.hold = copy -> true;

        net.send(0, Destination.GATEWAY, 64, false);

        assertEquals(80, net.held.get(0).bytes().length);
        assertEquals(16, net.router(0).headerBytes());
        assertEquals(
                FrameKind.DATA,
                net.router(0).kindOf(ByteBuffer.wrap(net.held.get(0).bytes())));
    }

    @Test
    void what_cannot_be_sent_is_refused() {
        TestNet net = TestNet.line(2, flooding(ONCE)).up();

        assertEquals(MeshRouter.Refusal.NO_ROUTE, net.send(0, Destination.GATEWAY, 10, false));
        assertEquals(MeshRouter.Refusal.TOO_LARGE, net.send(0, Destination.node(net.id(1)), 1_200, false));
    }
}
