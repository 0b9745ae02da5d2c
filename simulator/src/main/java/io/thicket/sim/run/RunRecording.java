package io.thicket.sim.run;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.sim.lab.Lab;
import io.thicket.sim.medium.wifi.Positions;
import io.thicket.sim.recording.RunFileWriter;
import io.thicket.sim.recording.RunRecorder;
import io.thicket.sim.scenario.file.BridgePlan;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.RadioPlan;
import io.thicket.sim.scenario.file.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The recording of one run. It only looks, between two slices of a run, so that the run is the same without it. */
public final class RunRecording implements AutoCloseable {
    private static final long STEP_US = 1_000_000;

    /** A run in real time is shown this often: the page draws frames of the last 0.35 s, and none of them is to be missed. */
    private static final long SHOWN_EVERY_US = 200_000;

    private record FaultChange(long atUs, int fault, boolean on) {}

    private final RunFileWriter file;
    private final RunRecorder recorder;
    private final Scenario scenario;
    private long nextStepUs = STEP_US;
    private final boolean inRealTime;
    private long shownUs;

    /** Records {@code run}, which has not begun, into a file. */
    public RunRecording(Scenario scenario, ScenarioRun run, String commit, Path path) throws IOException {
        this.scenario = scenario;
        this.inRealTime = run.bridge().isPresent();
        Lab lab = run.lab();
        List<NodeId> ids = IntStream.range(0, scenario.nodes().count())
                .mapToObj(lab::nodeId)
                .toList();
        file = new RunFileWriter(path, header(scenario, commit, inRealTime));
        recorder = new RunRecorder(file, ids, scenario.durationMs() * 1_000, new RunRecorder.Sight() {
            @Override
            public @Nullable NodeSnapshot node(int number) {
                return lab.nodeSnapshot(number);
            }

            @Override
            public @Nullable RoutingSnapshot router(int number) {
                return lab.routing(number);
            }
        });
        planFaults();
        recorder.begin();
        lab.observe(recorder);
    }

    /** What is written so far. */
    public RunFileWriter source() {
        return file;
    }

    /** Does the recording's part after each slice of the run, then asks the other one. */
    public ScenarioRun.Progress with(ScenarioRun.Progress other) {
        return (simulatedUs, events) -> {
            at(simulatedUs);
            return other.at(simulatedUs, events);
        };
    }

    private void at(long nowUs) {
        if (nowUs >= nextStepUs) {
            nextStepUs += STEP_US;
            Positions positions = scenario.nodes().positions();
            for (int i = 0; i < positions.nodes() && !positions.isStatic(); i++) {
                recorder.moved(nowUs, i, positions.x(i, nowUs), positions.y(i, nowUs));
            }
            recorder.step(nowUs);
        } else if (inRealTime && nowUs - shownUs >= SHOWN_EVERY_US) {
            recorder.reached(nowUs);
            shownUs = nowUs;
        } else {
            recorder.slice(nowUs);
        }
    }

    /** The run is over. */
    public void end(ScenarioRun run) {
        long nowUs = StrictMath.round(run.simulatedSeconds() * 1e6);
        if (!run.violation().isEmpty()) {
            recorder.broken(nowUs, run.violation());
        }
        recorder.step(nowUs);
        file.finish();
    }

    /** Whether the recording ended before the run because it was as large as recordings may get. */
    public boolean isCutShort() {
        return recorder.isFull();
    }

    /** Told once, when it cannot be written on. */
    public void onProblem(Consumer<IOException> listener) {
        file.onProblem(listener);
    }

    /** Why it could not be written on, empty if it could. */
    public Optional<IOException> problem() {
        return file.problem();
    }

    /** An exception says that it could not be written to its end. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    private void planFaults() {
        List<FaultChange> changes = new ArrayList<>();
        long endMs = scenario.durationMs();
        for (int i = 0; i < scenario.faults().size(); i++) {
            FaultPlan fault = scenario.faults().get(i);
            changes.add(new FaultChange(fault.atMs() * 1_000, i, true));
            if (fault.untilMs() <= endMs) {
                changes.add(new FaultChange(fault.untilMs() * 1_000, i, false));
            }
        }
        changes.sort(Comparator.comparingLong(FaultChange::atUs));
        changes.forEach(change -> recorder.plan(change.atUs(), change.fault(), change.on()));
    }

    private static String header(Scenario scenario, String commit, boolean bridged) {
        NodePlan nodes = scenario.nodes();
        JsonWriter json = new JsonWriter().beginObject();
        json.name("format").value("thicket-run").name("version").value(1);
        json.name("name").value(scenario.name());
        json.name("description").value(scenario.description());
        json.name("seed").value("0x" + Long.toHexString(scenario.seed()));
        json.name("commit").value(commit);
        json.name("protocol").value(scenario.routing().protocol().name().toLowerCase(Locale.ROOT));
        json.name("durationUs").value(scenario.durationMs() * 1_000);
        json.name("warmUpUs").value(scenario.warmUpMs() * 1_000);
        json.name("placed").value(scenario.radio().model() != RadioPlan.Model.LINKS || isSpread(nodes));
        json.name("nodes").beginArray();
        for (int i = 0; i < nodes.count(); i++) {
            String role = nodes.gateways().contains(i) ? "gateway" : nodes.isSensor(i) ? "sensor" : "relay";
            json.beginObject().name("name").value(nodes.names().get(i));
            json.name("role").value(role);
            json.name("x").value((double) StrictMath.round(nodes.positions().x(i, 0)));
            json.name("y").value((double) StrictMath.round(nodes.positions().y(i, 0)));
            json.endObject();
        }
        json.endArray();
        json.name("faults").beginArray();
        for (FaultPlan fault : scenario.faults()) {
            json.beginObject();
            json.name("kind").value(fault.kind().name().toLowerCase(Locale.ROOT));
            json.name("fromUs").value(fault.atMs() * 1_000);
            json.name("toUs").value(Math.min(fault.untilMs(), scenario.durationMs()) * 1_000);
            json.name("text").value(FaultText.of(fault, nodes.names()));
            json.name("nodes").beginArray();
            fault.nodes().forEach(json::value);
            json.endArray().endObject();
        }
        json.endArray();
        if (bridged) {
            json.name("outside").beginArray();
            for (BridgePlan.Link link : scenario.world().bridge().links()) {
                json.beginObject().name("n").value(link.node());
                json.name("listen").value(link.listen().toString());
                json.name("peers").beginArray();
                link.peers().forEach(peer -> json.value(peer.toString()));
                json.endArray().endObject();
            }
            json.endArray();
        }
        return json.endObject().toString();
    }

    /** Whether the places tell anything: those of a table of links alone are made up. */
    private static boolean isSpread(NodePlan nodes) {
        return IntStream.range(1, nodes.count())
                .anyMatch(i -> nodes.positions().x(i, 0) != nodes.positions().x(0, 0)
                        || nodes.positions().y(i, 0) != nodes.positions().y(0, 0));
    }
}
