package io.thicket.sim.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.WireFormatException;
import io.thicket.sim.reference.BabelParameters.LinkCost;
import io.thicket.sim.reference.BabelTlv.Hello;
import io.thicket.sim.reference.BabelTlv.Ihu;
import io.thicket.sim.reference.BabelTlv.RouteRequest;
import io.thicket.sim.reference.BabelTlv.SeqnoRequest;
import io.thicket.sim.reference.BabelTlv.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BabelPartsTest {
    private static final int FIRST = 0x0a00_0001;

    @Nested
    class Feasibility {
        private final BabelPrefix prefix = new BabelPrefix(FIRST);

        @Test
        void everything_is_feasible_for_whoever_announced_nothing() {
            assertTrue(prefix.isFeasible(0, 7, 5_000));
        }

        @Test
        void only_what_is_strictly_better_than_the_best_announcement_is_feasible() {
            prefix.announced(0, 7, 512);
            prefix.announced(0, 7, 900); // a worse one does not raise the distance

            assertTrue(prefix.isFeasible(0, 7, 511));
            assertFalse(prefix.isFeasible(0, 7, 512));
            assertFalse(prefix.isFeasible(0, 6, 1));
            assertTrue(prefix.isFeasible(0, 8, 9_000));
            assertTrue(prefix.isFeasible(0, 6, BabelTlv.INFINITY), "a retraction always is");
        }

        @Test
        void a_newer_number_resets_the_distance_and_numbers_wrap() {
            prefix.announced(0, 0xffff, 512);
            prefix.announced(0, 0, 900);

            assertEquals(900, prefix.feasibleMetric());
            assertFalse(prefix.isFeasible(0, 0xffff, 1));
        }

        @Test
        void the_distance_is_forgotten_after_three_minutes() {
            prefix.announced(0, 7, 512);

            assertFalse(prefix.isFeasible(179_999, 7, 512));
            assertTrue(prefix.isFeasible(180_000, 7, 512));
        }
    }

    @Nested
    class LinkCosts {
        private final BabelNeighbor neighbor = new BabelNeighbor(FIRST);
        private long now;
        private int seqno = 0xfff0;

        private void hello(boolean heard) {
            now += 4_000;
            if (heard) {
                neighbor.onHello(now, seqno, 400);
            }
            seqno = BabelSeq.next(seqno);
        }

        @Test
        void a_perfect_link_costs_256() {
            for (int i = 0; i < 16; i++) {
                hello(true);
            }
            neighbor.onIhu(now, 256, 1_200);

            assertEquals(256, neighbor.rxcost(LinkCost.ETX));
            assertEquals(256, neighbor.cost(now, LinkCost.ETX));
        }

        @Test
        void lost_hellos_cost_and_both_directions_count() {
            for (int i = 0; i < 32; i++) {
                hello(i % 2 == 0);
            }
            neighbor.onIhu(now, 512, 1_200);

            assertTrue(
                    neighbor.rxcost(LinkCost.ETX) > 350, "about half of them came: " + neighbor.rxcost(LinkCost.ETX));
            assertEquals(2 * neighbor.rxcost(LinkCost.ETX), neighbor.cost(now, LinkCost.ETX));
        }

        @Test
        void a_neighbor_that_does_not_say_what_it_hears_cannot_be_reached() {
            hello(true);
            assertEquals(BabelTlv.INFINITY, neighbor.cost(now, LinkCost.ETX));
            neighbor.onIhu(now, 256, 1_200);
            assertTrue(neighbor.cost(now, LinkCost.ETX) < BabelTlv.INFINITY);

            assertEquals(BabelTlv.INFINITY, neighbor.cost(now + 42_000, LinkCost.ETX), "3.5 intervals later");
        }

        @Test
        void two_hellos_of_three_make_a_wired_link() {
            hello(true);
            neighbor.onIhu(now, 256, 1_200);
            assertEquals(BabelTlv.INFINITY, neighbor.cost(now, LinkCost.TWO_OF_THREE));
            hello(true);
            assertEquals(256, neighbor.cost(now, LinkCost.TWO_OF_THREE));
            hello(false);
            hello(true);
            assertEquals(256, neighbor.cost(now, LinkCost.TWO_OF_THREE));
            hello(false);
            hello(false);
            hello(true);
            assertEquals(BabelTlv.INFINITY, neighbor.cost(now, LinkCost.TWO_OF_THREE));
        }

        @Test
        void a_silent_neighbor_ends() {
            for (int i = 0; i < 16; i++) {
                hello(true);
            }

            assertTrue(neighbor.isAlive(now + 6_000));
            assertFalse(neighbor.isAlive(now + 4_000 * 18));
        }
    }

    @Nested
    class Wire {
        private static AddressPlan plan(int nodes) {
            return new AddressPlan(
                    LongStream.range(0, nodes).mapToObj(NodeId::new).toList());
        }

        @Test
        void packets_decode_to_what_was_encoded() throws WireFormatException {
            List<BabelTlv> tlvs = List.of(
                    new Hello(0xfffe, 400),
                    new Ihu(300, 1_200, FIRST),
                    new RouteRequest(RouteRequest.ALL),
                    new RouteRequest(FIRST + 1),
                    new SeqnoRequest(FIRST + 2, 9, 127),
                    new Update(FIRST, 1_600, 5, 0),
                    new Update(FIRST + 1, 1_600, 6, BabelTlv.INFINITY),
                    new Update(FIRST + 255, 1_600, 7, 512));

            List<ByteBuffer> packets = BabelCodec.encode(tlvs, 1_000);

            assertEquals(1, packets.size());
            assertEquals(4 + 8 + 12 + 4 + 8 + 20 + 16 + 13 + 14, packets.get(0).remaining());
            assertEquals(tlvs, BabelCodec.decode(packets.get(0), plan(300)));
        }

        @Test
        void a_full_update_is_cut_into_packets_that_stand_alone() throws WireFormatException {
            List<BabelTlv> tlvs = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                tlvs.add(new Update(FIRST + i, 1_600, 5, i));
            }

            List<ByteBuffer> packets = BabelCodec.encode(tlvs, 1_000);
            List<BabelTlv> decoded = new ArrayList<>();
            for (ByteBuffer packet : packets) {
                assertTrue(packet.remaining() <= 1_000);
                decoded.addAll(BabelCodec.decode(packet, plan(300)));
            }

            assertEquals(4, packets.size());
            assertEquals(tlvs, decoded);
        }

        @Test
        void unknown_tlvs_are_passed_over_and_short_ones_refused() throws WireFormatException {
            byte[] unknown = {42, 2, 0, 12, 0, 99, 1, 7, 4, 6, 0, 0, 0, 5, 1, (byte) 0x90};
            assertEquals(List.of(new Hello(5, 400)), BabelCodec.decode(ByteBuffer.wrap(unknown), plan(1)));

            byte[] shorter = {42, 2, 0, 4, 4, 2, 0, 0};
            assertThrows(WireFormatException.class, () -> BabelCodec.decode(ByteBuffer.wrap(shorter), plan(1)));
        }
    }

    @Nested
    class Requests {
        private final BabelRequests requests = new BabelRequests();

        @Test
        void a_request_is_repeated_in_doubling_times_and_then_given_up() {
            assertTrue(requests.start(0, FIRST, 8, null, 3));

            List<Long> sentAt = new ArrayList<>();
            for (long now = 1; now < 60_000; now++) {
                if (!requests.due(now).isEmpty()) {
                    sentAt.add(now);
                }
            }

            assertEquals(List.of(2_000L, 6_000L), sentAt);
            assertEquals(0, requests.size());
        }

        @Test
        void the_same_request_is_not_started_twice_and_an_answer_ends_it() {
            assertTrue(requests.start(0, FIRST, 8, FIRST + 1, 3));
            assertFalse(requests.start(5, FIRST, 8, FIRST + 1, 3));
            assertFalse(requests.start(5, FIRST, 7, FIRST + 2, 3));
            assertTrue(requests.start(5, FIRST, 8, null, 3), "from one to everybody");

            assertFalse(requests.satisfied(FIRST, 7));
            assertTrue(requests.satisfied(FIRST, 8));
            assertFalse(requests.satisfied(FIRST, 8));
        }
    }

    @Nested
    class Table {
        private final List<String> told = new ArrayList<>();
        private final BabelTable table = new BabelTable(
                FIRST, BabelParameters.RFC8966.withCost(LinkCost.TWO_OF_THREE), new BabelTable.Listener() {
                    @Override
                    public void changed(long nowMs, int prefix) {
                        told.add("changed");
                    }

                    @Override
                    public void starved(
                            long nowMs, int prefix, int seqno, @org.jspecify.annotations.Nullable Integer neighbor) {
                        told.add("starved " + seqno + (neighbor == null ? "" : " from " + (neighbor - FIRST)));
                    }

                    @Override
                    public void arrived(long nowMs, int prefix, int seqno) {}
                });

        private void neighbor(int address) {
            for (int i = 0; i < 3; i++) {
                table.onHello(0, address, new Hello(i, 400));
            }
            table.onIhu(0, address, new Ihu(256, 60_000, FIRST));
        }

        private BabelPrefix prefix() {
            BabelPrefix prefix = table.prefix(FIRST + 9);
            assertNotNull(prefix);
            return prefix;
        }

        private void update(int neighbor, int seqno, int metric) {
            table.onUpdate(0, neighbor, new Update(FIRST + 9, 1_600, seqno, metric));
        }

        @Test
        void an_unfeasible_update_of_the_selected_neighbor_asks_it_for_a_fresh_number() {
            neighbor(FIRST + 1);
            update(FIRST + 1, 7, 256);
            prefix().announced(0, 7, 512);
            told.clear();

            update(FIRST + 1, 7, 600);

            assertEquals(List.of("starved 8 from 1"), told);
            BabelRoute selected = prefix().selected;
            assertNotNull(selected);
            assertEquals(256, selected.refmetric, "and stays as it was");
        }

        @Test
        void a_better_unfeasible_route_is_not_selected_but_asked_for() {
            neighbor(FIRST + 1);
            neighbor(FIRST + 2);
            update(FIRST + 1, 7, 256);
            prefix().announced(0, 7, 512);
            update(FIRST + 1, 8, 2_000);
            prefix().announced(0, 8, 2_256);
            told.clear();

            update(FIRST + 2, 7, 300);

            BabelRoute selected = prefix().selected;
            assertNotNull(selected);
            assertEquals(FIRST + 1, selected.neighbor);
            assertEquals(List.of("starved 9 from 2"), told);
        }

        @Test
        void losing_the_last_feasible_route_retracts_and_asks_everybody() {
            neighbor(FIRST + 1);
            neighbor(FIRST + 2);
            update(FIRST + 1, 7, 256);
            prefix().announced(0, 7, 512);
            update(FIRST + 2, 7, 700);
            told.clear();

            update(FIRST + 1, 7, BabelTlv.INFINITY);

            assertNull(prefix().selected);
            assertEquals(List.of("changed", "starved 8"), told);
        }

        @Test
        void a_feasible_alternate_takes_over_at_once() {
            neighbor(FIRST + 1);
            neighbor(FIRST + 2);
            update(FIRST + 1, 7, 256);
            prefix().announced(0, 7, 512);
            update(FIRST + 2, 7, 300);

            update(FIRST + 1, 7, BabelTlv.INFINITY);

            BabelRoute selected = prefix().selected;
            assertNotNull(selected);
            assertEquals(FIRST + 2, selected.neighbor);
        }

        @Test
        void a_little_better_is_not_worth_a_change() {
            neighbor(FIRST + 1);
            neighbor(FIRST + 2);
            update(FIRST + 1, 7, 300);
            update(FIRST + 2, 7, 260);
            BabelRoute selected = prefix().selected;
            assertNotNull(selected);
            assertEquals(FIRST + 1, selected.neighbor);

            update(FIRST + 2, 7, 236);

            selected = prefix().selected;
            assertNotNull(selected);
            assertEquals(FIRST + 2, selected.neighbor);
        }

        @Test
        void the_own_address_and_strangers_are_not_listened_to() {
            table.onUpdate(0, FIRST + 5, new Update(FIRST + 9, 1_600, 7, 0));
            neighbor(FIRST + 1);
            table.onUpdate(0, FIRST + 1, new Update(FIRST, 1_600, 700, 0));

            assertEquals(0, table.prefixes().size());
        }
    }
}
