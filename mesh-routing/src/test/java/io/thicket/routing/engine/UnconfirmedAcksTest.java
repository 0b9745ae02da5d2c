package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rerr;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When E2EACKs go without an exchange, and what becomes of one that comes without. */
class UnconfirmedAcksTest {
    private static final NodeId ORIGIN = new NodeId(0x11);
    private static final NodeId GATEWAY = new NodeId(0x33);

    private Bench bench = new Bench();
    private Peer child = new Peer(bench, 1);
    private Peer parent = new Peer(bench, 2);

    @BeforeEach
    void a_relay_between_parent_and_child_that_leads_to_the_origin() {
        child.join();
        parent.join();
        register(10);
        bench.sent.clear();
    }

    @Nested
    class Sending {
        @Test
        void the_first_one_is_under_an_exchange_and_the_next_ones_are_not() {
            settle(1);
            assertEquals(List.of(true), confirmable());
            child.acceptAll();
            settle(2);
            settle(3);

            assertEquals(List.of(false, false), confirmable());
            assertEquals(0, bench.router.queued(), "custody ends with the transmission");
        }

        @Test
        void one_a_minute_is_under_an_exchange_again() {
            prove();
            bench.runTo(59_000);
            settle(2);
            assertEquals(List.of(false), confirmable());
            bench.sent.clear();

            bench.runTo(61_000);
            settle(3);

            assertEquals(List.of(true), confirmable());
        }

        @Test
        void a_link_that_needed_a_repetition_is_lossy_until_it_has_shown_otherwise() {
            settle(1);
            bench.runTo(1_000);
            child.acceptAll();
            int confirmed = 0;
            for (int i = 2; i < 40; i++) {
                settle(i);
                confirmed += confirmable().equals(List.of(true)) ? 1 : 0;
                child.acceptAll();
            }

            assertTrue(confirmed >= 5 && confirmed <= 20, confirmed + " under exchanges");
        }

        @Test
        void a_neighbour_that_repeats_what_it_was_granted_does_not_hear_well() {
            prove();
            Data data = Peer.message(child.id, 7, 0, bench.router.self(), null);
            child.data(500, data);
            child.data(500, data);
            settle(2);

            assertEquals(List.of(true), confirmable());
            bench.runTo(1);
            child.acceptAll();
            settle(3);
            assertEquals(List.of(false), confirmable());
        }

        @Test
        void a_neighbour_that_moves_may_be_gone_by_now() {
            child.every(2_000);
            for (int i = 0; i < 5; i++) {
                bench.runTo(bench.now + 2_000);
                child.hello();
            }
            bench.sent.clear();
            prove();
            bench.runTo(bench.now + 1);
            settle(2);

            assertEquals(List.of(true), confirmable());
        }

        @Test
        void what_the_origin_repeats_is_settled_under_an_exchange() {
            toGateway(5, 1);
            prove();
            settle(5);
            assertEquals(List.of(true), confirmable());
            child.acceptAll();
            settle(6);

            assertEquals(List.of(false), confirmable());
        }

        @Test
        void one_that_was_refused_is_not_sent_into_the_void() {
            prove();
            bench.runTo(60_500);
            settle(2);
            child.replyAll(new HopResult(HopCode.FULL, null, 100, 0));
            bench.sent.clear();
            bench.runTo(61_000);

            assertTrue(
                    confirmable().size() >= 1 && !confirmable().contains(false),
                    confirmable().toString());
        }

        @Test
        void more_than_four_in_a_frame_share_an_acknowledgement() {
            prove();
            settle(2, 3, 4, 5);
            settle(6, 7, 8, 9, 10);

            assertEquals(List.of(false, true), confirmable());
        }

        @Test
        void a_burst_keeps_to_the_window_but_for_its_last_frame() {
            bench.router.onLink(0, Peer.LINK, new LinkInfo(LinkClass.WIFI, 6_000, 250, true), bench);
            prove();
            settle(2, 3, 4, 5, 6, 7);

            assertEquals(List.of(true, false), confirmable());
        }

        @Test
        void on_a_link_class_that_repeats_nothing_all_are_under_exchanges() {
            bench = new Bench();
            bench.router.onLink(0, Peer.LINK, new LinkInfo(LinkClass.LORA, 5, 250, true), bench);
            child = new Peer(bench, 1);
            parent = new Peer(bench, 2);
            a_relay_between_parent_and_child_that_leads_to_the_origin();
            prove();
            settle(2);

            assertEquals(List.of(true), confirmable());
        }

