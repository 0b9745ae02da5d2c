package io.thicket.sim.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

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

    /** What a record may unpack to. */
    static final int MAX_UNPACKED_BYTES = 1 << 30;

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

    static byte[] unpack(byte[] packed) throws IOException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 4);
            byte[] buffer = new byte[64 << 10];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished() || out.size() + count > MAX_UNPACKED_BYTES) {
                    throw new RunFileException("the recording holds something that cannot be unpacked");
                }
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new RunFileException("the recording holds something that cannot be unpacked");
        } finally {
            inflater.end();
        }
    }
}
