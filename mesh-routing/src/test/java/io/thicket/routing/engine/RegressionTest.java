package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Trace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Faults of one router that were found by reading; each test is the sequence that shows it. */
class RegressionTest {
    private static final NodeId FAR = new NodeId(0x1234);

    private final List<Identity> identified = new ArrayList<>();
    private final Bench bench = new Bench() {
        @Override
        public void identified(Identity identity) {
            identified.add(identity);
        }
    };

    /** Exchange ids are 16 bits wide, and a neighbour has others to talk to, too. */
    @Test
    void an_exchange_id_that_comes_again_after_minutes_is_no_repetition() {
        Peer peer = new Peer(bench, 1).join();
        peer.send(FrameForm.UNICAST, 5, List.of(settles(1)));
        peer.send(FrameForm.UNICAST, 5, List.of(settles(2))); // within the time of a repetition: taken for one
        for (int minute = 0; minute < 5; minute++) {
            bench.runTo(bench.now + 60_000);
            peer.hello();
        }

        peer.send(FrameForm.UNICAST, 5, List.of(settles(3)));

        assertEquals(List.of(1L, 3L), bench.settled);
    }

    /** Nobody beyond the hop heard of the registration, and the next one would come minutes later. */
    @Test
    void a_registration_that_was_refused_is_made_again() {
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        bench.sent.clear();
        sendToGateway();
        assertNotNull(lastData(next).register(), "the first message registers");

        next.replyAll(new HopResult(HopCode.FULL, null, 200, 0));
        bench.sent.clear();
        bench.runTo(bench.now + 400);

        assertNotNull(lastData(next).register());
    }

    @Test
    void a_registration_that_got_no_answer_is_made_again() {
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        sendToGateway();
        bench.runTo(8_000); // exhausted: the link is suspected
        bench.sent.clear();

        next.hello(Peer.entry(FAR, 11, 100));
        for (int i = 0; i < 40 && datas(next).isEmpty(); i++) {
            bench.runTo(bench.now + 100);
            next.replyAll(HopResult.of(HopCode.CUSTODY)); // the probe
        }

        assertTrue(
                datas(next).stream().anyMatch(data -> data.register() != null), "the reading, or the IDENT beside it");
    }

    /** Else the node is no newcomer any more when its message comes again, and nobody tells it who the gateway is. */
    @Test
    void an_ident_in_a_message_that_is_refused_was_not_read() {
        Peer peer = new Peer(bench, 1).join();
        bench.router.gatewayState(bench.now, new GatewayState(true, true, 0, 0), bench);

        assertEquals(HopCode.NO_ROUTE, peer.data(7, ident(peer, 1, FAR)).code());
        assertEquals(List.of(), identified);
        assertEquals(
                HopCode.CUSTODY,
                peer.data(8, ident(peer, 2, bench.router.self())).code());
        assertEquals(1, identified.size());
    }

    /** The origin repeats its message and is told again: there is nothing to search for. */
    @Test
    void a_waiting_end_to_end_acknowledgement_begins_no_search() {
        Peer up = new Peer(bench, 1).join();
        Peer down = new Peer(bench, 2).join();
        down.broadcast(new Reg(down.id, new Distance(new Seq(1, 5), 0), List.of()));
        sendTo(down.id, 3_000);
        bench.runTo(2_000);
        while (stateOf(down) == NeighborState.TWO_WAY) {
            bench.runTo(bench.now + 100); // nothing of what is sent to it is answered
        }
        assertEquals(NeighborState.SUSPECT, stateOf(down));
        long before = bench.router.counter(RoutingCounter.SEARCHES_STARTED);

        up.send(
                FrameForm.UNICAST,
                9,
                List.of(new E2eAck(
                        down.id, 1, 1, 0, SettleStatus.BROKER_ACKED, FAR, new Distance(new Seq(1, 5), 100_000), 9)));

        assertEquals(HopCode.CUSTODY, bench.replyCodes.get(bench.replyCodes.size() - 1));
        assertEquals(before, bench.router.counter(RoutingCounter.SEARCHES_STARTED));
    }

