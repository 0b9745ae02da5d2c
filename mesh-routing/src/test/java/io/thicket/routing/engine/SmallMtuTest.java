package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.Trace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On a link with the smallest MTU there is everything that leaves fits, and what matters leaves. */
class SmallMtuTest {
    private static final NodeId FAR = new NodeId(0x1234_5678_9abc_def0L);

    private final List<Integer> oversized = new ArrayList<>();
    private final Bench bench = new Bench() {
        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            check(sealed);
            super.transmit(link, toOrAll, exchange, sealed);
        }

        @Override
        public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
            check(sealed);
            super.reply(link, to, exchange, code, sealed);
        }

        private void check(ByteBuffer sealed) {
            if (isSmall && sealed.remaining() > LinkInfo.MIN_MTU_BYTES) {
                oversized.add(sealed.remaining());
            }
        }
    };

    private boolean isSmall;

    private void small() {
        isSmall = true;
        bench.router.onLink(
                bench.now, Peer.LINK, new LinkInfo(LinkClass.WIFI, 6_000, LinkInfo.MIN_MTU_BYTES, true), bench);
    }

    @Test
    void a_trace_that_is_long_already_goes_on_with_what_fits() {
        small();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer previous = new Peer(bench, 2).join();
        previous.broadcast(new Reg(previous.id, new Distance(new Seq(1, 5), 0), List.of()));
        bench.sent.clear();

        previous.unicast(new Trace(previous.id, FAR, 77, 60, false, hops(12)));
        List<Trace> onward = traces(next);
        next.unicast(new Trace(previous.id, FAR, 77, 50, true, hops(20)));
        List<Trace> back = traces(previous);

        assertEquals(List.of(), oversized);
        assertEquals(1, onward.size(), "it goes on");
        assertFalse(onward.get(0).hops().isEmpty(), "with the first entries");
        assertEquals(1, back.size(), "and comes back");
        assertEquals(0, dropped());
    }

    @Test
    void an_ident_that_does_not_fit_beside_the_challenge_is_replaced_by_a_claim() {
        Peer later = new Peer(bench, 1, 5).join();
        Ident ident = IdentSigning.sign(TestKeys.signer(1), "a-node-with-a-name", Set.of(), 5);
        later.send(FrameForm.UNICAST, -1, List.of(ident));
        small();
        Peer restored = new Peer(bench, 1, 2);
        bench.sent.clear();

        restored.hello();

        assertEquals(List.of(), oversized);
        List<MeshMessage> challenge = bench.sent.stream()
                .filter(frame -> frame.to().equals(restored.address))
                .flatMap(frame -> restored.open(frame.frame(), frame.exchange()).stream())
                .toList();
        assertTrue(challenge.stream().anyMatch(message -> message instanceof Chal), challenge::toString);
        assertTrue(
                challenge.stream()
                        .anyMatch(message -> message instanceof Tell tell
                                && tell.distance().seq().epoch() >= 5),
                challenge::toString);
    }

    /** Whatever a node has to say in an hour. */
    @Test
    void nothing_leaves_that_does_not_fit() {
        small();
        Peer next = new Peer(bench, 1).join();
        Peer other = new Peer(bench, 2).join();
        bench.router.gatewayState(bench.now, new GatewayState(true, true, 0, 0), bench);
        for (int minute = 0; minute < 60; minute++) {
            next.hello(Peer.entry(FAR, 10 + minute, 100), Peer.entry(new NodeId(-5), 10 + minute, 90));
            other.hears(next);
            other.broadcast(request(minute));
            send(new NodeId(77 + minute));
            bench.router.trace(bench.now, FAR, bench);
            bench.runTo(bench.now + 30_000);
            next.replyAll(HopResult.of(HopCode.CUSTODY));
            other.replyAll(HopResult.of(HopCode.FULL));
            bench.sent.clear();
            bench.runTo(bench.now + 30_000);
        }

        assertEquals(List.of(), oversized);
        assertEquals(0, dropped());
    }

    /** Without its HELLO the link would not exist; without the entry it is only no way to this gateway. */
    @Test
    void a_hello_whose_signed_entry_does_not_fit_goes_out_without_it() {
        for (int mtuBytes : new int[] {LinkInfo.MIN_MTU_BYTES, 200, 210, 1_200}) {
            Bench gateway = new Bench(
                    RoutingParameters.of(LinkClass.WIFI),
                    RuleSwitches.ALL_ON,
                    Set.of(Identity.Role.RELAY),
                    Set.of(bench.router.self()),
                    TestKeys.VERIFIER);
            gateway.router.onLink(0, Peer.LINK, new LinkInfo(LinkClass.WIFI, 6_000, mtuBytes, true), gateway);
            gateway.router.gatewayState(0, new GatewayState(true, true, 0, 0), gateway);
            Peer listener = new Peer(gateway, 1).join();
            gateway.sent.clear();

            gateway.runTo(3_000);

            List<Hello> hellos = new ArrayList<>();
            for (Bench.Sent frame : gateway.sent) {
                assertTrue(frame.frame().length <= mtuBytes);
                for (MeshMessage message : listener.open(frame.frame(), frame.exchange())) {
                    if (message instanceof Hello hello) {
                        hellos.add(hello);
                    }
                }
            }
            assertFalse(hellos.isEmpty(), "MTU " + mtuBytes);
            assertEquals(mtuBytes >= 200 ? 1 : 0, hellos.get(0).gateways().size(), "MTU " + mtuBytes);
        }
    }

    private long dropped() {
        return bench.router.counter(RoutingCounter.DROPPED_TOO_LARGE);
    }

    private Rreq request(int id) {
        Seq seq = new Seq(0xffff_ffffL, 0xffff_0000L + id);
        return new Rreq(
                FAR,
                seq,
                0xffff_0000L + id,
                new NodeId(-7),
                seq,
                0xffff,
                seq,
                20,
                40,
                false,
                false,
                false,
                65_535,
                null);
    }

    private static List<Trace.Hop> hops(int count) {
        List<Trace.Hop> hops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hops.add(new Trace.Hop(new NodeId(-i - 1), 100_000, 3, 300, 3_000));
        }
        return hops;
    }

    private List<Trace> traces(Peer to) {
        List<Trace> all = new ArrayList<>();
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(to.address)) {
                for (MeshMessage message : to.open(frame.frame(), frame.exchange())) {
                    if (message instanceof Trace trace) {
                        all.add(trace);
                    }
                }
            }
        }
        return all;
    }

    private void send(NodeId node) {
        bench.router.send(
                bench.now,
                Destination.node(node),
                PayloadType.COAP,
                Priority.NORMAL,
                30_000,
                true,
                0,
                0,
                ByteBuffer.allocate(0),
                bench);
    }
}
