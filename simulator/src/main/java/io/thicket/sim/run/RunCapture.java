package io.thicket.sim.run;

import io.thicket.sim.pcap.PcapRecorder;
import io.thicket.sim.pcap.PcapngWriter;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.WholeNodes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Writes a run as a capture for Wireshark, while it runs. */
public final class RunCapture implements Closeable {
    private final PcapngWriter file;

    /** Captures {@code run}, which has not begun, into a file. */
    public RunCapture(Scenario scenario, ScenarioRun run, String commit, Path path) throws IOException {
        file = new PcapngWriter(
                path,
                "Scenario " + scenario.name() + ", seed 0x" + Long.toHexString(scenario.seed()) + ", commit " + commit
                        + ". Simulated: port 5690 of the mesh is written as 5683, so that CoAP is recognised.");
        run.lab()
                .observe(new PcapRecorder(
                        file,
                        IntStream.range(0, scenario.nodes().count())
                                .mapToObj(run.lab()::nodeId)
                                .toList(),
                        scenario.nodes().names()));
    }

    /** Whether its nodes send CoAP at all: routers alone and reference protocols do not. */
    public static boolean isPossible(Scenario scenario) {
        return WholeNodes.areRunBy(scenario.routing());
    }

    /** Told once, when it cannot be written on. */
    public void onProblem(Consumer<IOException> listener) {
        file.onProblem(listener);
    }

    /** Whether the capture ended before the run because it was as large as captures may get. */
    public boolean isCutShort() {
        return file.isFull();
    }

    /** An exception says that it could not be written to its end. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
