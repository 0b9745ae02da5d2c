package io.thicket.sim.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The blocks of a recording that is being opened: what a file says of them is checked here, and bounded. */
final class BlockList {
    private final long maxBytes;
    private final List<BlockInfo> blocks = new ArrayList<>();
    private long bytes;
    private long atUs;

    /** {@code maxBytes} is for the summaries of all blocks. */
    BlockList(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Another block, whose record begins there. */
    void add(long offset, long fromUs, long toUs, int events, byte[] summary) throws RunFileException {
        if (offset < RunFormat.PREFIX_BYTES || fromUs < atUs || toUs < fromUs || events < 0) {
            throw new RunFileException("what the recording says about its blocks is damaged");
        }
        bytes += summary.length;
        if (bytes > maxBytes || blocks.size() >= RunFormat.MAX_BLOCKS) {
            throw new RunFileException("the recording says more about its blocks than " + maxBytes + " bytes");
        }
        atUs = toUs;
        blocks.add(new BlockInfo(offset, fromUs, toUs, events, new String(summary, StandardCharsets.UTF_8)));
    }

    List<BlockInfo> all() {
        return List.copyOf(blocks);
    }
}
