package io.thicket.agent.senml;

/**
 * What bytes from outside pass before they are understood: exactly one well-formed item (RFC 8949 appendix C) of definite
 * lengths and valid UTF-8, within limits. What reads behind this gate may trust lengths and recurse.
 */
final class CborGate {
    /** Deepest nesting; a SenML pack needs array, map, tag and the array of a decimal fraction. */
    static final int MAX_DEPTH = 8;

    private CborGate() {}

    /** Returns if what {@code input} still has is one acceptable item of at most {@code maxBytes} bytes; it stays where it is. */
    static void check(CborCursor input, int maxBytes) throws SenmlFormatException {
        int inputBytes = input.remaining();
        if (inputBytes > maxBytes) {
            throw new SenmlFormatException(inputBytes + " bytes where " + maxBytes + " are allowed");
        }
        CborCursor cursor = input.copy();
        // Items still to come at each level. No recursion: the depth is ours to bound, not the stack's.
        long[] missing = new long[MAX_DEPTH + 1];
        missing[0] = 1;
        int depth = 0;
        boolean tagged = false;
        while (true) {
            while (missing[depth] == 0) {
                if (depth == 0) {
                    if (!cursor.atEnd()) {
                        throw new SenmlFormatException("bytes after the end");
                    }
                    return;
                }
                depth--;
            }
            missing[depth]--;
            long inside = item(cursor, inputBytes);
            // No field has one; the CBOR library that once stood behind this gate did not survive it.
            if (tagged && cursor.major() == CborCursor.SIMPLE) {
                throw new SenmlFormatException("a tag on a simple value");
            }
            tagged = cursor.major() == CborCursor.TAG;
            if (inside > 0) {
                if (depth == MAX_DEPTH) {
                    throw new SenmlFormatException("nested deeper than " + MAX_DEPTH);
                }
                missing[++depth] = inside;
            }
        }
    }

    /** Steps over one head with its own content and returns how many items belong to it. */
    private static long item(CborCursor cursor, int inputBytes) throws SenmlFormatException {
        cursor.head();
        long count = cursor.argument();
        switch (cursor.major()) {
            case CborCursor.BYTES -> cursor.skipContent();
            case CborCursor.TEXT -> cursor.skipText();
            case CborCursor.TAG -> {
                return 1;
            }
            case CborCursor.ARRAY, CborCursor.MAP -> {
                // Each item has at least one byte, so that a larger count can only be a lie.
                if (count < 0 || count > inputBytes) {
                    throw new SenmlFormatException("the input ends early");
                }
                return cursor.major() == CborCursor.MAP ? 2 * count : count;
            }
            default -> {
                // Numbers and simple values are their head.
            }
        }
        return 0;
    }
}
