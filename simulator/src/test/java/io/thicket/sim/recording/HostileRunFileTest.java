package io.thicket.sim.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings whose checksums are right and whose content lies. */
final class HostileRunFileTest {
    @TempDir
    private Path directory;

    private static RunFileBytes begun() {
        return new RunFileBytes().record(RunFormat.HEAD, RunFileBytes.packed("{}"));
    }

    private RunFileReader open(RunFileBytes bytes) throws IOException {
        Path path = directory.resolve("hostile.run");
        Files.write(path, bytes.toBytes());
        return RunFileReader.open(path);
    }

    private String refusal(RunFileBytes bytes) {
        return String.valueOf(
                assertThrows(RunFileException.class, () -> open(bytes)).getMessage());
    }

    private static byte[] empty() {
        return RunFileBytes.packed("{}");
    }

    /** What is whole before is shown. */
    @Test
    void a_block_that_lies_about_its_summary_ends_the_recording() throws IOException {
        for (int length : List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20, 3)) {
            byte[] lying = RunFileBytes.block(1_000_000, 2_000_000, 1, length, empty(), empty());
            RunFileBytes bytes = begun().record(RunFormat.BLOCK, RunFileBytes.second(0, empty()))
                    .record(RunFormat.BLOCK, lying);

            try (RunFileReader reader = open(bytes)) {
                assertEquals(1, reader.blocks().size(), "length " + length);
                assertEquals(RunSource.State.CUT, reader.state());
                assertEquals("{\"t\":0}\n", reader.block(0));
            }
        }
    }

    @Test
    void blocks_that_go_back_in_time_end_the_recording() throws IOException {
        for (long[] times : new long[][] {{0, 500_000}, {-5, 2_000_000}, {3_000_000, 2_000_000}}) {
            byte[] lying = RunFileBytes.block(times[0], times[1], 1, empty().length, empty(), empty());
            RunFileBytes bytes = begun().record(RunFormat.BLOCK, RunFileBytes.second(0, empty()))
                    .record(RunFormat.BLOCK, lying);

            try (RunFileReader reader = open(bytes)) {
                assertEquals(1, reader.blocks().size());
            }
        }
    }

    private RunFileReader withIndex(ByteBuffer index) throws IOException {
        RunFileBytes bytes = begun().record(RunFormat.BLOCK, RunFileBytes.second(0, empty()));
        long at = bytes.length();
        return open(bytes.record(RunFormat.INDEX, RunFormat.pack(index.array())).trailer(at));
    }

    /** An index that cannot be used is as good as none: the blocks are found by walking. */
    @Test
    void an_index_that_lies_is_not_used() throws IOException {
        ByteBuffer entry = ByteBuffer.allocate(36).putInt(1);
        List<ByteBuffer> lying = List.of(
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(4).putInt(-1),
                ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE),
                entry.duplicate().putLong(-1).putLong(0).putLong(1).putInt(1).putInt(0),
                ByteBuffer.allocate(36)
                        .putInt(1)
                        .putLong(30)
                        .putLong(5)
                        .putLong(1)
                        .putInt(1)
                        .putInt(0),
                ByteBuffer.allocate(36)
                        .putInt(1)
                        .putLong(30)
                        .putLong(0)
                        .putLong(1)
                        .putInt(-1)
                        .putInt(0),
                ByteBuffer.allocate(36)
                        .putInt(1)
                        .putLong(30)
                        .putLong(0)
                        .putLong(1)
                        .putInt(1)
                        .putInt(-1),
                ByteBuffer.allocate(40)
                        .putInt(1)
                        .putLong(30)
                        .putLong(0)
                        .putLong(1)
                        .putInt(1)
                        .putInt(0));
        for (ByteBuffer index : lying) {
            try (RunFileReader reader = withIndex(index)) {
                assertEquals(RunSource.State.DAMAGED, reader.state());
                assertEquals(1, reader.blocks().size());
                assertEquals("{\"t\":0}\n", reader.block(0));
            }
        }
    }

    @Test
    void an_index_that_is_not_where_the_end_says_is_not_used() throws IOException {
        for (long at : new long[] {-1, 0, 12, Long.MAX_VALUE, Long.MAX_VALUE - 4, Long.MIN_VALUE, 1_000_000}) {
            RunFileBytes bytes = begun().record(RunFormat.BLOCK, RunFileBytes.second(0, empty()))
                    .trailer(at);
            try (RunFileReader reader = open(bytes)) {
                assertEquals(RunSource.State.DAMAGED, reader.state());
                assertEquals(1, reader.blocks().size());
            }
        }
    }

    /** The page would be served, and show nothing. */
    @Test
    void a_header_that_is_no_json_object_is_refused() {
        for (String header : List.of("", "hello", "[]", "\"x\"", "{\"name\":\"x\"", "{} {}")) {
            RunFileBytes bytes = new RunFileBytes()
                    .record(RunFormat.HEAD, RunFileBytes.packed(header))
                    .record(RunFormat.BLOCK, RunFileBytes.second(0, empty()));

            assertEquals(
                    "the header of the recording is no JSON object: sim run --trace did not write it",
                    refusal(bytes),
                    header);
        }
    }

    /** A few kilobytes must not become all of the memory. */
    @Test
    void what_unpacks_to_too_much_is_refused() throws IOException {
        byte[] bomb = RunFormat.pack(new byte[RunFormat.MAX_HEADER_BYTES + 1]);
        assertEquals(
                "the recording holds something that unpacks to more than " + RunFormat.MAX_HEADER_BYTES + " bytes",
                refusal(new RunFileBytes().record(RunFormat.HEAD, bomb)));

        RunFileBytes bytes = begun().record(RunFormat.BLOCK, RunFileBytes.second(0, empty()));
        byte[] summary = RunFormat.pack(new byte[RunFormat.MAX_SUMMARY_BYTES + 1]);
        try (RunFileReader reader = open(bytes.record(RunFormat.BLOCK, RunFileBytes.second(1, summary)))) {
            assertEquals(1, reader.blocks().size());
        }
    }

    /** Each of them small enough, and together too much. */
    @Test
    void the_summaries_of_all_blocks_are_bounded() throws IOException {
        byte[] summary = RunFormat.pack(new byte[1 << 20]);
        RunFileBytes bytes = begun();
        for (int i = 0; i < 20; i++) {
            bytes.record(RunFormat.BLOCK, RunFileBytes.second(i, summary));
        }
        Path path = directory.resolve("many.run");
        Files.write(path, bytes.toBytes());

        try (RunFileReader reader = RunFileReader.open(path, 10 << 20)) {
            assertEquals(10, reader.blocks().size());
            assertEquals(RunSource.State.CUT, reader.state());
        }
    }

    @Test
    void a_recording_without_blocks_says_so() {
        assertEquals("the recording ends before its first block: nothing can be shown of it", refusal(begun()));
    }
}
