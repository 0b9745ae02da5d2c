package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 2.7 and 4.2: too much traffic slows its origins down, not the others, and makes no control traffic (sequence 29). */
@Tag("any-jdk") // it only computes
class CongestionTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);

    @Test
    void an_origin_that_fills_the_queue_is_refused_and_the_others_are_not() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(GATEWAY, 10, 100));
        Peer previous = new Peer(bench, 2).join();
        bench.runTo(100);

        List<HopCode> greedy = new ArrayList<>();
        for (int i = 1; i <= 32; i++) {
            greedy.add(previous.data(i, message(new NodeId(7), i)).code());
        }
        List<HopCode> others = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            others.add(previous.data(100 + i, message(new NodeId(70 + i), i)).code());
        }

        assertEquals(16, greedy.stream().filter(code -> code == HopCode.CUSTODY).count());
        assertEquals(HopCode.FULL, greedy.get(31));
        assertEquals(List.of(HopCode.CUSTODY, HopCode.CUSTODY, HopCode.CUSTODY, HopCode.CUSTODY), others);
    }

    @Test
    void origins_take_turns_on_the_way_out() {
        FairLane lane = new FairLane();
        for (int i = 1; i <= 3; i++) {
            lane.addLast(held(7, i));
        }
        lane.addLast(held(8, 1));
        lane.addLast(held(9, 1));

        List<Long> origins = new ArrayList<>();
        for (Held next = lane.pollFirst(); next != null; next = lane.pollFirst()) {
            origins.add(next.origin().value());
        }

        assertEquals(List.of(7L, 8L, 9L, 7L, 7L), origins);
    }

    @Test
    void what_is_put_back_is_first_again_and_what_is_over_leaves() {
        FairLane lane = new FairLane();
        lane.addLast(held(7, 1));
        lane.addLast(held(8, 1));
        lane.addLast(held(7, 2));
        Held first = lane.pollFirst();
        lane.addFirst(first);

        assertEquals(first, lane.peekFirst());
        List<Held> over = new ArrayList<>();
        lane.removeExpired(1_000, over);
        assertEquals(3, over.size());
        assertTrue(lane.isEmpty());
    }

    @Test
    void a_full_neighbour_slows_the_origin_down_until_its_user_is_refused() {
        Bench bench = new Bench();
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(GATEWAY, 10, 100));
        bench.sent.clear();
        long result = 1;
        int sent = 0;
        while (result > 0 && sent < 100) {
            result = send(bench);
            sent++;
            for (Bench.Sent frame : List.copyOf(bench.sent)) {
                if (frame.to().equals(next.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                    next.reply(frame.exchange(), new HopResult(HopCode.FULL, null, 2_000, 0));
                }
            }
            bench.sent.clear();
        }

        assertEquals(MeshRouter.Refusal.FULL, result);
        assertEquals(17, sent);
        bench.runTo(1_900);
        assertEquals(
                0,
                bench.sent.stream()
                        .filter(frame -> frame.to().equals(next.address))
                        .count(),
                "it pauses");
    }

    /** Sequence 29: broadcasts are lost; control traffic at a reading per second and node against that at one in ten seconds. */
    @Test
    void ten_times_the_load_makes_less_control_traffic_though_broadcasts_are_lost() {
        double light = mean(each(seed -> measure(seed, 10_000, 12)), Load::controlPerNodeAndMinute);
        double loaded = mean(each(seed -> measure(seed, 1_000, 12)), Load::controlPerNodeAndMinute);

        System.out.println("light " + light + "\nloaded " + loaded);
        assertTrue(loaded < light, loaded + " against " + light);
    }

    /** 2.6: a tenth of the airtime while converging. Control frames are the shorter ones. */
    @Test
    void while_the_medium_collapses_control_stays_below_a_tenth_of_all_frames() {
        Load collapsing = measure(61, 1_000, 2, 0, 3 * MINUTE_MS, true);

        System.out.println("collapsing " + collapsing);
        assertTrue(collapsing.repeatedShare > 0.25, collapsing + ": that is no congestion");
        assertTrue(collapsing.controlShare <= 0.1, collapsing.toString());
    }

    /**
     * Sequence 29 where more than a third of all frames are repetitions, after the first minute: what is lost then looks like neighbours that died. Single
     * networks differ by a half, and one minute by more; where nothing takes note of congestion, it is twice the light load's.
     */
    @Test
    void in_a_collapsed_medium_there_is_hardly_more_control_traffic_than_at_light_load() {
        double light =
                mean(each(seed -> measure(seed, 10_000, 12, MINUTE_MS, COLLAPSED_MS)), Load::controlPerNodeAndMinute);
        List<Load> collapsing = each(seed -> measure(seed, 1_000, 2, MINUTE_MS, COLLAPSED_MS));
        double collapsed = mean(collapsing, Load::controlPerNodeAndMinute);
        double repeated = mean(collapsing, Load::repeatedShare);

        System.out.println("light " + light + "\ncollapsed " + collapsed + ", repeated " + repeated);
        assertTrue(repeated > 0.25, repeated + ": that is no congestion");
        assertTrue(collapsed < 1.5 * light, collapsed + " against " + light);
    }

    private static final long MINUTE_MS = 60_000;

    private static final long COLLAPSED_MS = 7 * MINUTE_MS;

    /** One run says little: whether a HELLO falls into the three minutes that count is chance. */
    private static final int SEEDS = 4;

    record Load(double controlPerNodeAndMinute, double controlShare, double repeatedShare, int delivered) {}

    /** One network for each seed, on as many cores as there are. */
    private static List<Load> each(LongFunction<Load> run) {
        return LongStream.range(61, 61 + SEEDS).parallel().mapToObj(run).toList();
    }

    private static double mean(List<Load> loads, ToDoubleFunction<Load> figure) {
        return loads.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static Load measure(long seed, int periodMs, int capacityPer100Ms) {
        return measure(seed, periodMs, capacityPer100Ms, 0, 3 * MINUTE_MS);
    }

    /** Of {@code countMs} that are {@code beforeMs} after the load began. */
    private static Load measure(long seed, int periodMs, int capacityPer100Ms, long beforeMs, long countMs) {
        return measure(seed, periodMs, capacityPer100Ms, beforeMs, countMs, false);
    }

    /** {@code judged}: all invariants after each call, which takes longer than all else. */
    private static Load measure(
            long seed, int periodMs, int capacityPer100Ms, long beforeMs, long countMs, boolean judged) {
        Mesh mesh = FrameBudgetTest.grid(new Mesh(seed).glass(), 6);
        mesh.checking = judged;
        mesh.broadcastLoss = 0.4;
        mesh.start(0);
        mesh.runFor(300_000);
        mesh.capacityPer100Ms = capacityPer100Ms;
        for (int i = 1; i < mesh.nodes.size(); i++) {
            offerEach(mesh, mesh.node(i), periodMs, mesh.now + mesh.random.nextInt(periodMs));
        }
        mesh.runFor(beforeMs);
        long control = total(mesh, RoutingCounter.CONTROL_FRAMES_SENT);
        long frames = total(mesh, RoutingCounter.FRAMES_SENT);
        long repeated = total(mesh, RoutingCounter.FRAMES_REPEATED);
        mesh.runFor(countMs);
        control = total(mesh, RoutingCounter.CONTROL_FRAMES_SENT) - control;
        frames = total(mesh, RoutingCounter.FRAMES_SENT) - frames;
        repeated = total(mesh, RoutingCounter.FRAMES_REPEATED) - repeated;
        return new Load(
                (double) control * MINUTE_MS / countMs / mesh.nodes.size(),
                (double) control / frames,
                (double) repeated / frames,
                mesh.node(0).deliveries.size());
    }

    private static void offerEach(Mesh mesh, Mesh.Node node, int periodMs, long atMs) {
        mesh.at(atMs, () -> {
            node.offer("reading");
            offerEach(mesh, node, periodMs, atMs + periodMs);
        });
    }

    private static long total(Mesh mesh, RoutingCounter counter) {
        return mesh.nodes.stream()
                .mapToLong(node -> node.router.snapshot(mesh.now).counters().get(counter))
                .sum();
    }

    private static Data message(NodeId origin, long number) {
        return Peer.message(origin, number, 0, GATEWAY, new Distance(new Seq(1, 10), 10_000));
    }

    private static Held held(long origin, long number) {
        return Held.of(message(new NodeId(origin), number), GATEWAY, null, 0, 500);
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
                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                bench);
    }
}
