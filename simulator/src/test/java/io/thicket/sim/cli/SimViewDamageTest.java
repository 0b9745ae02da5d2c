package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.sim.recording.DamagedRun;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

        assertEquals(
                "this recording is damaged from 2 s to 3 s (and in 1 more of its blocks): what happened then is not known",
                saidOf(path));
    }

    @Test
    @Timeout(60)
    void a_damaged_index_is_told_from_a_missing_end() throws IOException, InterruptedException {
        Path path = directory.resolve("a.run");
        DamagedRun.whole(path);
        Path cut = directory.resolve("cut.run");
        byte[] whole = Files.readAllBytes(path);
        Files.write(cut, Arrays.copyOf(whole, whole.length - 20));
        DamagedRun.damageIndex(path);

        assertEquals(
                "the index of this recording is damaged; shown is what was found without it: 6 blocks", saidOf(path));
        assertEquals("the end of this recording is missing; shown is what is whole: 6 blocks", saidOf(cut));
    }

    /** What is on standard error when a recording is looked at. */
    private static String saidOf(Path path) throws InterruptedException {
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
        return err.toString().strip();
    }
}
