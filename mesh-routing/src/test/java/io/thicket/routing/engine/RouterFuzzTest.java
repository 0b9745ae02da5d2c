package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Insiders with the right key and wrong content, outsiders without: no exception, bounded state. */
class RouterFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void sealed_content_never_throws(byte[] content) {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        if (content.length > 0 && content.length <= 1_100) {
            peer.sendRaw(FrameForm.UNICAST, 7, content);
            peer.sendRaw(FrameForm.BROADCAST_INTRODUCED, MeshRouter.NO_EXCHANGE, content);
            bench.runTo(5_000);
        }
    }

    /** The same in the sealed reply to a message that waits for one. */
    @FuzzTest(maxDuration = "10m")
    void sealed_reply_content_never_throws(byte[] content) {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        peer.hello(Peer.entry(new NodeId(0x1234), 10, 100));
        bench.sent.clear();
        bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
        int exchange = bench.sent.get(0).exchange();
        if (content.length > 0 && content.length <= 1_100) {
            ByteBuffer reply = peer.seal(FrameForm.REPLY, exchange, content);
            bench.router.onReply(bench.now, Peer.LINK, peer.address, exchange, reply, bench);
            bench.runTo(5_000);
        }
    }

    @Test
    void mutated_content_under_the_right_key_never_throws() {
        SplittableRandom random = new SplittableRandom(1);
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        Peer other = new Peer(bench, 2).join();
        for (int i = 0; i < 20_000; i++) {
            List<MeshMessage> frame = new ArrayList<>();
            for (int messages = 1 + random.nextInt(3); messages > 0; messages--) {
                frame.add(message(random, peer.id));
            }
            byte[] content = FrameCodec.encode(frame);
            int flips = random.nextInt(4);
            for (int flip = 0; flip < flips; flip++) {
                content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            }
            boolean unicast = random.nextBoolean();
            (random.nextInt(3) == 0 ? other : peer)
                    .sendRaw(
                            unicast ? FrameForm.UNICAST : FrameForm.BROADCAST_INTRODUCED,
                            unicast ? random.nextInt(65_536) : MeshRouter.NO_EXCHANGE,
                            content);
            if (random.nextInt(500) == 0) {
                bench.router.onLinkFailure(bench.now, Peer.LINK, peer.address, bench);
            }
            if (random.nextInt(50) == 0) {
                sendToGateway(bench);
            }
            reply(random, bench, peer);
            bench.runTo(bench.now + random.nextInt(20));
            bench.sent.clear();
            bench.replies.clear();
            bench.alarms.clear();
        }
        assertBounded(bench);
    }

    @Test
    void noise_and_damaged_frames_never_throw_and_change_nothing() {
        SplittableRandom random = new SplittableRandom(2);
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        byte[] good = new byte[100];
        for (int i = 0; i < 20_000; i++) {
            byte[] frame;
            if (random.nextBoolean()) {
                frame = new byte[random.nextInt(300)];
                random.nextBytes(frame);
            } else {
                ByteBuffer sealed = peer.seal(FrameForm.UNICAST, 1, FrameCodec.encode(List.of(new Probe(i))));
                good = new byte[sealed.remaining()];
                sealed.get(good);
                frame = good.clone();
                frame[random.nextInt(frame.length)] ^= (byte) (1 + random.nextInt(255));
            }
            LinkAddress from = LinkAddress.of((byte) random.nextInt(256), (byte) random.nextInt(256));
            bench.router.onFrame(bench.now, Peer.LINK, from, ByteBuffer.wrap(frame), 1, bench);
            bench.router.onReply(bench.now, Peer.LINK, from, 1, ByteBuffer.wrap(frame), bench);
            bench.sent.clear();
            bench.replies.clear();
        }
        RoutingSnapshot snapshot = bench.router.snapshot(bench.now);
        assertEquals(1, snapshot.neighbors().size());
        assertTrue(snapshot.routes().isEmpty());
    }

    /** Answers some of what the router sent, with fewer or more results than it has messages. */
    private static void reply(SplittableRandom random, Bench bench, Peer peer) {
        for (Bench.Sent frame : List.copyOf(bench.sent)) {
            if (frame.to().equals(peer.address)
                    && frame.exchange() != MeshRouter.NO_EXCHANGE
                    && random.nextInt(3) == 0) {
                HopResult[] results = new HopResult[random.nextInt(1, 5)];
                for (int i = 0; i < results.length; i++) {
                    results[i] = HopResult.of(HopCode.values()[random.nextInt(HopCode.values().length)]);
                }
                peer.reply(frame.exchange(), results);
            }
        }
    }

    private static void sendToGateway(Bench bench) {
        bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                10_000,
                true,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
    }

    private static void assertBounded(Bench bench) {
        RoutingSnapshot snapshot = bench.router.snapshot(bench.now);
        assertTrue(snapshot.routes().size() <= RoutingTable.MAX_DESTINATIONS);
        assertTrue(snapshot.gateways().size() <= GatewayTable.MAX_GATEWAYS);
        assertEquals(2, snapshot.neighbors().size());
        assertTrue(snapshot.queued() <= 512, snapshot.queued() + " queued");
    }

    private static MeshMessage message(SplittableRandom random, NodeId peer) {
        NodeId somebody = new NodeId(random.nextInt(41));
        Distance distance = new Distance(new Seq(random.nextInt(3), count(random)), random.nextInt(300));
        return switch (random.nextInt(9)) {
            case 0 -> hello(random);
            case 1 ->
                new E2eAck(
                        somebody,
                        1,
                        random.nextInt(100),
                        random.nextLong(),
                        io.thicket.routing.SettleStatus.STORED,
                        peer,
                        distance,
                        random.nextInt(5));
            case 2 -> new Reg(random.nextBoolean() ? peer : somebody, distance, List.of());
            case 3 -> new Probe(random.nextInt(100));
            case 4 -> new Chal(Chal.Kind.values()[random.nextInt(2)], random.nextLong());
            case 5 ->
                new Rreq(
                        somebody,
                        distance.seq(),
                        random.nextInt(50),
                        new NodeId(random.nextInt(41)),
                        new Seq(1, 1),
                        distance.metric(),
                        distance.seq(),
                        hops(random),
                        random.nextInt(256),
                        true,
                        false,
                        true,
                        random.nextInt(500),
                        null);
            case 6 ->
                new Rrep(
                        new NodeId(random.nextInt(41)),
                        distance.seq(),
                        somebody,
                        random.nextInt(50),
                        60,
                        distance.metric(),
                        distance.seq(),
                        hops(random),
                        random.nextInt(256),
                        1_200,
                        null);
            default -> {
                Data data = Peer.message(
                        somebody, random.nextInt(200), random.nextInt(3), new NodeId(random.nextInt(41)), distance);
                yield data.forwarded(
                        distance,
                        random.nextBoolean() ? null : new Data.Registration(distance.seq(), distance.metric(), 1_200),
                        random.nextInt(10),
                        random.nextInt(256),
                        random.nextInt(1 << 20));
            }
        };
    }

    /** Small ones meet each other; the largest has no successor. */
    private static long count(SplittableRandom random) {
        return random.nextInt(20) == 0 ? WireLimits.MAX_U32 : random.nextInt(9);
    }

    private static int hops(SplittableRandom random) {
        return random.nextInt(4) == 0 ? WireLimits.MAX_HOPS : random.nextInt(256);
    }

    private static Hello hello(SplittableRandom random) {
        List<io.thicket.routing.wire.GatewayEntry> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.add(Peer.entry(new NodeId(random.nextInt(41)), count(random), random.nextInt(300)));
        }
        return new Hello(random.nextInt(1 << 30), random.nextInt(100_000), List.of(), entries, Set.of(), 7, 0, null);
    }
}
