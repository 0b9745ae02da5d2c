package io.thicket.agent.senml;

/**
 * What stands between bytes from outside and a CBOR library: exactly one well-formed item (RFC 8949 appendix C) of
 * definite lengths and valid UTF-8, within limits. cbor-java 0.9 dies of OutOfMemoryError on five hostile bytes and of
 * StackOverflowError on a datagram of nested heads; behind this gate it meets neither.
 */
final class CborGate {
    /** Deepest nesting; a SenML pack needs array, map, tag and the array of a decimal fraction. */
    static final int MAX_DEPTH = 8;

    private CborGate() {}

    /** Returns if {@code input} is one acceptable item of at most {@code maxBytes} bytes. */
    static void check(byte[] input, int maxBytes) throws SenmlFormatException {
        if (input.length > maxBytes) {
            throw new SenmlFormatException(input.length + " bytes where " + maxBytes + " are allowed");
        }
        CborCursor cursor = new CborCursor(input);
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
            long inside = item(cursor, input.length);
            // cbor-java has one object for each of false, true, null: a tag that it reads stays on it for ever.
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
            case CborCursor.TEXT -> cursor.checkTextOfHead();
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
