package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.sim.recording.DamagedRun;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SimViewDamageTest {
    @TempDir
    private Path directory;

    @Test
    @Timeout(60)
    void a_recording_whose_header_is_no_json_is_not_served() throws IOException {
        Path path = directory.resolve("a.run");
        DamagedRun.withHeader(path, "hello");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = SimLine.run(out, err, "sim", "view", path.toString(), "--no-browser");

        assertEquals(2, code);
        assertEquals("", out.toString());
        assertEquals(
                path + ": the header of the recording is no JSON object: sim run --trace did not write it",
                err.toString().strip());
    }

    @Test
    @Timeout(60)
    void damage_is_told_when_a_recording_is_opened() throws IOException, InterruptedException {
        Path path = directory.resolve("a.run");
        DamagedRun.whole(path);
        DamagedRun.damage(path, 2, 4);
        AwaitedOutput out = new AwaitedOutput();
        StringWriter err = new StringWriter();
        List<Integer> codes = new CopyOnWriteArrayList<>();
        Thread viewer = new Thread(
                () -> codes.add(SimLine.run(out, err, "sim", "view", path.toString(), "--no-browser")), "viewer");
        viewer.start();
        out.await("Ctrl-C");
        viewer.interrupt();
        viewer.join(20_000);

        assertEquals(List.of(0), codes, err::toString);
        assertEquals(
                "this recording is damaged from 2 s to 3 s (and in 1 more of its blocks): what happened then is not known",
                err.toString().strip());
    }
}
