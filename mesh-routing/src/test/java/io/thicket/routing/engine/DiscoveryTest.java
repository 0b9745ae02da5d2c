package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.security.RouteSigning;
import io.thicket.routing.wire.Ask;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Discovery and repair of one router (2.5, 2.6, section 3), the rest written by hand; times are literal. */
class DiscoveryTest {
    private static final NodeId FAR = new NodeId(0x1234);
    private static final NodeId ORIGIN = new NodeId(0x5678);
    private static final Seq ANY = new Seq(0, 0);

    private final Bench bench = new Bench();
    private int exchange = 100;

    @Nested
    class Searches {
        @Test
        void rings_grow_then_the_largest_is_repeated_twice_with_doubled_patience_and_without_directed_copies() {
            Peer peer = new Peer(bench, 1).join();
            bench.sent.clear();

            assertTrue(send(FAR, 60_000) > 0);
            bench.runTo(40_000);

            List<Rreq> requests = broadcasts(peer, Rreq.class);
            assertEquals(
                    List.of(1, 4, 63, 63, 63), requests.stream().map(Rreq::ttl).toList());
            assertEquals(
                    List.of(true, true, true, false, false),
                    requests.stream().map(Rreq::directedOk).toList());
            assertEquals(5, requests.stream().map(Rreq::rreqId).distinct().count());
            assertTrue(requests.get(1).originSeq().isNewerThan(requests.get(0).originSeq()), "2.2: each its own Seq");
            assertEquals(requests.get(0).originSeq(), requests.get(0).routeSeq());
            assertEquals(List.of(DropReason.NO_ROUTE), bench.drops);
        }

        @Test
        void times_are_those_of_the_rings() {
            Peer peer = new Peer(bench, 1).join();
            send(FAR, 60_000);
            int[] seen = new int[5];
            long[] at = {0, 210, 660, 2_310, 5_610};
            for (int i = 0; i < at.length; i++) {
                bench.sent.clear();
                bench.runTo(at[i] + 1);
                seen[i] = broadcasts(peer, Rreq.class).size();
                bench.runTo(i + 1 < at.length ? at[i + 1] - 1 : 12_209);
            }
            bench.sent.clear();
            assertEquals(0, bench.drops.size());
            bench.runTo(12_210);

            assertEquals(1, bench.drops.size());
            assertEquals(0, seen[0], "sent by the call itself");
            assertEquals(4, seen[1] + seen[2] + seen[3] + seen[4]);
        }

        @Test
        void hold_downs_double_to_five_minutes() {
            new Peer(bench, 1).join();
            long[] heldMs = {5_000, 10_000, 20_000};
            for (long held : heldMs) {
                assertTrue(send(FAR, 60_000) > 0);
                bench.runTo(bench.now + 12_210);
                assertEquals(MeshRouter.Refusal.NO_ROUTE, send(FAR, 60_000));
                bench.runTo(bench.now + held - 1);
                assertEquals(MeshRouter.Refusal.NO_ROUTE, send(FAR, 60_000));
                bench.runTo(bench.now + 1);
            }
            assertTrue(send(FAR, 60_000) > 0);
        }

        @Test
        void a_route_ends_the_search_and_the_messages_leave() {
            Peer peer = new Peer(bench, 1).join();
            send(FAR, 60_000);
            Rreq request = broadcasts(peer, Rreq.class).get(0);

            HopCode code = peer.unicast(reply(request, new Seq(3, 9), 70));
            List<Data> taken = peer.acceptAll();
            bench.sent.clear();
            bench.runTo(5_000);

            assertEquals(HopCode.CUSTODY, code);
            assertEquals(1, taken.size());
            assertEquals(0, broadcasts(peer, Rreq.class).size());
        }

        @Test
        void an_answer_that_is_not_feasible_on_the_way_is_asked_for_again_with_the_next_seq() {
            Peer peer = new Peer(bench, 1).join();
            send(FAR, 60_000);
            Rreq request = broadcasts(peer, Rreq.class).get(0);
            bench.sent.clear();

            peer.unicast(reply(request, new Seq(3, 9), 0xffff_ffffL)); // the relay has no route itself
            bench.runTo(1);

            assertEquals(new Seq(3, 10), broadcasts(peer, Rreq.class).get(0).minSeq());
        }

