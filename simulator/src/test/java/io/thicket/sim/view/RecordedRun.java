package io.thicket.sim.view;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.run.RunRecording;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Path;

/** A short run with something to see in it: nine nodes, one that loses power, a partition in which messages are dropped. */
final class RecordedRun {
    static final String SCENARIO = """
            [scenario]
            name = "seen"
            description = "Nine nodes <b>in a square</b>."
            duration = "4min"
            warm_up = "0s"
            [nodes]
            layout = "grid"
            count = 9
            [[traffic]]
            interval = "10s"
            [[fault]]
            kind = "partition"
            nodes = [8]
            at = "60s"
            for = "120s"
            [[fault]]
            kind = "crash"
            nodes = [4]
            at = "100s"
            for = "30s"
            """;

    /** Node 2 sends packets to node 1 all the time, and is alone from 20 s on. */
    static final String BETWEEN_NODES = """
            [scenario]
            name = "between"
            duration = "90s"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 3
            [[traffic]]
            from = [2]
            to = 1
            interval = "7s"
            [[fault]]
            kind = "partition"
            nodes = [2]
            at = "20s"
            """;

    private RecordedRun() {}

    /** A minute of two nodes with so many faults, which begin one second after another from 10 s on and end together. */
    static String manyFaults(int count) {
        StringBuilder text = new StringBuilder(
                "[scenario]\nname = \"many\"\nduration = \"1min\"\nwarm_up = \"0s\"\n[nodes]\nlayout = \"line\"\ncount = 2\n");
        for (int second = 10; second < 10 + count; second++) {
            text.append("[[fault]]\nkind = \"loss\"\nloss = 0.1\nat = \"" + second + "s\"\nfor = \"" + (50 - second)
                    + "s\"\n");
        }
        return text.toString();
    }

    /** Ten minutes of two nodes, in each second of which something is counted. */
    static final String OF_MANY_ROWS = """
            [scenario]
            name = "rows"
            duration = "10min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 2
            [[traffic]]
            interval = "500ms"
            """;

    static void into(Path path) throws IOException {
        into(path, SCENARIO);
    }

    static void into(Path path, String text) throws IOException {
        into(path, text, Long.MAX_VALUE);
    }

    /** Somebody ends the run at that time. */
    static void into(Path path, String text, long untilUs) throws IOException {
        Scenario scenario;
        try {
            scenario = ScenarioReader.parse(text, "seen.toml", Path.of("."), Overrides.NONE);
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
        ScenarioRun run = new ScenarioRun(scenario);
        try (RunRecording recording = new RunRecording(scenario, run, "test", path)) {
            run.run(recording.with((simulatedUs, events) -> simulatedUs < untilUs));
            recording.end(run);
        }
    }
}
