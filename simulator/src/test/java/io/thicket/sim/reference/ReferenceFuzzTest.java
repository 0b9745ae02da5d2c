package io.thicket.sim.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Noise, damaged and invented frames: no exception, bounded state. */
class ReferenceFuzzTest {
    private static final int NODES = 40;

    private static AddressPlan plan() {
        List<NodeId> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new NodeId(1_000 + i));
        }
        return new AddressPlan(nodes);
    }

    private static ReferenceRouter started(ReferenceProtocol protocol, SilentEffects effects) {
        AddressPlan plan = plan();
        ReferenceRouter router =
                protocol.create(plan.nodeAt(0x0a00_0001), 1, plan, List.of(new NodeId(1_001)), new SplittableRandom(7));
        router.onLink(0, TestNet.LINK, new LinkInfo(LinkClass.WIFI, 2_000, 1_200, true), effects);
        return router;
    }

    @ParameterizedTest
    @EnumSource(ReferenceProtocol.class)
    void noise_is_counted_and_changes_nothing(ReferenceProtocol protocol) {
        SplittableRandom random = new SplittableRandom(1);
        SilentEffects effects = new SilentEffects();
        ReferenceRouter router = started(protocol, effects);
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = new byte[random.nextInt(200)];
            random.nextBytes(frame);
            router.onFrame(i, TestNet.LINK, LinkAddress.of((byte) i), ByteBuffer.wrap(frame), -1, effects);
            assertTrue(router.kindOf(ByteBuffer.wrap(frame)) != FrameKind.HOP_ACK);
            assertTrue(!router.nameOf(ByteBuffer.wrap(frame)).isEmpty());
        }

        RoutingSnapshot snapshot = router.snapshot(20_000);
        assertEquals(20_000L, snapshot.counters().get(RoutingCounter.DROPPED_MALFORMED));
        assertEquals(List.of(), snapshot.routes());
    }

    /** Frames with right headers and any content, then with a few bits turned; time goes on and messages are sent. */
    @ParameterizedTest
    @EnumSource(ReferenceProtocol.class)
    void invented_frames_never_throw_and_state_stays_bounded(ReferenceProtocol protocol) {
        SplittableRandom random = new SplittableRandom(2);
        SilentEffects effects = new SilentEffects();
        ReferenceRouter router = started(protocol, effects);
        long now = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] frame = invented(random, protocol);
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            }
            LinkAddress from = LinkAddress.of((byte) random.nextInt(60));
            router.onFrame(now, TestNet.LINK, from, ByteBuffer.wrap(frame), MeshRouter.NO_EXCHANGE, effects);
            if (random.nextInt(20) == 0) {
                router.send(
                        now,
                        random.nextBoolean()
                                ? Destination.GATEWAY
                                : Destination.node(new NodeId(1_001 + random.nextInt(NODES - 1))),
                        PayloadType.READINGS,
                        Priority.NORMAL,
                        30_000,
                        random.nextBoolean(),
                        0,
                        0,
                        ByteBuffer.allocate(8),
                        effects);
            }
            if (random.nextInt(100) == 0) {
                router.onLinkFailure(now, TestNet.LINK, from, effects);
            }
            now += random.nextInt(30);
            for (int calls = 0; router.nextDeadlineMs() <= now; calls++) {
                assertTrue(calls < 100, "deadlines come to an end");
                router.onDeadline(now, effects);
            }
        }

        RoutingSnapshot snapshot = router.snapshot(now);
        assertTrue(snapshot.routes().size() < NODES, snapshot.routes().size() + " routes");
        assertTrue(snapshot.neighbors().size() < NODES, snapshot.neighbors().size() + " neighbours");
        assertTrue(snapshot.queued() <= 4_096, snapshot.queued() + " queued");
        assertTrue(snapshot.counters().get(RoutingCounter.DROPPED_MALFORMED) < 60_000, "some were well-formed");
    }

    private static byte[] invented(SplittableRandom random, ReferenceProtocol protocol) {
        int port = protocol == ReferenceProtocol.BABEL ? BabelCodec.PORT : AodvCodec.PORT;
        ByteBuffer content =
                switch (protocol) {
                    case AODV -> aodv(random);
                    case BABEL -> babel(random);
                    case FLOODING -> ByteBuffer.allocate(8);
                };
        if (protocol == ReferenceProtocol.FLOODING) {
            int hops = random.nextInt(256);
            return new FloodFrame(
                            random.nextBoolean() ? AddressPlan.BROADCAST : address(random),
                            address(random),
                            random.nextInt(),
                            random.nextInt(hops + 1),
                            hops,
                            PayloadType.COAP,
                            random.nextBoolean(),
                            random.nextInt(256),
                            content)
                    .toBytes()
                    .array();
        }
        if (random.nextInt(5) == 0) {
            return DataMessage.frame(
                            address(random),
                            random.nextInt(70_000),
                            1 + random.nextInt(1_000),
                            address(random),
                            PayloadType.READINGS,
                            random.nextBoolean(),
                            content)
                    .array();
        }
        int to = random.nextBoolean() ? AddressPlan.BROADCAST : address(random);
        return IpPacket.control(address(random), to, random.nextInt(40), port, content)
                .array();
    }

    private static int address(SplittableRandom random) {
        return 0x0a00_0001 + random.nextInt(NODES);
    }

    private static int number(SplittableRandom random) {
        return random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(20);
    }

    private static ByteBuffer aodv(SplittableRandom random) {
        return AodvCodec.encode(
                switch (random.nextInt(3)) {
                    case 0 ->
                        new AodvMessage.Rreq(
                                random.nextBoolean(),
                                random.nextBoolean(),
                                random.nextBoolean(),
                                random.nextInt(256),
                                number(random),
                                address(random),
                                number(random),
                                address(random),
                                number(random));
                    case 1 ->
                        new AodvMessage.Rrep(
                                random.nextInt(256),
                                address(random),
                                number(random),
                                address(random),
                                Integer.toUnsignedLong(number(random)));
                    default ->
                        new AodvMessage.Rerr(List.of(
                                new AodvMessage.Unreachable(address(random), number(random)),
                                new AodvMessage.Unreachable(address(random), number(random))));
                });
    }

    private static ByteBuffer babel(SplittableRandom random) {
        List<BabelTlv> tlvs = new ArrayList<>();
        tlvs.add(new BabelTlv.Hello(number(random) & 0xffff, random.nextInt(500)));
        for (int i = random.nextInt(5); i > 0; i--) {
            int u16 = number(random) & 0xffff;
            tlvs.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new BabelTlv.Ihu(u16, random.nextInt(5_000), address(random));
                        case 1 -> new BabelTlv.RouteRequest(random.nextBoolean() ? 0 : address(random));
                        case 2 -> new BabelTlv.SeqnoRequest(address(random), u16, 1 + random.nextInt(255));
                        default ->
                            new BabelTlv.Update(address(random), random.nextInt(3_000), u16, random.nextInt(1 << 16));
                    });
        }
        return BabelCodec.encode(tlvs, 400).get(0);
    }
}
