package io.thicket.sim.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Reads a recording. If its index is missing, because the run was killed or the file is cut off, all blocks that are whole are found
 * by walking over them.
 */
public final class RunFileReader implements RunSource, AutoCloseable {
    private final FileChannel file;
    private final String header;
    private final List<BlockInfo> blocks;
    private final State state;

    private RunFileReader(FileChannel file) throws IOException {
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
        header = new String(RunFormat.unpack(head), StandardCharsets.UTF_8);
        long indexAt = indexPosition();
        if (indexAt >= 0) {
            blocks = RunIndex.decode(RunFormat.unpack(payload(file, indexAt, RunFormat.INDEX)));
            state = State.DONE;
        } else {
            blocks = walk(RunFormat.PREFIX_BYTES + RunFormat.RECORD_OVERHEAD_BYTES + head.length);
            state = State.CUT;
        }
        if (blocks.isEmpty()) {
            throw new RunFileException("the recording ends before its first block: nothing can be shown of it");
        }
    }

    /** Opens a recording; what is wrong with it is the exception's sentence. */
    public static RunFileReader open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new RunFileReader(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Whether the file begins as a recording does. */
    public static boolean isRecording(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return file.size() >= RunFormat.MAGIC.length
                    && Arrays.equals(read(file, 0, RunFormat.MAGIC.length), RunFormat.MAGIC);
        }
    }

    private long indexPosition() throws IOException {
        if (file.size() < RunFormat.PREFIX_BYTES + RunFormat.TRAILER_BYTES) {
            return -1;
        }
        ByteBuffer trailer =
                ByteBuffer.wrap(read(file, file.size() - RunFormat.TRAILER_BYTES, RunFormat.TRAILER_BYTES));
        long at = trailer.getLong();
        byte[] end = new byte[RunFormat.END.length];
        trailer.get(end);
        return Arrays.equals(end, RunFormat.END) ? at : -1;
    }

    private List<BlockInfo> walk(long from) throws IOException {
        List<BlockInfo> found = new ArrayList<>();
        long at = from;
        while (true) {
            byte[] payload;
            try {
                payload = payload(file, at, RunFormat.BLOCK);
            } catch (RunFileException e) {
                return found; // the rest is missing, or was never written whole
            }
            ByteBuffer in = ByteBuffer.wrap(payload);
            long fromUs = in.getLong();
            long toUs = in.getLong();
            int events = in.getInt();
            int length = in.getInt();
            byte[] summary = RunFormat.unpack(
                    Arrays.copyOfRange(payload, RunFormat.BLOCK_PREFIX_BYTES, RunFormat.BLOCK_PREFIX_BYTES + length));
            found.add(new BlockInfo(at, fromUs, toUs, events, new String(summary, StandardCharsets.UTF_8)));
            at += RunFormat.RECORD_OVERHEAD_BYTES + payload.length;
        }
    }

    static byte[] packedBlock(FileChannel file, long offset) throws IOException {
        byte[] payload = payload(file, offset, RunFormat.BLOCK);
        int summary = ByteBuffer.wrap(payload).getInt(RunFormat.BLOCK_PREFIX_BYTES - 4);
        if (summary < 0 || summary > payload.length - RunFormat.BLOCK_PREFIX_BYTES) {
            throw new RunFileException("a block of the recording is damaged");
        }
        return Arrays.copyOfRange(payload, RunFormat.BLOCK_PREFIX_BYTES + summary, payload.length);
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
        if (offset < 0 || offset + length > file.size()) {
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
        return List.copyOf(blocks);
    }

    @Override
    public byte[] packedBlock(int number) throws IOException {
        return packedBlock(file, blocks.get(number).offset());
    }

    /** The events of a block as lines of JSON. */
    public String block(int number) throws IOException {
        return new String(RunFormat.unpack(packedBlock(number)), StandardCharsets.UTF_8);
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
