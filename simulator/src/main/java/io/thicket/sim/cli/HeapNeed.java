package io.thicket.sim.cli;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import java.util.Locale;

/** What to do about a network that does not fit into Java's heap. */
final class HeapNeed {
    /** Whole nodes with ten neighbours each, rounded up (docs/bench/simulator.md). */
    private static final int KIB_PER_NODE = 100;

    private static final int BASE_MIB = 256;

    private HeapNeed() {}

    /** The heap gave out at some time of the run. */
    static Failure failure(int nodes) {
        return new Failure(
                ExitCode.UNAVAILABLE, message(nodes, Runtime.getRuntime().maxMemory()));
    }

    static String message(int nodes, long heapBytes) {
        long needMib = BASE_MIB + (long) nodes * KIB_PER_NODE / 1_024;
        long haveMib = heapBytes >> 20;
        long adviseMib = Math.max(needMib, haveMib + haveMib / 2);
        return String.format(
                Locale.ROOT,
                "%d nodes do not fit into Java's heap of %d MiB; whole nodes take some %d KiB each%n"
                        + "give it more, if the machine has it: THICKET_JAVA_OPTS=-Xmx%dm thicket sim ...,"
                        + " or run fewer: --nodes",
                nodes,
                haveMib,
                KIB_PER_NODE,
                adviseMib);
    }
}
