package io.thicket.sim.recording;

import io.thicket.sim.output.FirstProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * Writes a recording, and lets others read what is written so far. Where it cannot be written on, because the disk is full, it ends; that is
 * said when it is closed.
 */
public final class RunFileWriter implements RunSource, AutoCloseable {
    /** A recording does not grow beyond this; the run goes on without it. */
    public static final long MAX_FILE_BYTES = 8L << 30;

    private final FileChannel file;
    private final String header;
    private final long maxBytes;
    private final List<BlockInfo> blocks = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private String openSummary = "{}";
    private long openFromUs;
    private long openToUs;
    private int openEvents;
    private long openCount; // of blocks that were open before, written or not
    private long end;
    private State state = State.LIVE;
    private final FirstProblem problem = new FirstProblem();

    /** Held while an open block is packed, one at a time, which takes long in a large network: the run does not wait for who looks at it. */
    private final Object packing = new Object();

    private final UnaryOperator<byte[]> packer;
    private byte[] packed = {}; // this open block with so many events: all who look ask for the same
    private long packedOpen = -1;
    private int packedEvents;

    /** A new file, or a new content of an old one. */
    public RunFileWriter(Path path, String header) throws IOException {
        this(path, header, MAX_FILE_BYTES, RunFormat::pack);
    }

    /** {@code packer} is for open blocks only. */
    RunFileWriter(Path path, String header, long maxBytes, UnaryOperator<byte[]> packer) throws IOException {
        this.header = header;
        this.maxBytes = maxBytes;
        this.packer = packer;
        file = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        ByteBuffer prefix = ByteBuffer.allocate(RunFormat.PREFIX_BYTES)
                .put(RunFormat.MAGIC)
                .putInt(RunFormat.VERSION)
                .flip();
        append(prefix);
        record(RunFormat.HEAD, ByteBuffer.wrap(RunFormat.pack(header.getBytes(StandardCharsets.UTF_8))));
    }

    /** Another event of the open block: a line of JSON without its end. */
    synchronized void event(CharSequence line) {
        open.append(line).append('\n');
        openEvents++;
    }

    /** The open block begins at that time. */
    synchronized void beginBlock(long fromUs) {
        openFromUs = fromUs;
        openToUs = fromUs;
    }

    /** Everything before that time is in the open block, and this is its summary. */
    synchronized void reached(long toUs, String summary) {
        openToUs = toUs;
        openSummary = summary;
    }

    /** Characters in the open block. */
    synchronized int openLength() {
        return open.length();
    }

    /** Whether there is no room for another block. */
    synchronized boolean isFull() {
        return end >= maxBytes;
    }

    /** Writes the open block; an empty one follows. */
    synchronized void endBlock() {
        if (openEvents == 0) {
            return;
        }
        byte[] summary = RunFormat.pack(openSummary.getBytes(StandardCharsets.UTF_8));
        byte[] events = RunFormat.pack(open.toString().getBytes(StandardCharsets.UTF_8));
        ByteBuffer payload = ByteBuffer.allocate(RunFormat.BLOCK_PREFIX_BYTES + summary.length + events.length)
                .putLong(openFromUs)
                .putLong(openToUs)
                .putInt(openEvents)
                .putInt(summary.length)
                .put(summary)
                .put(events)
                .flip();
        long at = end;
        record(RunFormat.BLOCK, payload);
        if (problem.get().isEmpty()) {
            blocks.add(new BlockInfo(at, openFromUs, openToUs, openEvents, openSummary));
        }
        open.setLength(0);
        openCount++;
        openEvents = 0;
        openSummary = "{}";
    }

    /** Writes the index; the recording is whole then and can still be read. */
    public synchronized void finish() {
        if (state == State.LIVE) {
            endBlock();
            long at = end;
            record(RunFormat.INDEX, ByteBuffer.wrap(RunFormat.pack(RunIndex.encode(blocks))));
            append(ByteBuffer.allocate(RunFormat.TRAILER_BYTES)
                    .putLong(at)
                    .put(RunFormat.END)
                    .flip());
            state = State.DONE;
        }
    }

    /** Told once, when it cannot be written on. */
    public synchronized void onProblem(Consumer<IOException> listener) {
        problem.tell(listener);
    }

    /** Why it could not be written on, empty if it could. */
    public synchronized Optional<IOException> problem() {
        return problem.get();
    }

    @Override
    public synchronized void close() throws IOException {
        finish();
        problem.close(file);
    }

    private void record(int type, ByteBuffer payload) {
        CRC32 crc = new CRC32();
        crc.update(payload.duplicate());
        int length = payload.remaining();
        append(ByteBuffer.allocate(8).putInt(type).putInt(length).flip());
        append(payload);
        append(ByteBuffer.allocate(4).putInt((int) crc.getValue()).flip());
    }

    private void append(ByteBuffer bytes) {
        problem.attempt(() -> {
            while (bytes.hasRemaining()) {
                end += file.write(bytes, end);
            }
        });
    }

    @Override
    public String header() {
        return header;
    }

    @Override
    public synchronized List<BlockInfo> blocks() {
        List<BlockInfo> all = new ArrayList<>(blocks);
        if (openEvents > 0) {
            all.add(new BlockInfo(-1, openFromUs, openToUs, openEvents, openSummary));
        }
        return all;
    }

    @Override
    public byte[] packedBlock(int number) throws IOException {
        if (isOpen(number)) { // one that has ended does not wait for it
            synchronized (packing) {
                if (pack(number)) {
                    return packed;
                }
            }
        }
        BlockInfo block;
        synchronized (this) {
            block = blocks.get(number);
        }
        return RunFileReader.packedBlock(file, block.offset());
    }

    private synchronized boolean isOpen(int number) {
        return number == blocks.size();
    }

    /** Packs the open block as it is now; false if it is not that one any more. */
    private boolean pack(int number) {
        long which;
        int events;
        String text;
        synchronized (this) {
            if (!isOpen(number)) {
                return false;
            }
            which = openCount;
            events = openEvents;
            if (packedOpen == which && packedEvents == events) {
                return true;
            }
            text = open.toString();
        }
        packed = packer.apply(text.getBytes(StandardCharsets.UTF_8));
        packedOpen = which;
        packedEvents = events;
        return true;
    }

    @Override
    public synchronized State state() {
        return state;
    }
}