        @Test
        void an_infeasible_answer_to_the_last_request_is_asked_for_again_too() {
            Peer peer = new Peer(bench, 1).join();
            send(FAR, 60_000);
            bench.runTo(5_700);
            List<Rreq> requests = broadcasts(peer, Rreq.class);
            assertEquals(5, requests.size());
            bench.sent.clear();

            peer.unicast(reply(requests.get(4), new Seq(3, 9), 0xffff_ffffL));
            bench.runTo(5_701);

            assertEquals(List.of(), bench.drops);
            assertEquals(new Seq(3, 10), broadcasts(peer, Rreq.class).get(0).minSeq());
        }

        @Test
        void node_id_0_is_no_destination() {
            Peer peer = new Peer(bench, 1).join();
            long withoutGateway = send(new NodeId(0), 60_000);

            peer.hello(Peer.entry(new NodeId(0x1234), 10, 100)); // what waits for any gateway would go there
            bench.runTo(1_000);

            assertEquals(MeshRouter.Refusal.NO_ROUTE, withoutGateway);
            assertEquals(MeshRouter.Refusal.NO_ROUTE, send(new NodeId(0), 60_000));
        }

        @Test
        void the_queue_holds_thirty_two_for_one_destination() {
            new Peer(bench, 1).join();
            long first = send(FAR, 60_000);
            for (int i = 1; i < 32; i++) {
                assertEquals(first + i, send(FAR, 60_000));
            }

            assertEquals(MeshRouter.Refusal.FULL, send(FAR, 60_000));
        }

        @Test
        void a_node_makes_ten_requests_at_once_and_five_a_second() {
            Peer peer = new Peer(bench, 1).join();
            bench.sent.clear();
            for (int i = 0; i < 30; i++) {
                send(new NodeId(0x9000 + i), 60_000);
            }
            assertEquals(10, broadcasts(peer, Rreq.class).size());
            bench.sent.clear();

            bench.runTo(2_000);

            assertEquals(10, broadcasts(peer, Rreq.class).size(), 1);
        }

