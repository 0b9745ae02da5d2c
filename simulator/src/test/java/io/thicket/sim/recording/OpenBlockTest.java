package io.thicket.sim.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run writes while others read it. */
final class OpenBlockTest {
    @TempDir
    private Path directory;

    private final ExecutorService others = Executors.newCachedThreadPool();
    private final List<String> packed = new ArrayList<>();
    private final CountDownLatch packing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void end() {
        goOn.countDown();
        others.shutdownNow();
    }

    private byte[] pack(byte[] text) {
        packed.add(new String(text, UTF_8));
        packing.countDown();
        try {
            assertTrue(goOn.await(10, TimeUnit.SECONDS), "the run waits for who looks at it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text;
    }

    private RunFileWriter begun() throws IOException {
        RunFileWriter file = new RunFileWriter(directory.resolve("a.run"), "{}", 1 << 20, this::pack);
        file.beginBlock(0);
        file.event("first");
        return file;
    }

    /** Six pages of a run of 5 000 nodes took nineteen twentieths of it. */
    @Test
    void the_run_goes_on_while_its_open_block_is_packed()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (RunFileWriter file = begun()) {
            Future<byte[]> seen = others.submit(() -> file.packedBlock(0));
            assertTrue(packing.await(10, TimeUnit.SECONDS));

            others.submit(() -> file.event("second")).get(5, TimeUnit.SECONDS);
            others.submit(file::blocks).get(5, TimeUnit.SECONDS);
            others.submit(file::endBlock).get(5, TimeUnit.SECONDS);
            byte[] whole = others.submit(() -> file.packedBlock(0)).get(5, TimeUnit.SECONDS);
            goOn.countDown();

            assertEquals("first\n", new String(seen.get(), UTF_8));
            assertEquals("first\nsecond\n", new String(RunFormat.unpack(whole, 100), UTF_8));
        }
    }

    /** Where a block could not be written the next one has its number. */
    @Test
    void a_block_that_was_lost_is_not_taken_for_the_next_one() throws IOException {
        goOn.countDown();
        RunFileWriter file = new RunFileWriter(Path.of("/dev/full"), "{}", 1 << 20, this::pack);
        file.event("lost");
        assertEquals("lost\n", new String(file.packedBlock(0), UTF_8));
        file.endBlock();
        file.event("next");

        assertEquals("next\n", new String(file.packedBlock(0), UTF_8));
        assertTrue(file.problem().isPresent());
    }

    @Test
    void all_who_look_at_one_moment_share_its_packing() throws IOException {
        goOn.countDown();
        try (RunFileWriter file = begun()) {
            byte[] once = file.packedBlock(0);
            assertArrayEquals(once, file.packedBlock(0));
            assertEquals(List.of("first\n"), packed);

            file.event("second");
            file.packedBlock(0);
            assertEquals(List.of("first\n", "first\nsecond\n"), packed);

            file.endBlock();
            file.beginBlock(1);
            file.event("third");
            file.event("fourth");
            assertEquals("third\nfourth\n", new String(file.packedBlock(1), UTF_8));
        }
    }
}
