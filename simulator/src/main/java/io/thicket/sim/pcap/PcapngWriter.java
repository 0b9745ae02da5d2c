package io.thicket.sim.pcap;

import io.thicket.sim.output.FirstProblem;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Blocks of a pcapng file (draft-ietf-opsawg-pcapng): one section, big-endian, with as many interfaces as are added. A file that would grow
 * beyond its limit takes no more packets; one whose disk gets full takes nothing more, and says so when it is closed.
 */
public final class PcapngWriter implements Closeable {
    /** Largest file. */
    public static final long MAX_BYTES = 1L << 30;

    /** Raw IP packets. */
    public static final int LINKTYPE_RAW = 101;

    /** Wireshark's exported PDUs, which name their dissector. */
    public static final int LINKTYPE_WIRESHARK_UPPER_PDU = 252;

    /** Longest comment, in bytes; more is cut. */
    static final int MAX_COMMENT_BYTES = 1_000;

    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int NAME_RESOLUTION = 4;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int OPT_COMMENT = 1;
    private static final int SHB_USERAPPL = 4;
    private static final int IF_NAME = 2;
    private static final int NRB_RECORD_IPV6 = 2;

    private final OutputStream out;
    private long written;
    private boolean full;
    private final FirstProblem problem = new FirstProblem();

    /** A name of an IPv6 address of 16 bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Name(byte[] address, String name) {}

    /** Creates the file, or empties it. */
    public PcapngWriter(Path file, String comment) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        ByteBuffer body = ByteBuffer.allocate(16 + 2 * (8 + MAX_COMMENT_BYTES));
        body.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        option(body, OPT_COMMENT, comment);
        option(body, SHB_USERAPPL, "thicket sim");
        body.putInt(0);
        block(SECTION_HEADER, body);
    }

    /** Adds an interface; the first one has the number 0. Times are us. */
    public void addInterface(int linkType, String name) {
        ByteBuffer body = ByteBuffer.allocate(16 + MAX_COMMENT_BYTES);
        body.putShort((short) linkType).putShort((short) 0).putInt(0);
        option(body, IF_NAME, name);
        body.putInt(0);
        block(INTERFACE_DESCRIPTION, body);
    }

    /** Says what addresses are called. */
    public void names(List<Name> names) {
        for (Name each : names) {
            byte[] text = each.name.getBytes(StandardCharsets.UTF_8);
            ByteBuffer body = ByteBuffer.allocate(32 + each.address.length + text.length);
            body.putShort((short) NRB_RECORD_IPV6).putShort((short) (each.address.length + text.length + 1));
            body.put(each.address).put(text).put((byte) 0);
            pad(body);
            body.putInt(0);
            block(NAME_RESOLUTION, body);
        }
    }

    /** A packet at a time in us since 1970, with a comment if that is not empty. */
    public void packet(int its, long timeUs, ByteBuffer packet, String comment) {
        if (full || written > MAX_BYTES) {
            full = true;
            return;
        }
        int length = packet.remaining();
        ByteBuffer body = ByteBuffer.allocate(24 + length + 4 + 8 + MAX_COMMENT_BYTES);
        body.putInt(its)
                .putInt((int) (timeUs >>> 32))
                .putInt((int) timeUs)
                .putInt(length)
                .putInt(length);
        body.put(packet.duplicate());
        pad(body);
        if (!comment.isEmpty()) {
            option(body, OPT_COMMENT, comment);
            body.putInt(0);
        }
        block(ENHANCED_PACKET, body);
    }

    /** Told once, when it cannot be written on. */
    public void onProblem(Consumer<IOException> listener) {
        problem.tell(listener);
    }

    /** Whether the capture ended before the run because it was as large as captures may get. */
    public boolean isFull() {
        return full;
    }

    @Override
    public void close() throws IOException {
        problem.close(out);
    }

    private static void option(ByteBuffer body, int code, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MAX_COMMENT_BYTES - 4);
        while (length < utf8.length && (utf8[length] & 0xc0) == 0x80) {
            length--; // not within a character
        }
        body.putShort((short) code).putShort((short) length).put(utf8, 0, length);
        pad(body);
    }

    private static void pad(ByteBuffer body) {
        while (body.position() % 4 != 0) {
            body.put((byte) 0);
        }
    }

    private void block(int type, ByteBuffer body) {
        int total = 12 + body.position();
        ByteBuffer block = ByteBuffer.allocate(total);
        block.putInt(type).putInt(total).put(body.flip()).putInt(total);
        problem.attempt(() -> out.write(block.array()));
        written += total;
    }
}
