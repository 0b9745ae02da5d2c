package io.thicket.routing.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts one record together: type (1 byte), length (2 bytes), content. Numbers are 8 bytes, byte strings have 2 of length. */
final class LogWriter {
    /** The largest content of a record. */
    static final int MAX_CONTENT_BYTES = 4_096;

    static final int HEAD_BYTES = 3;

    private final ByteBuffer record = ByteBuffer.allocate(HEAD_BYTES + MAX_CONTENT_BYTES);

    LogWriter begin(RecordType type) {
        record.clear();
        record.put(type.code()).putShort((short) 0);
        return this;
    }

    LogWriter number(long value) {
        record.putLong(value);
        return this;
    }

    LogWriter flag(boolean value) {
        return number(value ? 1 : 0);
    }

    LogWriter bytes(byte[] bytes) {
        record.putShort((short) bytes.length).put(bytes);
        return this;
    }

    /** From position to limit; the buffer is not moved. */
    LogWriter bytes(ByteBuffer bytes) {
        record.putShort((short) bytes.remaining()).put(bytes.duplicate());
        return this;
    }

    LogWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The whole record, to be used before the next one begins. */
    ByteBuffer end() {
        record.putShort(1, (short) (record.position() - HEAD_BYTES));
        return record.flip();
    }
}