        @Test
        void an_rerr_of_the_child_ends_the_route_that_the_ack_took() {
            prove();
            settle(2);
            assertTrue(bench.router.hasRoute(ORIGIN));

            child.send(FrameForm.UNICAST, MeshRouter.NO_EXCHANGE, List.of(rerr(9)));
            assertTrue(bench.router.hasRoute(ORIGIN), "about an older Seq than the route's");
            child.send(FrameForm.UNICAST, MeshRouter.NO_EXCHANGE, List.of(rerr(10)));

            assertTrue(!bench.router.hasRoute(ORIGIN));
        }
    }

    @Nested
    class Receiving {
        @Test
        void it_is_passed_on_and_nobody_answers() {
            int replies = bench.replies.size();

            receive(ack(ORIGIN, 1, far()));

            assertEquals(replies, bench.replies.size());
            assertEquals(List.of(true), confirmable());
        }

        @Test
        void it_settles_at_its_origin() {
            receive(ack(bench.router.self(), 4, null));

            assertEquals(List.of(4L), bench.settled);
        }

        @Test
        void without_a_route_its_sender_is_told_by_an_rerr_with_the_seq_of_its_own_distance() {
            NodeId unknown = new NodeId(0x99);

            receive(ack(unknown, 1, new Distance(new Seq(1, 77), 500)));

            assertEquals(
                    List.of(new Rerr.Unreachable(unknown, new Seq(1, 77), Rerr.Reason.NO_ROUTE)), errorsToParent());
        }

        @Test
        void one_that_does_not_descend_is_refused_alike() {
            receive(ack(ORIGIN, 1, new Distance(new Seq(1, 10), 1)));

            assertEquals(List.of(new Rerr.Unreachable(ORIGIN, new Seq(1, 10), Rerr.Reason.DESCENT)), errorsToParent());
            assertEquals(0, bench.router.queued());
        }
    }

    private void prove() {
        settle(1);
        child.acceptAll();
    }

    /** One frame of the parent with an E2EACK for each of these. */
    private void settle(int... numbers) {
        int replies = bench.replies.size();
        List<MeshMessage> acks = new ArrayList<>();
        for (int number : numbers) {
            acks.add(ack(ORIGIN, number, far()));
        }
        parent.send(FrameForm.UNICAST, 2_000 + numbers[0], acks);
        assertEquals(HopCode.CUSTODY, bench.replyCodes.get(replies));
    }

    private void receive(E2eAck ack) {
        parent.send(FrameForm.UNICAST, MeshRouter.NO_EXCHANGE, List.of(ack));
    }

    /** Of each frame to the child that carries an E2EACK: whether it is under an exchange. */
    private List<Boolean> confirmable() {
        List<Boolean> each = new ArrayList<>();
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(child.address)
                    && child.open(frame.frame(), frame.exchange()).stream().anyMatch(E2eAck.class::isInstance)) {
                each.add(frame.exchange() != MeshRouter.NO_EXCHANGE);
            }
        }
        return each;
    }

    private List<Rerr.Unreachable> errorsToParent() {
        List<Rerr.Unreachable> errors = new ArrayList<>();
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(parent.address)) {
                for (MeshMessage message : parent.open(frame.frame(), frame.exchange())) {
                    if (message instanceof Rerr rerr) {
                        errors.addAll(rerr.unreachable());
                    }
                }
            }
        }
        return errors;
    }

    /** DATA of the origin that passed its child, with the R flag. */
    private void register(long count) {
        Data data = Peer.message(ORIGIN, 1_000 + count, 0, bench.router.self(), null);
        child.data(900, data.forwarded(null, new Data.Registration(new Seq(1, count), 100, 1_200), 20, 1, 0));
    }

    /** A message of the origin that passes here in {@code turn}. */
    private void toGateway(int number, int turn) {
        Data up = Peer.message(GATEWAY, 1, 0, bench.router.self(), null);
        parent.data(901, up.forwarded(null, new Data.Registration(new Seq(1, 10), 100, 1_200), 20, 1, 0));
        child.data(902, Peer.message(ORIGIN, number, turn, GATEWAY, far()));
        parent.acceptAll();
    }

    private static Rerr rerr(long count) {
        return new Rerr(List.of(new Rerr.Unreachable(ORIGIN, new Seq(1, count), Rerr.Reason.NO_ROUTE)));
    }

    private static Distance far() {
        return new Distance(new Seq(1, 10), 10_000_000);
    }

    private static E2eAck ack(NodeId origin, long number, Distance descent) {
        return new E2eAck(origin, 1, number, 0, SettleStatus.BROKER_ACKED, GATEWAY, descent, 20);
    }
}
