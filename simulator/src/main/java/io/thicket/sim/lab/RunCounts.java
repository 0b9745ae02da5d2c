package io.thicket.sim.lab;

import io.thicket.routing.DropReason;
import io.thicket.sim.medium.wifi.WifiCounters;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What is counted in a run from the end of its warm-up on. Alarms count from the start: a good run has none at any time. */
final class RunCounts {
    private final WifiCounters air;
    private final FrameTally tally = new FrameTally();
    private final long[] controlOf;
    private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    private WifiCounters airBefore;
    private long alarms;
    private long routeChanges;
    private long fromUs;
    private boolean counting;

    /** {@code air} are the medium's own counters, which go on. */
    RunCounts(int nodes, WifiCounters air) {
        this.air = air;
        this.airBefore = air.copy();
        this.controlOf = new long[nodes];
    }

    /** The warm-up is over: what was seen before is not counted. */
    void start(long nowUs) {
        counting = true;
        tally.clear();
        Arrays.fill(controlOf, 0);
        drops.clear();
        routeChanges = 0;
        airBefore = air.copy();
        fromUs = nowUs;
    }

    /** A frame was handed to the MAC. */
    void sent(int from, FrameClass its, int bytes) {
        tally.add(its, bytes);
        controlOf[from] += its.isControl() ? 1 : 0;
    }

    void dropped(DropReason reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    void routeChanged() {
        routeChanges++;
    }

    void alarmed() {
        alarms++;
    }

    /** Whether the warm-up is over. */
    boolean isCounting() {
        return counting;
    }

    /** How long was counted by now. */
    double seconds(long nowUs) {
        return (nowUs - fromUs) / 1e6;
    }

    /** Frames that were handed to the MAC. */
    FrameTally tally() {
        return tally;
    }

    /** Control frames of the node that sent most and is no insider. */
    long mostControl(Insiders insiders) {
        long most = 0;
        for (int i = 0; i < controlOf.length; i++) {
            most = insiders.isInsider(i) ? most : Math.max(most, controlOf[i]);
        }
        return most;
    }

    Map<DropReason, Long> drops() {
        return drops;
    }

    /** Of all next hops. */
    long routeChanges() {
        return routeChanges;
    }

    long alarms() {
        return alarms;
    }

    /** What happened on the air before anything was counted. */
    WifiCounters airBefore() {
        return airBefore;
    }

    /** What happened on the air since the start of the run. */
    WifiCounters air() {
        return air;
    }
}
