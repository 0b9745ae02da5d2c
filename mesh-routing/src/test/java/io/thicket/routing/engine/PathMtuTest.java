package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.HopResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others say about the room on a path cuts messages smaller, and is never a reason to lose one. */
class PathMtuTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);
    private static final NodeId OTHER_GATEWAY = new NodeId(0x5678);
    private static final int READING_BYTES = 300;

    @Test
    void an_entry_below_the_smallest_mtu_says_nothing() {
        Bench bench = new Bench();
        new Peer(bench, 1).join().hello(entry(GATEWAY, 10, 100, 1_200));
        int before = bench.router.maxPayloadBytes(Destination.GATEWAY);

        new Peer(bench, 2).join().hello(entry(GATEWAY, 11, 50, 1));

        assertEquals(before, bench.router.maxPayloadBytes(Destination.GATEWAY));
    }

    @Test
    void only_the_gateway_in_use_counts_and_only_as_its_next_hop_says() {
        Bench bench = new Bench();
        new Peer(bench, 1).join().hello(entry(GATEWAY, 10, 100, 1_200));
        bench.runTo(2_000);
        int before = bench.router.maxPayloadBytes(Destination.GATEWAY);

        new Peer(bench, 2).join().hello(entry(OTHER_GATEWAY, 10, 9_000, 200), entry(GATEWAY, 11, 9_000, 200));
        bench.runTo(4_000);

        assertEquals(before, bench.router.maxPayloadBytes(Destination.GATEWAY));
    }

    @Test
    void a_small_path_cuts_readings_but_one_that_is_larger_is_tried() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(entry(GATEWAY, 10, 100, 200));
        bench.runTo(2_000);
        next.acceptAll();

        long number = send(bench);

        int room = bench.router.maxPayloadBytes(Destination.GATEWAY);
        assertTrue(room > 0 && room < 200, room + " bytes");
        assertTrue(number > 0, "refused: " + number);
        assertEquals(1, next.acceptAll().size());
    }

    @Test
    void a_path_without_room_for_any_payload_is_taken_for_unknown() {
        Bench bench = new Bench();
        new Peer(bench, 1).join().hello(entry(GATEWAY, 10, 100, 128));
        bench.runTo(2_000);

        assertTrue(bench.router.maxPayloadBytes(Destination.GATEWAY) > 0);
    }

    /** It looks like the way to the gateway, and calls every reading too large. */
    @Test
    void a_next_hop_that_calls_everything_too_large_loses_the_traffic_after_eight_messages() {
        Bench bench = new Bench();
        Peer liar = new Peer(bench, 1).join();
        liar.hello(entry(GATEWAY, 10, 100, 1_200));
        Peer honest = new Peer(bench, 2).join();
        honest.hello(entry(GATEWAY, 10, 110, 1_200));

        int refused = 0;
        while (refused < 40 && sendOver(bench, liar, new HopResult(HopCode.TOO_LARGE, null, 0, 200), honest)) {
            refused++;
        }

        assertEquals(E2eScores.MIN_MESSAGES, refused);
        List<Alarm> alarms = new ArrayList<>(bench.alarms);
        alarms.removeIf(alarm -> alarm.kind() != Alarm.Kind.UNVERIFIED_PATH);
        assertEquals(1, alarms.size());
        assertEquals(liar.id, alarms.get(0).node());
        assertTrue(
                alarms.get(0).detail().contains("8 as too large"), alarms.get(0).detail());
    }

    /** "Too large for 1 200 bytes", of a message of 400: whoever says that will not pass it on, so it goes another way. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 1_200})
    void a_refusal_that_contradicts_itself_is_a_missing_route(int mtuBytes) {
        Bench bench = new Bench();
        Peer liar = new Peer(bench, 1).join();
        liar.hello(entry(GATEWAY, 10, 100, 1_200));
        Peer honest = new Peer(bench, 2).join();
        honest.hello(entry(GATEWAY, 10, 110, 1_200));

        assertTrue(sendOver(bench, liar, new HopResult(HopCode.TOO_LARGE, null, 0, mtuBytes), honest));

        assertEquals(List.of(), bench.drops);
        assertEquals(0, bench.router.snapshot(bench.now).queued(), "taken over by the other neighbour");
    }

    /** Sends a reading; true if it went to {@code first}, which answered {@code result}. */
    private static boolean sendOver(Bench bench, Peer first, HopResult result, Peer second) {
        second.acceptAll();
        bench.drops.clear();
        assertTrue(send(bench) > 0);
        boolean toFirst = false;
        for (Bench.Sent frame : List.copyOf(bench.sent)) {
            if (frame.to().equals(first.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                first.reply(frame.exchange(), result);
                toFirst = true;
            }
        }
        if (toFirst && result.mtuBytes() == 200) {
            assertEquals(List.of(DropReason.TOO_LARGE), bench.drops);
        }
        second.acceptAll();
        for (int i = 0; i < 11; i++) {
            bench.runTo(bench.now + 100); // the IDENT, and the sweep in which the table hears of a verdict
            List<Bench.Sent> frames = List.copyOf(bench.sent);
            bench.sent.clear();
            first.accept(frames);
            second.accept(frames);
        }
        return toFirst;
    }

    private static long send(Bench bench) {
        bench.sent.clear();
        return bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                0,
                0,
                ByteBuffer.allocate(READING_BYTES),
                bench);
    }

    private static GatewayEntry entry(NodeId gateway, long count, long metric, int mtuBytes) {
        return new GatewayEntry(gateway, new Seq(1, count), metric, 1, true, false, true, 750, 0, mtuBytes, null);
    }
}
