package io.thicket.agent.senml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads CBOR item heads (RFC 8949 section 3) from bytes, one after the other. Definite lengths only: Thicket's packs and
 * batches are written so, and what is never written need not be understood.
 */
final class CborCursor {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    private final byte[] input;
    private int position;
    private int major;
    private int additional;
    private long argument;

    CborCursor(byte[] input) {
        this.input = input;
    }

    /** Reads one head; {@link #major()}, {@link #additional()} and {@link #argument()} then speak of it. */
    void head() throws SenmlFormatException {
        int initial = next();
        major = initial >>> 5;
        additional = initial & 0x1f;
        if (additional < 24) {
            argument = additional;
        } else if (additional <= 27) {
            argument = 0;
            for (int i = 1 << additional - 24; i > 0; i--) {
                argument = argument << 8 | next();
            }
        } else if (additional == 31) {
            throw new SenmlFormatException("an item of indefinite length");
        } else {
            throw new SenmlFormatException("a reserved CBOR head");
        }
        if (major == SIMPLE && additional == 24 && argument < 32) {
            throw new SenmlFormatException("a simple value in the long form"); // RFC 8949 section 3.3
        }
    }

    int major() {
        return major;
    }

    int additional() {
        return additional;
    }

    /** The head's argument as an unsigned 64-bit number. */
    long argument() {
        return argument;
    }

    boolean atEnd() {
        return position == input.length;
    }

    /** Reads a head that must be an unsigned number up to 2^63 - 1. */
    long unsigned(String what) throws SenmlFormatException {
        expect(UNSIGNED, what);
        if (argument < 0) {
            throw new SenmlFormatException(what + " is beyond 2^63");
        }
        return argument;
    }

    /** Reads a text of at most {@code maxBytes} bytes of UTF-8. */
    String text(String what, int maxBytes) throws SenmlFormatException {
        expect(TEXT, what);
        if (argument < 0 || argument > maxBytes) {
            throw new SenmlFormatException(what + " has more than " + maxBytes + " bytes");
        }
        return textOfHead();
    }

    /** The content of the text whose head was read last. */
    String textOfHead() throws SenmlFormatException {
        int length = contentLength();
        if (isAscii(length)) {
            String text = new String(input, position, length, StandardCharsets.US_ASCII);
            position += length;
            return text;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(input, position, length))
                    .toString();
            position += length;
            return text;
        } catch (CharacterCodingException e) {
            throw new SenmlFormatException("a text that is not UTF-8");
        }
    }

    /** Steps over the content of the text whose head was read last, which must be UTF-8. */
    void checkTextOfHead() throws SenmlFormatException {
        int length = contentLength();
        if (isAscii(length)) {
            position += length;
        } else {
            textOfHead();
        }
    }

    /** Reads a byte string; the bytes are a copy. */
    byte[] bytes(String what) throws SenmlFormatException {
        expect(BYTES, what);
        int length = contentLength();
        byte[] content = new byte[length];
        System.arraycopy(input, position, content, 0, length);
        position += length;
        return content;
    }

    /** Steps over a byte string or a text. */
    void skip(int type, String what) throws SenmlFormatException {
        expect(type, what);
        skipContent();
    }

    /** Steps over the content of the byte string or text whose head was read last. */
    void skipContent() throws SenmlFormatException {
        position += contentLength();
    }

    /** Reads the head of an array and returns its number of items, at most {@code max}. */
    int array(String what, int max) throws SenmlFormatException {
        expect(ARRAY, what);
        if (argument < 0 || argument > max) {
            throw new SenmlFormatException(what + " has more than " + max + " items");
        }
        return (int) argument;
    }

    private void expect(int wanted, String what) throws SenmlFormatException {
        head();
        if (major != wanted) {
            throw new SenmlFormatException(what + " has the wrong type");
        }
    }

    /** Whether the next {@code length} bytes are, as nearly always: then they need no decoder. */
    private boolean isAscii(int length) {
        for (int i = position; i < position + length; i++) {
            if (input[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private int contentLength() throws SenmlFormatException {
        if (argument < 0 || argument > input.length - position) {
            throw new SenmlFormatException("the input ends early");
        }
        return (int) argument;
    }

    private int next() throws SenmlFormatException {
        if (position == input.length) {
            throw new SenmlFormatException("the input ends early");
        }
        return input[position++] & 0xff;
    }
}
