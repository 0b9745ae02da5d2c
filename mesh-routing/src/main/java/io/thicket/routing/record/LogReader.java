package io.thicket.routing.record;

import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Takes a log apart, one record at a time. Every length is checked against what is there and against a bound. */
final class LogReader {
    private final ByteBuffer log;
    private ByteBuffer content = ByteBuffer.allocate(0);
    private long recordAt;

    /** From the buffer's position. */
    LogReader(ByteBuffer log) {
        this.log = log.duplicate();
    }

    /** Where the present record begins, in bytes from the beginning of the log. */
    long recordAt() {
        return recordAt;
    }

    /** The type of the next record without going there; null at the end, also in the middle of a record. */
    @Nullable
    RecordType peek() throws LogFormatException {
        if (log.remaining() < LogWriter.HEAD_BYTES || log.remaining() < LogWriter.HEAD_BYTES + nextLength()) {
            return null;
        }
        RecordType type = RecordType.of(log.get(log.position()));
        if (type == null || nextLength() > LogWriter.MAX_CONTENT_BYTES) {
            throw new LogFormatException("the log is damaged at byte " + log.position());
        }
        return type;
    }

    /** Whether the log ends inside a record, as after a power cut. */
    boolean isCutShort() {
        return log.hasRemaining();
    }

    private int nextLength() {
        return Short.toUnsignedInt(log.getShort(log.position() + 1));
    }

    /** Goes to the next record, which {@link #peek} saw. */
    void next() {
        recordAt = log.position();
        int length = nextLength();
        content = log.duplicate();
        content.position(log.position() + LogWriter.HEAD_BYTES).limit(log.position() + LogWriter.HEAD_BYTES + length);
        log.position(content.limit());
    }

    /** The record's next number, within bounds. */
    long number(long min, long max) throws LogFormatException {
        if (content.remaining() < Long.BYTES) {
            throw damaged();
        }
        long value = content.getLong();
        if (value < min || value > max) {
            throw damaged();
        }
        return value;
    }

    boolean flag() throws LogFormatException {
        return number(0, 1) == 1;
    }

    /** One of {@code values}. */
    <E> E choice(E[] values) throws LogFormatException {
        return values[(int) number(0, values.length - 1)];
    }

    NodeId node() throws LogFormatException {
        return new NodeId(number(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    byte[] bytes(int min, int max) throws LogFormatException {
        if (content.remaining() < Short.BYTES) {
            throw damaged();
        }
        int length = Short.toUnsignedInt(content.getShort());
        if (length < min || length > max || length > content.remaining()) {
            throw damaged();
        }
        byte[] bytes = new byte[length];
        content.get(bytes);
        return bytes;
    }

    String text(int max) throws LogFormatException {
        return new String(bytes(0, max), StandardCharsets.UTF_8);
    }

    /** Nothing may be left of the record. */
    void endOfRecord() throws LogFormatException {
        if (content.hasRemaining()) {
            throw damaged();
        }
    }

    LogFormatException damaged() {
        return new LogFormatException("the log is damaged at byte " + recordAt);
    }
}
