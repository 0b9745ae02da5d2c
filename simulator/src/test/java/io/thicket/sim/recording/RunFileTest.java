package io.thicket.sim.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFileTest {
    private static final int BLOCKS = 5;

    @TempDir
    private Path directory;

    private Path whole;

    @BeforeEach
    void write() throws IOException {
        whole = directory.resolve("whole.run");
        try (RunFileWriter file = new RunFileWriter(whole, "{\"name\":\"x\"}")) {
            write(file);
        }
    }

    private static void write(RunFileWriter file) {
        for (int i = 0; i < BLOCKS; i++) {
            file.beginBlock(i * 1_000);
            file.event("{\"t\":" + i * 1_000 + "}");
            file.event("{\"t\":" + (i * 1_000 + 500) + "}");
            file.reached((i + 1) * 1_000, "{\"rows\":[" + i + "]}");
            file.endBlock();
        }
    }

    @Test
    void what_was_written_is_read() throws IOException {
        try (RunFileReader reader = RunFileReader.open(whole)) {
            assertEquals("{\"name\":\"x\"}", reader.header());
            assertEquals(RunSource.State.DONE, reader.state());
            assertEquals(BLOCKS, reader.blocks().size());
            assertEquals("{\"t\":3000}\n{\"t\":3500}\n", reader.block(3));
            assertEquals(3_000, reader.blocks().get(3).fromUs());
            assertEquals("{\"rows\":[3]}", reader.blocks().get(3).summary());
        }
    }

    /** At every length a file has the blocks that are whole, or a sentence that says what is missing. */
    @Test
    void a_file_that_is_cut_off_has_what_is_whole() throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut.run");
        int most = 0;
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            try (RunFileReader reader = RunFileReader.open(cut)) {
                assertEquals(RunSource.State.CUT, reader.state());
                int blocks = reader.blocks().size();
                assertTrue(blocks >= most, "fewer blocks of a longer file");
                most = blocks;
                reader.block(blocks - 1);
            } catch (RunFileException e) {
                assertEquals(0, most, "an error in a file that had blocks: " + e.getMessage());
                assertTrue(e.getMessage().startsWith("the recording ends"), e::getMessage);
            }
        }
        assertEquals(BLOCKS, most);
    }

    @Test
    void a_file_that_grows_can_be_read() throws IOException {
        try (RunFileWriter file = new RunFileWriter(directory.resolve("growing.run"), "{}")) {
            write(file);
            file.beginBlock(5_000);
            file.event("{\"t\":5000}");

            assertEquals(RunSource.State.LIVE, file.state());
            assertEquals(BLOCKS + 1, file.blocks().size());
            assertEquals("{\"t\":5000}\n", new String(RunFormat.unpack(file.packedBlock(BLOCKS), 100), "UTF-8"));
            assertEquals("{\"t\":0}\n{\"t\":500}\n", new String(RunFormat.unpack(file.packedBlock(0), 100), "UTF-8"));
        }
    }

    @Test
    void a_changed_byte_is_noticed() throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        long offset;
        try (RunFileReader reader = RunFileReader.open(whole)) {
            offset = reader.blocks().get(2).offset();
        }
        bytes[(int) offset + 20] ^= 1;
        Path damaged = directory.resolve("damaged.run");
        Files.write(damaged, bytes);

        try (RunFileReader reader = RunFileReader.open(damaged)) {
            RunFileException e = assertThrows(RunFileException.class, () -> reader.block(2));
            assertTrue(e.getMessage().contains("damaged"), e::getMessage);
            assertEquals(
                    List.of(false, false, true, false, false),
                    IntStream.range(0, BLOCKS).mapToObj(reader::isDamaged).toList());
            assertEquals("{\"t\":3000}\n{\"t\":3500}\n", reader.block(3));
        }
    }

    @Test
    void other_files_and_other_versions_are_refused_with_the_reason() throws IOException {
        Path other = directory.resolve("other.toml");
        Files.writeString(other, "[scenario]\nname = \"no recording\"\n");
        byte[] bytes = Files.readAllBytes(whole);
        bytes[RunFormat.PREFIX_BYTES - 1] = 9;
        Path newer = directory.resolve("newer.run");
        Files.write(newer, bytes);

        assertEquals(
                "this is not a recording of a run",
                assertThrows(RunFileException.class, () -> RunFileReader.open(other))
                        .getMessage());
        assertEquals(
                "the recording has version 9, and this program reads version 1",
                assertThrows(RunFileException.class, () -> RunFileReader.open(newer))
                        .getMessage());
        assertTrue(RunFileReader.isRecording(newer));
        assertTrue(!RunFileReader.isRecording(other));
    }

    @Test
    void a_recording_has_a_largest_size() throws IOException {
        try (RunFileWriter file = new RunFileWriter(directory.resolve("full.run"), "{}", 200, RunFormat::pack)) {
            assertTrue(!file.isFull());
            write(file);
            assertTrue(file.isFull());
        }
    }
}
