package io.thicket.sim.recording;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The numbers of the file format, version 1 (docs/view.md). */
final class RunFormat {
    /** First eight bytes; the last two tell a file that went through a text mode. */
    static final byte[] MAGIC = "THKRUN\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Last eight bytes of a file that was finished. */
    static final byte[] END = "THKEND\r\n".getBytes(StandardCharsets.US_ASCII);

    static final int VERSION = 1;

    /** Magic and version. */
    static final int PREFIX_BYTES = 12;

    /** Position of the index, and {@link #END}. */
    static final int TRAILER_BYTES = 16;

    /** Type and length before, checksum after. */
    static final int RECORD_OVERHEAD_BYTES = 12;

    static final int HEAD = 0x48454144;
    static final int BLOCK = 0x424c434b;
    static final int INDEX = 0x494e4458;

    /** From, to, events, length of the summary. */
    static final int BLOCK_PREFIX_BYTES = 24;

    /** Larger records are not written, and not read. */
    static final int MAX_RECORD_BYTES = 256 << 20;

    /** What the header may unpack to; 10 000 nodes need about one MiB. */
    static final int MAX_HEADER_BYTES = 16 << 20;

    /** What the events of a block may unpack to. */
    static final int MAX_BLOCK_BYTES = 1 << 30;

    /** What the summary of a block may unpack to: it is a part of what the events say. */
    static final int MAX_SUMMARY_BYTES = 64 << 20;

    /** The summaries of all blocks together; they are kept in memory. */
    static final long MAX_SUMMARIES_BYTES = 1L << 30;

    /** Blocks of a recording; those of the largest one are some 100 000. */
    static final int MAX_BLOCKS = 1 << 20;

    private RunFormat() {}

    static byte[] pack(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
        byte[] buffer = new byte[64 << 10];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    static byte[] unpack(byte[] packed, int maxBytes) throws IOException {
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                throw new RunFileException(
                        "the recording holds something that unpacks to more than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw new RunFileException("the recording holds something that cannot be unpacked");
        }
    }
}
