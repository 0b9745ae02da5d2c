package io.thicket.sim.recording;

import io.thicket.agent.senml.JsonReader;
import io.thicket.agent.senml.SenmlFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Reads a recording. If its index is missing, because the run was killed or the file is cut off, or damaged, all blocks that are whole
 * are found by walking over them, up to the first one that is not.
 */
public final class RunFileReader implements RunSource, AutoCloseable {
    private final FileChannel file;
    private final String header;
    private final List<BlockInfo> blocks;
    private final BitSet damaged = new BitSet();
    private final State state;

    private RunFileReader(FileChannel file, long maxSummaryBytes) throws IOException {
        this.file = file;
        byte[] prefix = read(file, 0, RunFormat.PREFIX_BYTES);
        if (!Arrays.equals(Arrays.copyOf(prefix, RunFormat.MAGIC.length), RunFormat.MAGIC)) {
            throw new RunFileException("this is not a recording of a run");
        }
        int version = ByteBuffer.wrap(prefix).getInt(RunFormat.MAGIC.length);
        if (version != RunFormat.VERSION) {
            throw new RunFileException(
                    "the recording has version " + version + ", and this program reads version " + RunFormat.VERSION);
        }
        byte[] head = payload(file, RunFormat.PREFIX_BYTES, RunFormat.HEAD);
        header = header(RunFormat.unpack(head, RunFormat.MAX_HEADER_BYTES));
        List<BlockInfo> indexed = indexed(maxSummaryBytes);
        state = !indexed.isEmpty() ? State.DONE : hasEnd() ? State.DAMAGED : State.CUT;
        blocks = indexed.isEmpty()
                ? walk(RunFormat.PREFIX_BYTES + RunFormat.RECORD_OVERHEAD_BYTES + head.length, maxSummaryBytes)
                : indexed;
        if (blocks.isEmpty()) {
            throw new RunFileException("the recording ends before its first block: nothing can be shown of it");
        }
        if (state == State.DONE) {
            findDamage(); // walking found whole ones only
        }
    }

    private static String header(byte[] utf8) throws RunFileException {
        try {
            return JsonReader.object(utf8, RunFormat.MAX_HEADER_BYTES);
        } catch (SenmlFormatException e) {
            throw new RunFileException(
                    "the header of the recording is no JSON object: sim run --trace did not write it");
        }
    }

    /** Opens a recording; what is wrong with it is the exception's sentence. */
    public static RunFileReader open(Path path) throws IOException {
        return open(path, RunFormat.MAX_SUMMARIES_BYTES);
    }

    static RunFileReader open(Path path, long maxSummaryBytes) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new RunFileReader(file, maxSummaryBytes);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Whether the file begins as a recording does, as far as it goes: one that was cut off may hold nothing at all. */
    public static boolean isRecording(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            int length = (int) Math.min(RunFormat.MAGIC.length, file.size());
            return Arrays.equals(read(file, 0, length), Arrays.copyOf(RunFormat.MAGIC, length));
        }
    }

    /** Whether the file was finished, and not cut off since: its end is what is written last. */
    private boolean hasEnd() throws IOException {
        int length = RunFormat.END.length;
        return file.size() >= RunFormat.PREFIX_BYTES + RunFormat.TRAILER_BYTES
                && Arrays.equals(read(file, file.size() - length, length), RunFormat.END);
    }

    /** As the index has them; none if there is no index, or none that can be used. */
    private List<BlockInfo> indexed(long maxSummaryBytes) throws IOException {
        if (!hasEnd()) {
            return List.of();
        }
        long at = ByteBuffer.wrap(read(file, file.size() - RunFormat.TRAILER_BYTES, RunFormat.TRAILER_BYTES))
                .getLong();
        try {
            return RunIndex.decode(payload(file, at, RunFormat.INDEX), maxSummaryBytes);
        } catch (RunFileException e) {
            return List.of(); // walking over the blocks finds those that are whole
        }
    }

    /** That the index is whole says nothing about the blocks. */
    private void findDamage() {
        for (int i = 0; i < blocks.size(); i++) {
            try {
                payload(file, blocks.get(i).offset(), RunFormat.BLOCK);
            } catch (IOException e) {
                damaged.set(i);
            }
        }
    }

    private List<BlockInfo> walk(long from, long maxSummaryBytes) throws IOException {
        BlockList found = new BlockList(maxSummaryBytes);
        long at = from;
        try {
            while (true) {
                byte[] payload = payload(file, at, RunFormat.BLOCK);
                ByteBuffer in = ByteBuffer.wrap(payload);
                long fromUs = in.getLong();
                long toUs = in.getLong();
                int events = in.getInt();
                byte[] summary = Arrays.copyOfRange(payload, RunFormat.BLOCK_PREFIX_BYTES, eventsAt(payload));
                found.add(at, fromUs, toUs, events, RunFormat.unpack(summary, RunFormat.MAX_SUMMARY_BYTES));
                at += RunFormat.RECORD_OVERHEAD_BYTES + payload.length;
            }
        } catch (RunFileException e) {
            return found.all(); // the rest is missing, or was never written whole
        }
    }

    /** Where the events begin in the payload of a block. */
    private static int eventsAt(byte[] payload) throws RunFileException {
        int summary = ByteBuffer.wrap(payload).getInt(RunFormat.BLOCK_PREFIX_BYTES - 4);
        if (summary < 0 || summary > payload.length - RunFormat.BLOCK_PREFIX_BYTES) {
            throw new RunFileException("a block of the recording is damaged");
        }
        return RunFormat.BLOCK_PREFIX_BYTES + summary;
    }

    static byte[] packedBlock(FileChannel file, long offset) throws IOException {
        byte[] payload = payload(file, offset, RunFormat.BLOCK);
        return Arrays.copyOfRange(payload, eventsAt(payload), payload.length);
    }

    private static byte[] payload(FileChannel file, long offset, int type) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(read(file, offset, 8));
        int found = head.getInt();
        int length = head.getInt();
        if (found != type
                || length < (type == RunFormat.BLOCK ? RunFormat.BLOCK_PREFIX_BYTES : 0)
                || length > RunFormat.MAX_RECORD_BYTES) {
            throw new RunFileException("the recording is damaged at byte " + offset);
        }
        byte[] payload = read(file, offset + 8, length);
        CRC32 crc = new CRC32();
        crc.update(payload);
        if ((int) crc.getValue()
                != ByteBuffer.wrap(read(file, offset + 8 + length, 4)).getInt()) {
            throw new RunFileException("the recording is damaged behind byte " + offset);
        }
        return payload;
    }

    private static byte[] read(FileChannel file, long offset, int length) throws IOException {
        if (offset < 0 || length > file.size() - offset) {
            throw new RunFileException("the recording ends at byte " + file.size() + ", in the middle of something");
        }
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (file.read(into, offset + into.position()) < 0) {
                throw new RunFileException("the recording became shorter while it was read");
            }
        }
        return into.array();
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public List<BlockInfo> blocks() {
        return blocks;
    }

    @Override
    public byte[] packedBlock(int number) throws IOException {
        return packedBlock(file, blocks.get(number).offset());
    }

    /** The events of a block as lines of JSON. */
    public String block(int number) throws IOException {
        return new String(RunFormat.unpack(packedBlock(number), RunFormat.MAX_BLOCK_BYTES), StandardCharsets.UTF_8);
    }

    @Override
    public boolean isDamaged(int number) {
        return damaged.get(number);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
