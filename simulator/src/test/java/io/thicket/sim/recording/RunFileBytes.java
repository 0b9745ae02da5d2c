package io.thicket.sim.recording;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A recording made byte by byte, with right checksums around whatever its records hold. */
final class RunFileBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    RunFileBytes() {
        out.writeBytes(RunFormat.MAGIC);
        out.writeBytes(ByteBuffer.allocate(4).putInt(RunFormat.VERSION).array());
    }

    static byte[] packed(String text) {
        return RunFormat.pack(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The payload of a block; {@code summaryBytes} is what it says about the length of its summary. */
    static byte[] block(long fromUs, long toUs, int events, int summaryBytes, byte[] summary, byte[] packedEvents) {
        return ByteBuffer.allocate(RunFormat.BLOCK_PREFIX_BYTES + summary.length + packedEvents.length)
                .putLong(fromUs)
                .putLong(toUs)
                .putInt(events)
                .putInt(summaryBytes)
                .put(summary)
                .put(packedEvents)
                .array();
    }

    /** A good block of one second. */
    static byte[] second(int second, byte[] summary) {
        long us = second * 1_000_000L;
        return block(us, us + 1_000_000, 1, summary.length, summary, packed("{\"t\":" + us + "}\n"));
    }

    RunFileBytes record(int type, byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        out.writeBytes(
                ByteBuffer.allocate(8).putInt(type).putInt(payload.length).array());
        out.writeBytes(payload);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        return this;
    }

    RunFileBytes trailer(long indexAt) {
        out.writeBytes(ByteBuffer.allocate(8).putLong(indexAt).array());
        out.writeBytes(RunFormat.END);
        return this;
    }

    int length() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