    @Test
    void a_trace_in_this_nodes_name_from_somebody_else_goes_nowhere() {
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer liar = new Peer(bench, 2).join();
        bench.sent.clear();

        liar.unicast(new Trace(bench.router.self(), FAR, 77, 60, false, List.of()));

        assertTrue(bench.sent.stream()
                .flatMap(frame -> next.open(frame.frame(), frame.exchange()).stream())
                .noneMatch(message -> message instanceof Trace));
        bench.runTo(bench.now + 10_000);
        assertTrue(bench.sent.stream()
                .flatMap(frame -> liar.open(frame.frame(), frame.exchange()).stream())
                .noneMatch(message -> message instanceof Trace));
    }

    /** The refusal was under way when the hop announced its new route. */
    @Test
    void a_refusal_from_before_the_hops_newer_advert_does_not_end_the_route() {
        for (Distance held : new Distance[] {null, new Distance(new Seq(1, 10), 400)}) {
            for (HopCode code : List.of(HopCode.NO_ROUTE, HopCode.DESCENT_VIOLATED)) {
                Bench one = new Bench();
                Peer next = new Peer(one, 1).join();
                next.hello(Peer.entry(FAR, 10, 100));
                one.sent.clear();
                sendToGateway(one);
                List<Bench.Sent> sent = List.copyOf(one.sent);

                next.hello(Peer.entry(FAR, 12, 100));
                sent.forEach(frame -> next.reply(frame.exchange(), new HopResult(code, held, 0, 0)));

                RouteEntry route = one.router.routes().get(FAR);
                assertNotNull(route.nextHop(), code + " with " + held);
                assertEquals(1, one.router.snapshot(one.now).queued(), "sent again");
                one.sent.clear();
                next.replyAll(new HopResult(code, held, 0, 0));
            }
        }
    }

    /** One about the present route does, whatever Seq it bears: or the message would go to and fro for ever. */
    @Test
    void a_refusal_of_the_present_route_ends_it_whatever_seq_it_bears() {
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        bench.sent.clear();
        sendToGateway();

        next.replyAll(new HopResult(HopCode.NO_ROUTE, new Distance(new Seq(1, 3), 400), 0, 0));

        assertNull(bench.router.routes().get(FAR).nextHop());
    }

    private E2eAck settles(long number) {
        return new E2eAck(bench.router.self(), 1, number, 0, SettleStatus.BROKER_ACKED, FAR, null, 20);
    }

    private static Data ident(Peer peer, long number, NodeId pinned) {
        Ident ident = IdentSigning.sign(TestKeys.signer(1), "one", Set.of(), 1);
        return new Data(
                new MessageId(peer.id, 1, number),
                Destination.GATEWAY,
                pinned,
                new Distance(new Seq(1, 10), 10_000),
                20,
                0,
                0,
                0,
                false,
                false,
                null,
                0,
                PayloadType.IDENT,
                Bytes.copyOf(FrameCodec.encode(List.of(ident))));
    }

    private NeighborState stateOf(Peer peer) {
        return bench.router.snapshot(bench.now).neighbors().stream()
                .filter(neighbor -> neighbor.id().equals(peer.id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private Data lastData(Peer to) {
        List<Data> all = datas(to);
        return all.get(all.size() - 1);
    }

    private List<Data> datas(Peer to) {
        List<Data> all = new ArrayList<>();
        for (Bench.Sent frame : bench.sent) {
            for (MeshMessage message :
                    frame.to().equals(to.address) ? to.open(frame.frame(), frame.exchange()) : List.<MeshMessage>of()) {
                if (message instanceof Data data) {
                    all.add(data);
                }
            }
        }
        return all;
    }

    private void sendToGateway() {
        sendToGateway(bench);
    }

    private static void sendToGateway(Bench bench) {
        send(bench, Destination.GATEWAY, PayloadType.READINGS, 60_000);
    }

    private void sendTo(NodeId node, long maxAgeMs) {
        send(bench, Destination.node(node), PayloadType.COAP, maxAgeMs);
    }

    private static void send(Bench bench, Destination destination, PayloadType type, long maxAgeMs) {
        bench.router.send(
                bench.now,
                destination,
                type,
                Priority.NORMAL,
                maxAgeMs,
                true,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
    }
}