        @Test
        void what_was_known_is_asked_for_one_hop_away_first() {
            Peer peer = new Peer(bench, 1).join();
            Peer other = new Peer(bench, 2).join();
            advertise(peer, FAR, new Seq(1, 5), 100, 2);
            bench.router.routes().advertise(0, FAR, RoutingParameters.of(LinkClass.WIFI));
            long mine = bench.router.routes().get(FAR).feasibility().metric();
            peer.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, 5), Rerr.Reason.LINK))));
            bench.sent.clear();

            send(FAR, 60_000);
            List<Ask> asked = broadcasts(peer, Ask.class);
            int requests = broadcasts(peer, Rreq.class).size();
            HopCode code = other.unicast(new Tell(FAR, new Distance(new Seq(1, 5), mine - 10), 1));

            assertEquals(new Distance(new Seq(1, 5), mine), asked.get(0).limit());
            assertEquals(0, requests);
            assertEquals(HopCode.CUSTODY, code);
            assertEquals(1, other.acceptAll().size());
        }

        @Test
        void after_the_neighbours_the_infeasible_way_is_asked_and_then_a_ring_two_hops_wider_than_the_route_was() {
            Peer peer = new Peer(bench, 1).join();
            Peer other = new Peer(bench, 2).join();
            advertise(peer, FAR, new Seq(1, 5), 100, 2);
            bench.router.routes().advertise(0, FAR, RoutingParameters.of(LinkClass.WIFI));
            advertise(other, FAR, new Seq(1, 5), 5_000, 5); // infeasible
            peer.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, 5), Rerr.Reason.LINK))));
            bench.sent.clear();
            send(FAR, 60_000);

            bench.runTo(70);
            Rreq directed = unicasts(other, Rreq.class).get(0);
            assertTrue(directed.unicast() && directed.repair());
            assertEquals(new Seq(1, 6), directed.minSeq());
            assertEquals(0, broadcasts(peer, Rreq.class).size());
            bench.sent.clear();
            bench.runTo(600);

            assertEquals(4, broadcasts(peer, Rreq.class).get(0).ttl(), "3 hops and 2 more");
        }
    }

    @Nested
    class Relays {
        @Test
        void a_flooded_request_goes_on_once_with_the_relays_own_distance() {
            Peer peer = new Peer(bench, 1).join();
            new Peer(bench, 2).join();
            bench.sent.clear();

            peer.broadcast(request(1, FAR, 100, 3, 9));
            bench.runTo(200);

            List<Rreq> relayed = broadcasts(peer, Rreq.class);
            assertEquals(1, relayed.size());
            assertEquals(8, relayed.get(0).ttl());
            assertEquals(4, relayed.get(0).hops());
            assertEquals(150, relayed.get(0).metric());
            assertEquals(150, bench.router.routes().get(ORIGIN).feasibility().metric(), "U3");
        }

        @Test
        void a_request_that_may_go_no_farther_is_learned_from_and_kept() {
            Peer peer = new Peer(bench, 1).join();
            new Peer(bench, 2).join();
            bench.sent.clear();

            peer.broadcast(request(1, FAR, 100, 3, 0));
            bench.runTo(200);

            assertEquals(0, broadcasts(peer, Rreq.class).size());
            assertNotNull(bench.router.routes().get(ORIGIN).nextHop());
        }

        @Test
        void a_copy_whose_audience_was_covered_is_not_sent() {
            Peer one = new Peer(bench, 1).join();
            Peer two = new Peer(bench, 2).join();
            one.hears(two);
            bench.sent.clear();

            one.broadcast(request(1, FAR, 100, 3, 9));
            bench.runTo(200);

            assertEquals(0, broadcasts(one, Rreq.class).size());
            assertEquals(1, counter(RoutingCounter.RREQS_CANCELLED));
        }

        @Test
        void three_copies_are_enough_unless_somebody_is_reached_by_this_node_only() {
            Peer[] peers = peers(5);
            for (Peer peer : peers) {
                peer.hears(peers[0], peers[1], peers[2]); // 3 and 4 hear these, nobody hears them
            }
            bench.sent.clear();
            for (int i = 0; i < 3; i++) {
                peers[i].broadcast(request(1, FAR, 100, 3, 9));
            }
            bench.runTo(300);
            assertEquals(0, broadcasts(peers[0], Rreq.class).size(), "connected without this node");

            bench.runTo(5_000);
            bench.sent.clear();
            peers[4].hears(); // and now only this node is heard by 4
            for (int i = 0; i < 3; i++) {
                peers[i].broadcast(request(2, FAR, 100, 3, 9));
            }
            bench.runTo(5_300);

            assertEquals(1, broadcasts(peers[0], Rreq.class).size(), "a cut candidate");
        }

        @Test
        void a_much_better_copy_goes_out_once_more_and_never_a_third_time() {
            Peer[] peers = peers(5);
            bench.sent.clear();
            peers[0].broadcast(request(1, FAR, 10_000, 3, 9));
            bench.runTo(200);
            peers[1].broadcast(request(1, FAR, 9_000, 3, 9)); // not by a quarter
            bench.runTo(400);
            assertEquals(1, broadcasts(peers[0], Rreq.class).size());

            peers[2].broadcast(request(1, FAR, 100, 3, 9));
            bench.runTo(600);
            peers[3].broadcast(request(1, FAR, 1, 3, 9));
            bench.runTo(800);

            assertEquals(2, broadcasts(peers[0], Rreq.class).size());
        }

        @Test
        void a_request_along_a_route_is_taken_up_once_and_a_later_flooded_copy_still_goes_on() {
            Peer from = new Peer(bench, 1).join();
            Peer next = new Peer(bench, 2).join();
            new Peer(bench, 3).join();
            advertise(next, FAR, new Seq(1, 5), 100, 2);
            send(FAR, 60_000);
            next.acceptAll(); // the route is in use
            bench.sent.clear();

            from.broadcast(directed(request(1, FAR, 100, 3, 9)));
            List<Rreq> along = unicasts(next, Rreq.class);
            bench.runTo(100);
            assertEquals(1, along.size());
            assertTrue(along.get(0).unicast());
            assertEquals(0, broadcasts(from, Rreq.class).size());

            next.replyAll(HopResult.of(HopCode.CUSTODY));
            new Peer(bench, 4).join().broadcast(request(1, FAR, 90, 3, 9));
            bench.runTo(300);

            assertEquals(1, broadcasts(from, Rreq.class).size());
        }

        @Test
        void a_request_that_the_next_hop_refuses_is_flooded() {
            Peer from = new Peer(bench, 1).join();
            Peer next = new Peer(bench, 2).join();
            new Peer(bench, 3).join();
            advertise(next, FAR, new Seq(1, 5), 100, 2);
            send(FAR, 60_000);
            next.acceptAll(); // the route is in use
            bench.sent.clear();

            from.broadcast(directed(request(1, FAR, 100, 3, 9)));
            next.replyAll(HopResult.of(HopCode.NO_ROUTE));
            bench.runTo(300);

            assertEquals(1, broadcasts(from, Rreq.class).size());
            assertNull(bench.router.routes().get(FAR).nextHop(), "the truth is the refusal");
        }

        @Test
        void unicast_a_known_id_an_own_one_and_a_missing_route_are_refused() {
            Peer from = new Peer(bench, 1).join();
            Peer other = new Peer(bench, 2).join();

            assertEquals(HopCode.NO_ROUTE, from.unicast(directed(request(1, FAR, 100, 3, 9))));
            assertEquals(HopCode.DESCENT_VIOLATED, other.unicast(directed(request(1, FAR, 100, 3, 9))));
            Rreq own = new Rreq(
                    bench.router.self(),
                    new Seq(1, 1),
                    5,
                    FAR,
                    ANY,
                    1,
                    new Seq(1, 1),
                    1,
                    9,
                    true,
                    false,
                    true,
                    300,
                    null);
            assertEquals(HopCode.DESCENT_VIOLATED, from.unicast(own));
        }

        @Test
        void a_copy_over_a_link_that_is_not_two_way_waits_for_the_probe() {
            Peer from = new Peer(bench, 1).join();
            new Peer(bench, 2).join();
            from.forgets();
            from.forgets(); // two complete heard lists without this node

            from.broadcast(request(1, FAR, 100, 3, 9));
            assertNull(bench.router.routes().get(ORIGIN));
            from.replyAll(HopResult.of(HopCode.CUSTODY)); // to the probe

            assertNotNull(bench.router.routes().get(ORIGIN).nextHop());
        }

        @Test
        void an_originator_gets_five_at_once_and_one_a_second() {
            Peer from = proven(1);
            new Peer(bench, 2).join();
            bench.sent.clear();
            for (int i = 0; i < 100; i++) {
                bench.runTo(i * 100L);
                from.broadcast(own(from, 1, i + 1));
            }
            bench.runTo(10_300);

            int relayed = broadcasts(from, Rreq.class).size();
            assertTrue(relayed >= 13 && relayed <= 16, "relayed " + relayed);
        }

        /** Design 4.2, sequence 34: requests in ever new names, which nobody can prove. */
        @Test
        void an_insider_that_invents_originators_has_its_own_bucket() {
            Peer from = new Peer(bench, 1).join();
            new Peer(bench, 2).join();
            bench.sent.clear();
            for (int i = 0; i < 3_000; i++) {
                bench.runTo(i * 10L);
                from.broadcast(invented(0x10_0000 + i));
            }
            bench.runTo(30_300);

            int relayed = broadcasts(from, Rreq.class).size();
            assertTrue(relayed <= 50 / 4 + 10 * 30 / 4 + 1, "relayed " + relayed + " of 3000");
            assertTrue(bench.router.routes().entries().size() <= relayed + 10, "and so few names are remembered");
        }

        @Test
        void a_full_table_relays_nothing_for_a_new_originator() {
            Bench small = new Bench(RoutingParameters.of(LinkClass.WIFI), RuleSwitches.ALL_ON);
            Peer peer = new Peer(small, 1).join();
            new Peer(small, 2).join();
            for (int i = 0; i < RoutingTable.MAX_DESTINATIONS; i++) {
                advertise(peer, new NodeId(0x100_0000 + i), new Seq(1, 1), 10, 1);
            }
            small.sent.clear();

            peer.broadcast(request(1, FAR, 100, 3, 9));
            small.runTo(200);

            assertEquals(0, broadcasts(small, peer, Rreq.class).size());
        }

        @Test
        void a_node_that_is_no_relay_answers_for_itself_only() {
            Bench leaf = new Bench(RoutingParameters.of(LinkClass.WIFI), RuleSwitches.ALL_ON, Set.of());
            Peer peer = new Peer(leaf, 1).join();
            new Peer(leaf, 2).join();
            leaf.sent.clear();

            peer.broadcast(request(1, FAR, 100, 3, 9));
            leaf.runTo(4_000);
            peer.broadcast(request(2, leaf.router.self(), 100, 3, 9));
            leaf.runTo(4_300);

            assertEquals(0, broadcasts(leaf, peer, Rreq.class).size());
            assertEquals(2, unicasts(leaf, peer, Rrep.class).get(0).rreqId());
        }
    }

    @Nested
    class Replies {
        @Test
        void the_target_waits_for_better_copies_and_answers_over_the_best() {
            Peer far = new Peer(bench, 1).join();
            Peer near = new Peer(bench, 2).join();
            bench.sent.clear();

            far.broadcast(request(1, bench.router.self(), 500, 3, 9));
            bench.runTo(30);
            near.broadcast(request(1, bench.router.self(), 100, 3, 9));
            bench.runTo(49);
            assertEquals(0, unicasts(near, Rrep.class).size());
            bench.runTo(51);

            Rrep reply = unicasts(near, Rrep.class).get(0);
            assertEquals(0, unicasts(far, Rrep.class).size());
            assertEquals(0, reply.metric());
            assertEquals(bench.router.ownSeq(), reply.targetSeq());
            assertEquals(new Seq(1, 1), reply.targetSeq(), "minSeq is met: no bump");
            assertTrue(RouteSigning.isSigned(
                    TestKeys.VERIFIER, bytes(TestKeys.signer(0).publicKey()), reply));
        }

        @Test
        void a_demand_for_the_next_seq_is_met_once_in_100_ms_and_one_for_more_never() {
            Peer peer = new Peer(bench, 1).join();
            bench.sent.clear();
            Seq own = bench.router.ownSeq();
            peer.unicast(demand(1, own.next()));
            peer.unicast(demand(2, own.next().next()));
            bench.runTo(5);
            assertEquals(1, unicasts(peer, Rrep.class).size());
            assertEquals(own.next(), bench.router.ownSeq());
            peer.unicast(demand(3, own.next().next()));
            peer.unicast(demand(4, own.next().next()));

            bench.runTo(98);
            assertEquals(own.next(), bench.router.ownSeq());
            bench.runTo(110);

            assertEquals(own.next().next(), bench.router.ownSeq(), "one step serves all who wait");
            assertEquals(3, unicasts(peer, Rrep.class).size());
        }

        @Test
        void an_unanswered_reply_goes_to_the_next_best_hop_and_the_first_is_the_last_choice_for_a_minute() {
            Peer best = new Peer(bench, 1).join();
            Peer second = new Peer(bench, 2).join();
            best.broadcast(request(1, bench.router.self(), 100, 3, 9));
            second.broadcast(request(1, bench.router.self(), 500, 3, 9));
            bench.runTo(51);
            assertEquals(1, unicasts(best, Rrep.class).size());

            bench.runTo(2_000); // two sends without an answer
            assertEquals(2, unicasts(best, Rrep.class).size());
            assertFalse(unicasts(second, Rrep.class).isEmpty());
            second.replyAll(HopResult.of(HopCode.CUSTODY));
            best.hello(); // it is there after all
            bench.runTo(6_000);
            bench.sent.clear();
            best.broadcast(request(2, bench.router.self(), 100, 3, 9));
            second.broadcast(request(2, bench.router.self(), 500, 3, 9));
            bench.runTo(6_100);

            assertEquals(0, unicasts(best, Rrep.class).size());
            assertEquals(1, unicasts(second, Rrep.class).size());
        }

        /** Design 4.2, sequence 15. */
        @Test
        void a_reply_that_does_not_improve_the_route_is_passed_on_all_the_same() {
            Peer origin = new Peer(bench, 1).join();
            Peer next = new Peer(bench, 2).join();
            advertise(next, FAR, new Seq(1, 5), 100, 2);
            Rreq request = request(1, FAR, 100, 3, 9);
            origin.broadcast(request);
            bench.sent.clear();

            HopCode code = next.unicast(reply(request, new Seq(1, 5), 100));
            Rrep passed = unicasts(origin, Rrep.class).get(0);

            assertEquals(HopCode.CUSTODY, code);
            assertEquals(new Seq(1, 5), passed.targetSeq());
            assertEquals(150, passed.metric());
        }

        @Test
        void a_reply_is_passed_on_once_and_never_back() {
            Peer origin = new Peer(bench, 1).join();
            Peer next = new Peer(bench, 2).join();
            Peer other = new Peer(bench, 3).join();
            Rreq request = request(1, FAR, 100, 3, 9);
            origin.broadcast(request);
            next.broadcast(request(1, FAR, 200, 4, 8)); // a copy that came round
            bench.sent.clear();

            assertEquals(HopCode.CUSTODY, next.unicast(reply(request, new Seq(1, 5), 100)));
            assertEquals(HopCode.CUSTODY, other.unicast(reply(request, new Seq(1, 5), 120)));

            assertEquals(1, unicasts(origin, Rrep.class).size());
            assertEquals(0, unicasts(next, Rrep.class).size());
        }

        @Test
        void a_reply_that_nobody_asked_for_is_refused_and_teaches_nothing() {
            Peer peer = new Peer(bench, 1).join();

            HopCode code = peer.unicast(reply(request(9, FAR, 1, 1, 9), new Seq(1, 5), 1));

            assertEquals(HopCode.NO_ROUTE, code);
            assertNull(bench.router.routes().get(FAR));
        }

        @Test
        void a_relay_without_a_way_back_says_so() {
            Peer next = new Peer(bench, 2).join();
            Rreq request = request(1, FAR, 100, 3, 9);
            next.broadcast(request);

            assertEquals(HopCode.NO_ROUTE, next.unicast(reply(request, new Seq(1, 5), 100)));
        }
    }

    @Nested
    class Signatures {
        @Test
        void a_forged_request_is_ignored_and_costs_its_victim_nothing() {
            Peer victim = proven(1);
            Peer forger = new Peer(bench, 2).join();
            new Peer(bench, 3).join();
            bench.sent.clear();
            for (int i = 0; i < 20; i++) {
                Rreq forged = RouteSigning.sign(TestKeys.signer(2), unsigned(victim, 1_000, 500 + i));
                forger.broadcast(forged);
            }
            assertFalse(hasRoute(victim.id, new Seq(1, 1_000)), "the Seq of the forgery is not believed");

            victim.broadcast(own(victim, 1, 2));
            bench.runTo(300);

            assertEquals(1, broadcasts(forger, Rreq.class).size());
            assertEquals(20, counter(RoutingCounter.DROPPED_BAD_SIGNATURE));
        }

        @Test
        void an_ident_beside_the_request_proves_it_and_goes_on_beside_it() {
            Peer from = new Peer(bench, 1).join();
            new Peer(bench, 2).join();
            Ident ident = IdentSigning.sign(TestKeys.signer(9), "far-away", Set.of(), 1);
            Rreq signed = RouteSigning.sign(
                    TestKeys.signer(9),
                    new Rreq(
                            ident.id(),
                            new Seq(1, 7),
                            1,
                            FAR,
                            ANY,
                            100,
                            new Seq(1, 7),
                            3,
                            9,
                            false,
                            false,
                            false,
                            300,
                            null));
            bench.sent.clear();

            from.send(FrameForm.BROADCAST_INTRODUCED, MeshRouter.NO_EXCHANGE, List.of(ident, signed));
            bench.runTo(200);

            assertEquals(1, broadcasts(from, Rreq.class).size());
            assertTrue(broadcasts(from, Ident.class).contains(ident));
        }

        @Test
        void a_route_far_ahead_of_what_its_destination_just_signed_is_not_believed() {
            Peer origin = proven(1);
            Peer liar = new Peer(bench, 2).join();
            Rreq signed = own(origin, 10, 1);

            liar.broadcast(signed.relayed(new Distance(new Seq(1, 10 + Proofs.MAX_AHEAD + 1), 1), 1, 9, false));
            assertFalse(hasRoute(origin.id, new Seq(1, 10 + Proofs.MAX_AHEAD + 1)));
            Rreq second = own(origin, 11, 2);
            liar.broadcast(second.relayed(new Distance(new Seq(1, 11 + Proofs.MAX_AHEAD), 1), 1, 9, false));

            assertTrue(hasRoute(origin.id, new Seq(1, 11 + Proofs.MAX_AHEAD)));
        }

        @Test
        void a_forged_reply_is_refused_and_teaches_nothing() {
            Peer peer = new Peer(bench, 1).join();
            Ident ident = IdentSigning.sign(TestKeys.signer(9), "target", Set.of(), 1);
            send(ident.id(), 60_000);
            Rreq request = broadcasts(peer, Rreq.class).get(0);
            Rrep forged = RouteSigning.sign(TestKeys.signer(1), reply(request, new Seq(1, 900), 5));

            peer.send(FrameForm.UNICAST, ++exchange, List.of(ident, forged));

            assertEquals(HopCode.NO_ROUTE, bench.replyCodes.get(bench.replyCodes.size() - 1));
            assertNull(bench.router.routes().get(ident.id()));
        }
    }

    @Nested
    class Errors {
        @Test
        void a_lost_route_is_told_to_the_one_who_used_it_after_50_ms() {
            Peer user = new Peer(bench, 1).join();
            Peer next = new Peer(bench, 2).join();
            advertise(next, FAR, new Seq(1, 5), 100, 2);
            assertEquals(
                    HopCode.CUSTODY,
                    user.data(1, Peer.message(user.id, 1, 0, FAR, new Distance(new Seq(1, 5), 10_000)))
                            .code());
            next.acceptAll();
            bench.sent.clear();

            next.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, 5), Rerr.Reason.LINK))));
            bench.runTo(49);
            assertEquals(0, anyTo(user, Rerr.class).size());
            bench.runTo(51);

            Rerr.Unreachable lost = anyTo(user, Rerr.class).get(0).unreachable().get(0);
            assertEquals(FAR, lost.destination());
            assertEquals(new Seq(1, 5), lost.seq());
        }

        @Test
        void what_nobody_uses_is_lost_in_silence() {
            Peer user = new Peer(bench, 1).join();
            Peer next = new Peer(bench, 2).join();
            advertise(next, FAR, new Seq(1, 5), 100, 2);
            bench.sent.clear();

            next.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, 5), Rerr.Reason.LINK))));
            bench.runTo(200);

            assertEquals(0, anyTo(user, Rerr.class).size());
        }

        @Test
        void u5_only_my_next_hop_is_believed_and_only_about_my_seq_or_a_newer_one() {
            Peer next = new Peer(bench, 1).join();
            Peer other = new Peer(bench, 2).join();
            advertise(next, FAR, new Seq(1, 5), 100, 2);

            other.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, 9), Rerr.Reason.LINK))));
            assertNotNull(bench.router.routes().get(FAR).nextHop());
            next.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, 4), Rerr.Reason.LINK))));
            assertNotNull(bench.router.routes().get(FAR).nextHop());
            FeasibilityDistance before = bench.router.routes().get(FAR).feasibility();
            next.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, new Seq(1, 9), Rerr.Reason.LINK))));

            assertNull(bench.router.routes().get(FAR).nextHop());
            assertEquals(before, bench.router.routes().get(FAR).feasibility(), "it never changes a Seq");
        }
    }

    @Nested
    class AskAndTell {
        @Test
        void told_is_what_is_strictly_better_than_the_askers_distance() {
            Peer next = new Peer(bench, 1).join();
            Peer asker = new Peer(bench, 2).join();
            advertise(next, FAR, new Seq(1, 5), 100, 2);
            bench.sent.clear();

            asker.broadcast(new Ask(FAR, new Distance(new Seq(1, 5), 150)));
            assertEquals(0, unicasts(asker, Tell.class).size());
            asker.broadcast(new Ask(FAR, new Distance(new Seq(1, 5), 151)));

            assertEquals(
                    new Tell(FAR, new Distance(new Seq(1, 5), 150), 3),
                    unicasts(asker, Tell.class).get(0));
            assertEquals(150, bench.router.routes().get(FAR).feasibility().metric(), "U3");
        }

        @Test
        void the_way_over_the_asker_is_not_told() {
            Peer next = new Peer(bench, 1).join();
            advertise(next, FAR, new Seq(1, 5), 100, 2);
            bench.sent.clear();

            next.broadcast(new Ask(FAR, null));

            assertEquals(0, unicasts(next, Tell.class).size());
        }

        @Test
        void the_one_that_is_asked_for_answers_itself() {
            Peer asker = new Peer(bench, 2).join();
            bench.sent.clear();

            asker.broadcast(new Ask(bench.router.self(), new Distance(bench.router.ownSeq(), 3)));

            assertEquals(0, unicasts(asker, Tell.class).get(0).distance().metric());
        }
    }

    private static Bytes bytes(byte[] array) {
        return Bytes.copyOf(array);
    }

    private boolean hasRoute(NodeId destination, Seq seq) {
        RouteEntry entry = bench.router.routes().get(destination);
        if (entry == null) {
            return false;
        }
        boolean current = entry.current() != null && entry.current().seq().equals(seq);
        return current
                || Stream.iterate(entry.alternates(), each -> each != null, each -> each.next)
                        .anyMatch(each -> each.seq().equals(seq));
    }

    private long counter(RoutingCounter counter) {
        return bench.router.snapshot(bench.now).counters().get(counter);
    }

    private Peer[] peers(int count) {
        Peer[] peers = new Peer[count];
        for (int i = 0; i < count; i++) {
            peers[i] = new Peer(bench, i + 1).join();
        }
        return peers;
    }

    /** A neighbour whose IDENT was verified. */
    private Peer proven(int number) {
        Peer peer = new Peer(bench, number).join();
        peer.broadcast(IdentSigning.sign(TestKeys.signer(number), "peer-" + number, Set.of(), 1));
        return peer;
    }

    private static Rreq unsigned(Peer origin, long count, long id) {
        return new Rreq(
                origin.id, new Seq(1, count), id, FAR, ANY, 0, new Seq(1, count), 0, 9, false, false, false, 300, null);
    }

    /** A request that its originator signed and sends itself. */
    private static Rreq own(Peer origin, long count, long id) {
        int number = origin.address.equals(LinkAddress.of((byte) 1)) ? 1 : 2;
        return RouteSigning.sign(TestKeys.signer(number), unsigned(origin, count, id));
    }

    /** A request of ORIGIN, unsigned. */
    private static Rreq request(long id, NodeId target, long metric, int hops, int ttl) {
        Seq seq = new Seq(1, 100 + id);
        return new Rreq(ORIGIN, seq, id, target, ANY, metric, seq, hops, ttl, false, false, false, 300, null);
    }

    private static Rreq invented(long origin) {
        Seq seq = new Seq(1, 1);
        return new Rreq(new NodeId(origin), seq, 1, FAR, ANY, 5, seq, 1, 9, false, false, false, 300, null);
    }

    private static Rreq directed(Rreq rreq) {
        return new Rreq(
                rreq.origin(),
                rreq.originSeq(),
                rreq.rreqId(),
                rreq.target(),
                rreq.minSeq(),
                rreq.metric(),
                rreq.routeSeq(),
                rreq.hops(),
                rreq.ttl(),
                true,
                false,
                rreq.unicast(),
                rreq.lifetimeS(),
                null);
    }

    /** Unicast to this node as the target, from an originator of its own each. */
    private Rreq demand(long id, Seq minSeq) {
        Seq seq = new Seq(1, id);
        return new Rreq(
                new NodeId(0xd000 + id),
                seq,
                id,
                bench.router.self(),
                minSeq,
                5,
                seq,
                1,
                9,
                true,
                false,
                true,
                300,
                null);
    }

    private static Rrep reply(Rreq request, Seq targetSeq, long metric) {
        return new Rrep(
                request.target(),
                targetSeq,
                request.origin(),
                request.rreqId(),
                300,
                metric,
                targetSeq,
                2,
                60,
                0,
                null);
    }

    private long send(NodeId to, long maxAgeMs) {
        return bench.router.send(
                bench.now,
                Destination.node(to),
                PayloadType.COAP,
                Priority.NORMAL,
                maxAgeMs,
                false,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
    }

    /** A route to {@code destination} over {@code peer}, as a TELL would make it. */
    private static void advertise(Peer peer, NodeId destination, Seq seq, long metric, int hops) {
        peer.unicast(new Tell(destination, new Distance(seq, metric), hops));
    }

    private <T extends MeshMessage> List<T> broadcasts(Peer listener, Class<T> type) {
        return broadcasts(bench, listener, type);
    }

    private static <T extends MeshMessage> List<T> broadcasts(Bench bench, Peer listener, Class<T> type) {
        return heard(bench, listener, type, LinkAddress.ALL);
    }

    private <T extends MeshMessage> List<T> unicasts(Peer listener, Class<T> type) {
        return unicasts(bench, listener, type);
    }

    private static <T extends MeshMessage> List<T> unicasts(Bench bench, Peer listener, Class<T> type) {
        return heard(bench, listener, type, listener.address);
    }

    private <T extends MeshMessage> List<T> anyTo(Peer listener, Class<T> type) {
        List<T> all = new ArrayList<>(heard(bench, listener, type, listener.address));
        all.addAll(heard(bench, listener, type, LinkAddress.ALL));
        return all;
    }

    private static <T extends MeshMessage> List<T> heard(Bench bench, Peer listener, Class<T> type, LinkAddress to) {
        List<T> all = new ArrayList<>();
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(to)) {
                for (MeshMessage message : listener.open(frame.frame(), frame.exchange())) {
                    if (type.isInstance(message)) {
                        all.add(type.cast(message));
                    }
                }
            }
        }
        return all;
    }
}
