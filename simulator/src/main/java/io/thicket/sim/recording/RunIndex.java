package io.thicket.sim.recording;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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

    static List<BlockInfo> decode(byte[] bytes) throws RunFileException {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int count = in.getInt();
            List<BlockInfo> blocks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long offset = in.getLong();
                long fromUs = in.getLong();
                long toUs = in.getLong();
                int events = in.getInt();
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    throw new BufferUnderflowException();
                }
                byte[] summary = new byte[length];
                in.get(summary);
                blocks.add(new BlockInfo(offset, fromUs, toUs, events, new String(summary, StandardCharsets.UTF_8)));
            }
            return blocks;
        } catch (BufferUnderflowException e) {
            throw new RunFileException("the index of the recording is damaged");
        }
    }
}
