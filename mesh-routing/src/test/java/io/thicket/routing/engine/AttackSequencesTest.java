package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.check.ControlRate;
import io.thicket.routing.check.Judge;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Section 4.2, sequences 34 to 47: insiders, outsiders, clocks, acknowledgements and power. */
class AttackSequencesTest {
    private static final NodeId FAR = new NodeId(0x1234);

    /** Control frames a minute: what one originator may have relayed (1 a second, 5 at once), twice, and HELLOs. */
    private static final long STORM_BUDGET = 2 * (60 + 5) + 60;

    /** An insider asks 100 times a second for nodes that do not exist. */
    @Test
    @Tag("4.2-34")
    void sequence_34_rreq_storm_of_one_insider() {
        Bench bench = new Bench();
        new Peer(bench, 1).join().hello(Peer.entry(FAR, 10, 100));
        Peer storm = new Peer(bench, 2).join();
        bench.runTo(30_000);
        Judge judge = new Judge(1, List.of(new ControlRate(STORM_BUDGET)));
        EngineView view = new EngineView(bench.router);

        for (int i = 0; i < 6_000; i++) {
            bench.runTo(30_000 + 10L * i);
            storm.send(FrameForm.UNICAST, i, List.of(rreq(storm.id, i, new NodeId(0x9000 + i))));
            assertEquals("", judge.afterEvent(bench.now, 0, view));
        }

        assertTrue(bench.router.routes().entries().size() < 20, "absent targets leave nothing behind");
    }

    /** What an outsider recorded an hour ago is worth nothing, whether the session lives still or has ended. */
    @Test
    @Tag("4.2-35")
    void sequence_35_replay_of_an_hour_old_capture() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        List<ByteBuffer> capture = new ArrayList<>();
        capture.add(peer.seal(
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                FrameCodec.encode(List.of(hello(Peer.entry(FAR, 10, 100))))));
        replay(bench, peer, capture);
        assertNotNull(bench.router.routes().get(FAR).nextHop());
        bench.runTo(3_600_000);
        assertTrue(bench.router.routes().get(FAR) == null, "an hour of silence ended it");

        replay(bench, peer, capture);

