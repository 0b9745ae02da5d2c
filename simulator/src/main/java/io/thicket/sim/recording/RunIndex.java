package io.thicket.sim.recording;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The index at the end of a recording: where each block is, when it is, and its summary. */
final class RunIndex {
    private static final int ENTRY_BYTES = 32;

    private RunIndex() {}

    static byte[] encode(List<BlockInfo> blocks) {
        List<byte[]> summaries = blocks.stream()
                .map(block -> block.summary().getBytes(StandardCharsets.UTF_8))
                .toList();
        int length = 4
                + summaries.stream().mapToInt(each -> each.length + ENTRY_BYTES).sum();
        ByteBuffer out = ByteBuffer.allocate(length).putInt(blocks.size());
        for (int i = 0; i < blocks.size(); i++) {
            BlockInfo block = blocks.get(i);
            out.putLong(block.offset())
                    .putLong(block.fromUs())
                    .putLong(block.toUs())
                    .putInt(block.events())
                    .putInt(summaries.get(i).length)
                    .put(summaries.get(i));
        }
        return out.array();
    }

    /** Read as it is unpacked, so that the summaries are in memory once; {@code maxBytes} is for all of them. */
    static List<BlockInfo> decode(byte[] packed, long maxBytes) throws IOException {
        BlockList blocks = new BlockList(maxBytes);
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new InflaterInputStream(new ByteArrayInputStream(packed))))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                long offset = in.readLong();
                long fromUs = in.readLong();
                long toUs = in.readLong();
                int events = in.readInt();
                int length = in.readInt();
                if (length < 0 || length > RunFormat.MAX_SUMMARY_BYTES) {
                    throw damaged();
                }
                byte[] summary = in.readNBytes(length);
                if (summary.length != length) {
                    throw damaged();
                }
                blocks.add(offset, fromUs, toUs, events, summary);
            }
            if (count < 1 || in.read() >= 0) {
                throw damaged();
            }
        } catch (ZipException | EOFException e) {
            throw damaged();
        }
        return blocks.all();
    }

    private static RunFileException damaged() {
        return new RunFileException("the index of the recording is damaged");
    }
}
