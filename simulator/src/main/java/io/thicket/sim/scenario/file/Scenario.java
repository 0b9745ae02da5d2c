package io.thicket.sim.scenario.file;

import io.thicket.agent.config.ConfigProblem;
import java.nio.file.Path;
import java.util.List;

/**
 * A scenario with every default filled in and every draw made. Times are ms of the run.
 *
 * @param name 1 to 32 of {@code [a-z0-9_-]}
 * @param description for people, may be empty
 * @param seed everything random follows from it
 * @param durationMs when the run ends
 * @param warmUpMs nothing before is counted
 * @param powerUpMs all nodes start within this time
 * @param invariants whether the engine's invariants are judged after every call of a router
 * @param world what nodes live on and measure
 * @param traffic planned packets, ascending by time
 * @param faults ascending by time
 * @param warnings what deserves a look but works
 * @param files other files that it names
 * @param inputsHash of what is in {@link #inputs}, empty if there are none: see {@link InputHashes}
 * @param hash of its text, with what {@code --set} put into it, and without {@code [sweep]}: see {@link ScenarioHash}
 */
public record Scenario(
        String name,
        String description,
        long seed,
        long durationMs,
        long warmUpMs,
        long powerUpMs,
        boolean invariants,
        NodePlan nodes,
        RadioPlan radio,
        RoutingPlan routing,
        WorldPlan world,
        List<TrafficPlan> traffic,
        List<FaultPlan> faults,
        List<CheckPlan> checks,
        List<ConfigProblem> warnings,
        List<Path> files,
        String inputsHash,
        String hash) {
    /** Largest scenario file in bytes. */
    public static final int MAX_BYTES = 4 << 20;

    /** Most nodes. */
    public static final int MAX_NODES = 100_000;

    /** Networks up to this size have their invariants judged unless they say otherwise; it costs more the more routes there are. */
    public static final int JUDGED_NODES = 200;

    /** Most packets that a run plans: 20 bytes each. */
    public static final int MAX_PACKETS = 500_000;

    /** Longest run. */
    public static final long MAX_DURATION_MS = 7L * 24 * 3_600_000;

    /** Nothing is sent in the last part of a run unless a scenario says so, so that what is under way can arrive. */
    public static final long DRAIN_MS = 30_000;

    public Scenario {
        traffic = List.copyOf(traffic);
        faults = List.copyOf(faults);
        checks = List.copyOf(checks);
        warnings = List.copyOf(warnings);
        files = List.copyOf(files);
    }

    /** Those of {@link #files} that say what is run, each once: a bridge's key opens its doors only. */
    public List<Path> inputs() {
        return inputs(files, world);
    }

    static List<Path> inputs(List<Path> files, WorldPlan world) {
        return files.stream()
                .filter(file -> world.bridge().keyFile().stream().noneMatch(file::equals))
                .distinct()
                .toList();
    }
}