        assertNull(bench.router.routes().get(FAR));
        assertEquals(0, bench.router.snapshot(bench.now).neighbors().size());
    }

    /** An outsider carries broadcasts from one end of the network to the other, but no challenge. */
    @Test
    @Tag("4.2-36")
    void sequence_36_a_wormhole_that_carries_only_broadcasts_makes_no_neighbours() {
        Mesh mesh = Mesh.line(71, 6);
        mesh.gray(0, 5, 1.0);
        mesh.start(0);
        mesh.runFor(60_000);
        mesh.node(5).offer("the long way");

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).size() == 1, 5_000));
        assertEquals(5, mesh.node(0).deliveries.get(0).hops());
    }

    /** 40 000 made-up destinations: the table fills to its bound, what was known before goes on working. */
    @Test
    @Tag("4.2-40")
    void sequence_40_garbage_ids_exhaust_no_table() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        Peer garbage = new Peer(bench, 2).join();
        for (int i = 0; i < 40_000; i++) {
            Data data = Peer.message(new NodeId(0x77_0000 + i), 1, 0, bench.router.self(), null);
            garbage.send(FrameForm.UNICAST, i & 0xffff, List.of(registering(data)));
        }
        bench.replyCodes.clear();
        garbage.send(FrameForm.UNICAST, 40_001, List.of(rreq(new NodeId(0x66_0000), 1, FAR)));
        bench.sent.clear();

        assertEquals(List.of(HopCode.FULL), bench.replyCodes, "U6: nothing is relayed of what is not remembered");
        assertTrue(bench.router.routes().entries().size() <= RoutingTable.MAX_DESTINATIONS);
        assertTrue(bench.router.counter(RoutingCounter.DROPPED_TABLE_FULL) > 0);
        bench.sent.clear();
        assertTrue(send(bench) > 0);
        assertEquals(1, next.acceptAll().size());
    }

    /** Nesting, lengths and counts that promise more than there is. */
    @Test
    @Tag("4.2-41")
    void sequence_41_cbor_bombs_are_counted_and_dropped_at_once() {
        byte[] nested = new byte[1_100];
        java.util.Arrays.fill(nested, (byte) 0x81);
        byte[] maps = new byte[1_100];
        java.util.Arrays.fill(maps, (byte) 0xa1);
        List<byte[]> bombs = List.of(
                nested,
                maps,
                new byte[] {(byte) 0x9b, 0x7f, -1, -1, -1, -1, -1, -1, -1},
                new byte[] {(byte) 0xa1, 0, (byte) 0x5b, 0x7f, -1, -1, -1, -1, -1, -1, -1},
                new byte[] {(byte) 0xbf, 0, 4},
                new byte[] {(byte) 0x5a, -1, -1, -1, -1});
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        long before = bench.router.counter(RoutingCounter.DROPPED_MALFORMED);

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (byte[] bomb : bombs) {
                assertThrows(WireFormatException.class, () -> FrameCodec.decode(ByteBuffer.wrap(bomb)));
                peer.sendRaw(FrameForm.UNICAST, 1, bomb);
            }
        });

        assertEquals(bombs.size(), bench.router.counter(RoutingCounter.DROPPED_MALFORMED) - before);
    }

    /** A suspend of ten minutes and a pause of five seconds: told, and over within seconds. */
    @Test
    @Tag("4.2-42")
    void sequence_42_suspend_and_long_pause() {
        for (long pauseMs : new long[] {5_000, 600_000}) {
            Mesh mesh = Mesh.line(72, 4);
            mesh.start(0);
            mesh.runFor(60_000);
            mesh.pause(1, pauseMs);
            mesh.runFor(pauseMs);

            mesh.node(3).offer("after");

            assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).contains("after"), 12_000), "after " + pauseMs);
            assertTrue(mesh.node(1).alarms.stream().anyMatch(alarm -> alarm.kind() == Alarm.Kind.STALLED));
        }
    }

    /** More exchanges than there are ids: none stays behind, none is taken for another. */
    @Test
    @Tag("4.2-43")
    void sequence_43_exchange_ids_run_around() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        next.acceptAll();
        int taken = 0;
        for (int i = 0; i < 70_000; i++) {
            assertTrue(send(bench) > 0);
            taken += next.acceptAll().size();
            if (i % 500 == 0) {
                bench.runTo(bench.now + 1);
            }
        }

        assertEquals(70_000, taken);
        assertEquals(0, bench.router.queued());
    }

    /** An acknowledgement twice, one after its exchange is over, one for somebody else's exchange. */
    @Test
    @Tag("4.2-44")
    void sequence_44_duplicate_and_late_acknowledgements_release_nothing_twice() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        next.acceptAll();
        bench.sent.clear();
        send(bench);
        send(bench);
        List<Bench.Sent> frames = List.copyOf(bench.sent);

        for (int round = 0; round < 3; round++) {
            for (int i = frames.size() - 1; i >= 0; i--) {
                next.reply(frames.get(i).exchange(), HopResult.of(HopCode.CUSTODY));
            }
        }
        next.reply(frames.get(0).exchange() ^ 0x4000, HopResult.of(HopCode.CUSTODY));

        assertEquals(0, bench.router.queued());
    }

    /** Half of all acknowledgements are lost, so that the alternate carries a second copy: delivered once all the same. */
    @Test
    @Tag("4.2-44")
    void sequence_44_lost_acknowledgement_then_alternate() {
        Mesh mesh = new Mesh(73).glass();
        mesh.add(4);
        mesh.connect(0, 1);
        mesh.connect(0, 2);
        mesh.connect(3, 1);
        mesh.connect(3, 2);
        mesh.replyLoss = 0.5;
        mesh.start(0);
        mesh.runFor(20_000);
        for (int i = 0; i < 100; i++) {
            int number = i;
            mesh.at(mesh.now + 500L * i, () -> mesh.node(3).offer("m" + number));
        }

        mesh.runFor(150_000);

        assertEquals(100, new HashSet<>(mesh.deliveredTexts(0)).size());
        assertEquals(100, mesh.node(0).deliveries.size());
    }

    /** The path's MTU shrinks while a large message waits: it is refused, and the origin learns the room there is. */
    @Test
    @Tag("4.2-46")
    void sequence_46_mtu_change() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(FAR, 10, 100));
        int before = bench.router.maxPayloadBytes(Destination.GATEWAY);

        bench.router.onLink(bench.now, Peer.LINK, new LinkInfo(LinkClass.WIFI, 6_000, 400, true), bench);

        int after = bench.router.maxPayloadBytes(Destination.GATEWAY);
        assertEquals(800, before - after);
        long result = bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                0,
                0,
                ByteBuffer.allocate(before),
                bench);
        assertEquals(MeshRouter.Refusal.TOO_LARGE, result);
    }

    /** Costs are comparable over classes of links: one LoRa hop is worth hundreds of Wi-Fi hops. */
    @Test
    @Tag("4.2-46")
    void sequence_46_costs_compare_over_ethernet_wifi_and_lora() {
        long ethernet = RoutingParameters.of(LinkClass.ETHERNET).airtime(100_000);
        long wifi = RoutingParameters.of(LinkClass.WIFI).airtime(6_000);
        long lora = RoutingParameters.of(LinkClass.LORA).airtime(2);

        assertTrue(ethernet * 5 < wifi, ethernet + " and " + wifi);
        assertTrue(wifi * 500 < lora, wifi + " and " + lora);
    }

    /** A boot whose epoch was stored and never used, then one that is: nobody sees an epoch twice. */
    @Test
    @Tag("4.2-47")
    void sequence_47_power_cut_after_the_epoch_was_written() {
        Mesh mesh = Mesh.line(74, 3);
        mesh.start(0);
        mesh.runFor(20_000);
        mesh.kill(1);
        mesh.node(1).boot(); // stored, and the power fails before the first frame
        mesh.node(1).boot();
        mesh.node(1).start();
        mesh.node(2).offer("through");

        assertTrue(mesh.runUntil(() -> mesh.deliveredTexts(0).contains("through"), 10_000));
        assertEquals(3, mesh.node(1).epoch);
    }

    private static io.thicket.routing.wire.Hello hello(io.thicket.routing.wire.GatewayEntry entry) {
        return new io.thicket.routing.wire.Hello(50, 60_000, List.of(), List.of(entry), java.util.Set.of(), 7, 0, null);
    }

    private static void replay(Bench bench, Peer peer, List<ByteBuffer> capture) {
        for (ByteBuffer frame : capture) {
            bench.router.onFrame(bench.now, Peer.LINK, peer.address, frame.duplicate(), MeshRouter.NO_EXCHANGE, bench);
        }
    }

    private static Rreq rreq(NodeId origin, int id, NodeId target) {
        return new Rreq(
                origin,
                new Seq(1, 5L + id),
                id,
                target,
                new Seq(0, 0),
                0,
                new Seq(1, 5L + id),
                0,
                9,
                true,
                false,
                true,
                60,
                null);
    }

    private static Data registering(Data data) {
        return data.forwarded(data.descent(), new Data.Registration(new Seq(1, 1), 10, 1_200), 9, 1, 0);
    }

    private static long send(Bench bench) {
        return bench.router.send(
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
    }
}
