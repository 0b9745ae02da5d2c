package io.thicket.sim.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.sim.reference.AodvMessage.Rreq;
import io.thicket.sim.reference.TestNet.Copy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AodvRouterTest {
    static TestNet.Factory aodv(AodvParameters parameters, int... gateways) {
        return (self, epoch, plan, number) -> new AodvRouter(
                self,
                epoch,
                plan,
                Arrays.stream(gateways)
                        .mapToObj(gateway -> plan.nodeAt(0x0a00_0001 + gateway))
                        .toList(),
                parameters,
                new SplittableRandom(number));
    }

    private static final AodvParameters RFC = AodvParameters.RFC3561;
    private static final AodvParameters PLAIN = RFC.withGratuitousRrep(false);

    private static List<Rreq> rreqs(TestNet net, List<Copy> copies) {
        List<Rreq> rreqs = new ArrayList<>();
        for (Copy copy : copies) {
            if (copy.name().equals("rreq")) {
                try {
                    IpPacket packet = IpPacket.parse(ByteBuffer.wrap(copy.bytes()), net.plan);
                    rreqs.add((Rreq) AodvCodec.decode(packet.payload(), net.plan));
                } catch (io.thicket.routing.wire.WireFormatException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return rreqs;
    }

    private static int ttl(Copy copy) {
        return copy.bytes()[8] & 0xff;
    }

    @Nested
    class Data {
        @Test
        void a_message_finds_its_way_over_a_line_and_says_how_many_hops_it_took() {
            TestNet net = TestNet.line(6, aodv(RFC)).up();

            long number = net.send(0, 5);
            net.run(5_000);

            assertEquals(1, net.delivered.size());
            assertEquals(5, net.delivered.get(0).hops());
            assertEquals(number, net.delivered.get(0).message().number());
            assertEquals(net.id(0), net.delivered.get(0).message().origin());
            assertEquals(5, net.count("data"));
        }

        @Test
        void the_next_message_uses_the_route() {
            TestNet net = TestNet.line(4, aodv(RFC)).up();
            net.send(0, 3);
            net.run(2_000);
            int rreqs = net.count("rreq");

            net.send(0, 3);
            net.run(2_000);

            assertEquals(2, net.delivered.size());
            assertEquals(rreqs, net.count("rreq"));
        }

        @Test
        void use_keeps_the_route_in_both_directions_and_silence_ends_it() {
            TestNet net = TestNet.line(4, aodv(RFC)).up();
            net.send(0, 3);
            net.run(1_000);
            int rreqs = net.count("rreq");
            for (int i = 0; i < 20; i++) {
                net.send(0, 3);
                net.run(2_000);
            }
            assertEquals(rreqs, net.count("rreq"));
            assertTrue(net.hasRoute(3, 0) && net.hasRoute(1, 0), "s6.2: the way back is refreshed too");

            net.run(10_000);

            assertFalse(net.hasRoute(0, 3));
            assertFalse(net.hasRoute(2, 3));
        }

        @Test
        void any_gateway_means_the_nearest_one_with_a_route_else_the_first() {
            TestNet net = TestNet.line(5, aodv(RFC, 4, 1)).up();

            net.send(0, Destination.GATEWAY, 10, false);
            net.run(2_000);
            net.send(0, 1);
            net.run(1_000);
            net.send(0, Destination.GATEWAY, 10, false);
            net.run(1_000);

            assertEquals(
                    List.of(4, 1, 1),
                    net.delivered.stream().map(TestNet.Delivery::node).toList());
        }

        @Test
        void what_cannot_be_sent_is_refused() {
            TestNet net = TestNet.line(2, aodv(RFC)).up();

            assertEquals(MeshRouter.Refusal.NO_ROUTE, net.send(0, Destination.GATEWAY, 10, false));
            assertEquals(MeshRouter.Refusal.TOO_LARGE, net.send(0, Destination.node(net.id(1)), 1_173, false));
            assertTrue(net.send(0, Destination.node(net.id(1)), 1_172, false) > 0);
        }

        @Test
        void sixty_five_messages_wait_and_the_oldest_leaves() {
            TestNet net = new TestNet(2, aodv(RFC)).up();

            for (int i = 0; i < 65; i++) {
                assertTrue(net.send(0, 1) > 0);
            }

            assertEquals(64, net.router(0).snapshot(net.now).queued());
            assertEquals(1, net.dropped.size());
            assertEquals(DropReason.QUEUE_FULL, net.dropped.get(0).reason());
            assertEquals(1, net.dropped.get(0).message().number());
        }

        @Test
        void a_packet_that_goes_round_ends_by_its_time_to_live() {
            TestNet net = TestNet.line(3, aodv(RFC)).up();
            net.send(0, 2);
            net.run(1_000);
            ByteBuffer frame = DataMessage.frame(
                    net.address(0),
                    1,
                    77,
                    net.address(2),
                    io.thicket.routing.PayloadType.READINGS,
                    false,
                    ByteBuffer.allocate(1));
            frame.put(8, (byte) 1);

            net.inject(1, 0, frame);

            assertEquals(DropReason.HOP_LIMIT, net.dropped.get(0).reason());
        }
    }

    @Nested
    @Tag("rfc3561-6.3")
    class Section6_3_And_6_4_Discovery {
        /** Node 1 hears everything and never answers for the destination, which nobody has. */
        private TestNet searching(AodvParameters parameters) {
            TestNet net = new TestNet(3, aodv(parameters));
            net.join(0, 1);
            net.hold = copy -> copy.name().equals("rreq") && copy.from() == 0;
            return net.up();
        }

        @Test
        void the_ring_widens_by_two_up_to_seven_and_is_then_the_whole_network_three_times() {
            TestNet net = searching(RFC);

            net.send(0, 2);
            net.run(60_000);

            assertEquals(
                    List.of(1, 3, 5, 7, 35, 35, 35),
                    net.held.stream().map(AodvRouterTest::ttl).toList());
            assertEquals(DropReason.NO_ROUTE, net.dropped.get(0).reason());
            // Rings of 1, 3, 5, 7: 80 ms (ttl + 2) each; then 2.8, 5.6 and 11.2 s.
            assertEquals(
                    240 + 400 + 560 + 720 + 2_800 + 5_600 + 11_200,
                    net.dropped.get(0).atMs());
        }

        @Test
        void every_request_has_a_new_id_and_a_new_own_number() {
            TestNet net = searching(RFC);

            net.send(0, 2);
            net.run(60_000);

            List<Rreq> rreqs = rreqs(net, net.held);
            for (int i = 1; i < rreqs.size(); i++) {
                assertEquals(rreqs.get(i - 1).id() + 1, rreqs.get(i).id());
                assertEquals(rreqs.get(i - 1).originatorSeq() + 1, rreqs.get(i).originatorSeq());
            }
            assertTrue(rreqs.get(0).unknownSeq());
        }

        @Test
        void the_first_ring_is_where_the_destination_was_last() {
            TestNet net = TestNet.line(5, aodv(RFC)).up();
            net.send(0, 3);
            net.run(8_000);
            assertFalse(net.hasRoute(0, 3));
            net.hold = copy -> copy.name().equals("rreq");

            net.send(0, 3);

            assertEquals(5, ttl(net.held.get(0)), "3 hops last time, and TTL_INCREMENT");
            assertFalse(rreqs(net, net.held).get(0).unknownSeq(), "and its number is remembered");
        }

        @Test
        void no_more_than_ten_requests_a_second() {
            TestNet net = new TestNet(41, aodv(RFC));
            net.join(0, 1);
            net.hold = copy -> copy.name().equals("rreq") && copy.from() == 0;
            net.up();

            for (int to = 2; to < 41; to++) {
                net.send(0, to);
            }
            net.run(999);
            assertEquals(10, net.held.size());
            net.run(9_000);
            assertEquals(100, net.held.size());
        }

        @Test
        void a_search_that_nobody_waits_for_any_more_ends() {
            TestNet net = searching(RFC);
            net.router(0)
                    .send(
                            0,
                            Destination.node(net.id(2)),
                            io.thicket.routing.PayloadType.COAP,
                            io.thicket.routing.Priority.NORMAL,
                            500,
                            false,
                            0,
                            0,
                            ByteBuffer.allocate(1),
                            new SilentEffects());

            net.run(60_000);

            assertEquals(DropReason.TOO_OLD, net.dropped.get(0).reason());
            assertEquals(500, net.dropped.get(0).atMs());
            assertEquals(1, net.held.size(), "the first request went out before the net could hold it");
        }

        @Test
        void a_duplicate_request_is_relayed_once() {
            TestNet net = TestNet.grid(3, aodv(RFC.withDestinationOnly(true))).up();

            net.send(0, 8);
            net.run(5_000);

            for (int node = 1; node < 8; node++) {
                assertTrue(
                        net.transmittedBy.get(node).getOrDefault("rreq", 0) <= 2, "node " + node + ": rings 3 and 5");
            }
        }
    }

    @Nested
    @Tag("rfc3561-6.6")
    class Section6_6_Replies {
        /** 3 knows the way to 4; then 0 asks. */
        private TestNet informed(AodvParameters parameters) {
            TestNet net = TestNet.line(5, aodv(parameters)).up();
            net.send(3, 4);
            net.run(500);
            net.send(1, 3); // so that 1 and 3 know each other as well
            net.run(500);
            return net;
        }

        @Test
        void whoever_has_a_fresh_route_answers() {
            TestNet net = informed(PLAIN);
            int before = net.transmittedBy.get(4).getOrDefault("rrep", 0);

            net.send(0, 4);
            net.run(1_000);

            assertEquals(4, net.delivered.get(net.delivered.size() - 1).hops());
            assertEquals(before, net.transmittedBy.get(4).getOrDefault("rrep", 0));
        }

        /** 1 asks 2 for a number of 3 that is newer than what 2 has, then for one that is not. */
        @Test
        void a_route_that_is_not_fresh_enough_is_no_answer() {
            for (int asked : new int[] {9, 1}) {
                TestNet net = TestNet.line(4, aodv(PLAIN)).up();
                net.send(2, 3);
                net.run(500);
                assertEquals(1, net.route(2, 3).seq().count());
                net.hold = copy -> copy.from() == 2;
                Rreq rreq = new Rreq(false, false, false, 0, 1, net.address(3), asked, net.address(1), 3);

                net.inject(
                        2,
                        1,
                        IpPacket.control(
                                net.address(1), AddressPlan.BROADCAST, 5, AodvCodec.PORT, AodvCodec.encode(rreq)));
                net.run(100);

                assertEquals(asked == 9 ? "rreq" : "rrep", net.held.get(0).name());
            }
        }

        @Test
        void a_relay_asks_for_the_freshest_number_that_it_knows() {
            TestNet net = TestNet.line(4, aodv(PLAIN)).up();
            net.send(2, 3);
            net.run(500);
            net.cut(2, 3);
            net.send(2, 3);
            net.run(100);
            net.hold = copy -> copy.from() == 2;
            for (int asked : new int[] {0, 1, 50}) {
                Rreq rreq = new Rreq(false, false, asked == 0, 0, asked, net.address(3), asked, net.address(1), 3);
                net.inject(
                        2,
                        1,
                        IpPacket.control(
                                net.address(1), AddressPlan.BROADCAST, 5, AodvCodec.PORT, AodvCodec.encode(rreq)));
                net.run(11);
            }

            List<Integer> relayed = rreqs(
                            net,
                            net.held.stream().filter(copy -> copy.to() == 1).toList())
                    .stream()
                    .map(Rreq::destinationSeq)
                    .toList();
            assertEquals(List.of(2, 2, 50), relayed, "2 incremented the 1 that it had");
            assertEquals(2, net.route(2, 3).seq().count(), "and does not believe the 50");
        }

        @Test
        void a_gratuitous_reply_gives_the_destination_the_way_back() {
            TestNet without = informed(PLAIN);
            without.hold = copy -> copy.name().equals("data");
            without.send(0, 4);
            without.run(1_000);
            assertFalse(without.hasRoute(4, 0));

            TestNet with = informed(RFC);
            with.hold = copy -> copy.name().equals("data");
            with.send(0, 4);
            with.run(1_000);

            assertEquals(3, with.nextHop(4, 0));
            assertEquals(4, with.route(4, 0).hops());
        }

        @Test
        void with_destination_only_nobody_else_answers() {
            TestNet net = informed(PLAIN.withDestinationOnly(true).withRelayEveryRrep(true));
            int before = net.transmittedBy.get(4).getOrDefault("rrep", 0);

            net.send(0, 4);
            net.run(3_000);

            assertEquals(4, net.delivered.get(net.delivered.size() - 1).hops());
            assertEquals(before + 1, net.transmittedBy.get(4).getOrDefault("rrep", 0));
        }

        @Test
        void the_destination_raises_its_number_to_what_is_asked_for() {
            TestNet net = TestNet.line(2, aodv(RFC)).up();
            Rreq rreq = new Rreq(false, false, false, 0, 1, net.address(1), 500, net.address(0), 3);
            ByteBuffer frame =
                    IpPacket.control(net.address(0), AddressPlan.BROADCAST, 1, AodvCodec.PORT, AodvCodec.encode(rreq));

            net.inject(1, 0, frame);
            net.run(100);

            assertEquals(500, net.router(1).snapshot(net.now).ownSeq().count());
            assertEquals(500, net.route(0, 1).seq().count());
        }

        @Test
        void a_reply_that_improves_nothing_is_not_relayed_unless_asked_to() {
            for (boolean relay : new boolean[] {false, true}) {
                TestNet net = TestNet.line(
                                4, aodv(PLAIN.withDestinationOnly(true).withRelayEveryRrep(relay)))
                        .up();
                net.send(1, 3);
                net.run(500); // 1 and 2 have the way to 3 under its number 1
                net.hold = copy -> copy.name().equals("rrep");
                net.send(0, 3);
                net.run(2_000);
                net.hold = copy -> false;
                int atTwo = net.transmittedBy.get(2).getOrDefault("rrep", 0);
                net.release();

                assertEquals(relay, net.transmittedBy.get(2).getOrDefault("rrep", 0) > atTwo);
            }
        }

        @Test
        @Tag("rfc3561-6.8")
        void a_neighbor_that_cannot_take_a_reply_is_not_heard_for_a_while() {
            TestNet net = TestNet.line(2, aodv(RFC)).up();
            ByteBuffer rrep = IpPacket.control(
                    net.address(1),
                    net.address(0),
                    1,
                    AodvCodec.PORT,
                    AodvCodec.encode(new AodvMessage.Rrep(0, net.address(1), 1, net.address(0), 1_000)));
            net.send(0, 1);
            net.run(100);
            net.run(20_000);
            MacFeedback feedback = (MacFeedback) net.router(1);

            feedback.onTransmitFailed(net.now, TestNet.LINK, TestNet.linkAddress(0), rrep, new SilentEffects());
            net.send(0, 1);
            net.run(2_000);
            assertEquals(1, net.delivered.size());
            net.run(10_000);

            assertEquals(2, net.delivered.size(), "the request after 2 x NET_TRAVERSAL_TIME is heard again");
        }
    }

    @Nested
    @Tag("rfc3561-6.11")
    class Section6_11_Breaks {
        @Test
        void a_break_is_told_to_the_origin_which_finds_another_way() {
            TestNet net = TestNet.line(5, aodv(RFC));
            net.join(1, 3);
            net.up();
            net.send(0, 4);
            net.run(1_000);
            assertEquals(3, net.nextHop(1, 4));
            net.cut(1, 3);

            net.send(0, 4);
            net.run(100);
            assertEquals(1, net.dropped.size(), "there is no salvage: what met the break is lost");
            assertFalse(net.hasRoute(0, 4), "the RERR came");
            net.send(0, 4);
            net.run(2_000);

            assertEquals(2, net.delivered.size());
            assertEquals(4, net.delivered.get(1).hops());
        }

        @Test
        void an_origin_may_salvage_what_its_first_hop_did_not_take() {
            for (boolean salvage : new boolean[] {false, true}) {
                TestNet net = TestNet.line(3, aodv(RFC.withSalvageOwn(salvage)));
                net.join(0, 2);
                net.up();
                net.send(0, 2);
                net.run(500);
                net.cut(0, 2);

                net.send(0, 2);
                net.run(5_000);

                assertEquals(salvage ? 2 : 1, net.delivered.size());
                assertEquals(salvage ? 0 : 1, net.dropped.size());
            }
        }

        @Test
        void a_break_that_nobody_depends_on_is_not_told() {
            TestNet net = TestNet.line(2, aodv(RFC)).up();
            net.send(0, 1);
            net.run(500);
            net.cut(0, 1);

            net.send(0, 1);
            net.run(100);

            assertEquals(0, net.count("rerr"));
        }

        @Test
        void data_without_a_route_is_answered_with_a_rerr() {
            TestNet net = TestNet.line(4, aodv(RFC)).up();
            net.send(0, 3);
            net.run(500);
            net.swallow = copy -> copy.name().equals("rerr");
            net.cut(2, 3);
            net.send(0, 3);
            net.run(200);
            assertTrue(net.hasRoute(0, 3), "the RERR was lost");
            net.swallow = copy -> false;

            net.send(0, 3);
            net.run(200);

            assertFalse(net.hasRoute(0, 3));
            assertFalse(net.hasRoute(1, 3));
        }

        @Test
        void no_more_than_ten_rerrs_a_second() {
            TestNet net = TestNet.line(4, aodv(RFC)).up();
            net.send(0, 3);
            net.run(500);
            net.swallow = copy -> copy.name().equals("rerr");
            net.cut(2, 3);
            for (int i = 0; i < 50; i++) {
                net.send(0, 3);
                net.run(10);
            }

            assertEquals(10, net.transmittedBy.get(2).get("rerr"));
        }

        @Test
        @Tag("rfc3561-6.9")
        void hellos_find_a_break_that_no_frame_meets() {
            TestNet net = TestNet.line(3, aodv(RFC.withHello(true, false))).up();
            net.send(0, 2);
            net.run(2_500);
            net.send(0, 2);
            net.run(100);
            assertTrue(net.hasRoute(0, 2));
            net.cut(1, 2);

            net.run(2_800);

            assertFalse(net.hasRoute(1, 2));
            assertFalse(net.hasRoute(0, 2));
            assertTrue(net.count("hello") > 0);
        }

        @Test
        @Tag("rfc3561-6.9")
        void hellos_are_sent_by_nodes_on_active_routes_only() {
            TestNet net = TestNet.line(5, aodv(RFC.withHello(true, true))).up();
            net.run(10_000);
            assertEquals(0, net.count("hello"));

            for (int i = 0; i < 10; i++) {
                net.send(0, 2);
                net.run(1_000);
            }

            assertTrue(net.transmittedBy.get(1).getOrDefault("hello", 0) >= 8, net.transmittedBy.toString());
            assertEquals(0, net.transmittedBy.get(4).getOrDefault("hello", 0));
        }

        @Test
        @Tag("rfc3561-6.13")
        void a_rebooted_node_tells_who_still_uses_it_and_keeps_out_for_a_while() {
            TestNet net = TestNet.line(3, aodv(RFC)).up();
            net.send(0, 2);
            net.run(500);
            net.reboot(1, 2);
            // What it hears names the neighbour that it must tell.
            net.send(2, 1);
            net.run(20);
            net.inject(
                    1,
                    0,
                    IpPacket.control(
                            net.address(0),
                            AddressPlan.BROADCAST,
                            1,
                            AodvCodec.PORT,
                            AodvCodec.encode(new AodvMessage.Rrep(0, net.address(0), 9, net.address(0), 10))));

            net.send(0, 2);
            net.run(1_000);
            assertFalse(net.hasRoute(0, 2));
            net.send(0, 2);
            net.run(9_000);
            assertEquals(0, net.transmittedBy.get(1).getOrDefault("rreq", 0) - 1, "it relayed once, in its first life");
            assertEquals(1, net.delivered.stream().filter(d -> d.node() == 2).count());

            net.run(20_000);
            net.send(0, 2);
            net.run(5_000);

            assertTrue(net.delivered.stream().filter(d -> d.node() == 2).count() >= 2);
        }
    }

    @Nested
    class Frames {
        @Test
        void messages_have_the_sizes_of_the_rfc_with_ip_and_udp() {
            TestNet net = TestNet.line(4, aodv(RFC)).up();
            List<Copy> copies = new ArrayList<>();
            net.swallow = copy -> !copies.add(copy);
            net.send(0, 3);
            net.run(1_000);
            net.cut(2, 3);
            net.send(0, 3);
            net.run(1_000);

            for (Copy copy : copies) {
                int expected =
                        switch (copy.name()) {
                            case "rreq" -> 28 + 24;
                            case "rrep" -> 28 + 20;
                            case "data" -> 28 + 64;
                            default -> copy.bytes().length;
                        };
                assertEquals(expected, copy.bytes().length, copy.name());
                if (copy.name().equals("rerr")) {
                    assertEquals(0, (copy.bytes().length - 28 - 4) % 8);
                }
                FrameKind kind = copy.name().equals("data") ? FrameKind.DATA : FrameKind.CONTROL;
                assertEquals(kind, net.router(0).kindOf(ByteBuffer.wrap(copy.bytes())));
            }
            assertTrue(net.count("rerr") > 0);
        }
    }
}
