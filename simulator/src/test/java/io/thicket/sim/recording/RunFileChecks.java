package io.thicket.sim.recording;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What must hold for any file that is called a recording. */
final class RunFileChecks {
    private RunFileChecks() {}

    /** It is read, or refused with a sentence, and never anything else; times do not go back. */
    static void readsOrRefuses(Path path, byte[] content) throws IOException {
        Files.write(path, content);
        RunFileReader.isRecording(path);
        try (RunFileReader reader = RunFileReader.open(path)) {
            long atUs = 0;
            for (int i = 0; i < reader.blocks().size(); i++) {
                BlockInfo block = reader.blocks().get(i);
                assertTrue(atUs <= block.fromUs() && block.fromUs() <= block.toUs(), block::toString);
                atUs = block.toUs();
                readsOrRefuses(reader, i);
            }
        } catch (RunFileException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("recording"), e::getMessage);
        }
    }

    private static void readsOrRefuses(RunFileReader reader, int block) throws IOException {
        try {
            reader.block(block);
        } catch (RunFileException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("recording"), e::getMessage);
        }
    }

    /**
     * The same for records with right checksums, which hardly any noise would have: each of {@code recipe} is a byte for the kind, one
     * for the length, and the content.
     */
    static void recordsAreReadOrRefused(Path path, byte[] recipe) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(recipe);
        RunFileBytes bytes = new RunFileBytes();
        long indexAt = 0;
        while (in.remaining() >= 2) {
            int kind = in.get() & 7;
            byte[] content = new byte[Math.min(in.get() & 0xff, in.remaining())];
            in.get(content);
            switch (kind) {
                case 0 -> bytes.record(RunFormat.HEAD, RunFormat.pack(content));
                case 1 -> bytes.record(RunFormat.HEAD, content);
                case 2 -> bytes.record(RunFormat.BLOCK, content);
                case 3 -> bytes.record(RunFormat.BLOCK, RunFileBytes.second(content.length, RunFormat.pack(content)));
                case 4 -> {
                    indexAt = bytes.length();
                    bytes.record(RunFormat.INDEX, RunFormat.pack(content));
                }
                case 5 -> {
                    indexAt = bytes.length();
                    bytes.record(RunFormat.INDEX, content);
                }
                case 6 -> bytes.trailer(indexAt);
                default ->
                    bytes.trailer(ByteBuffer.wrap(Arrays.copyOf(content, 8)).getLong());
            }
        }
        readsOrRefuses(path, bytes.toBytes());
    }
}
