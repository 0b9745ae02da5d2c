package io.thicket.drivers.spec;

import java.util.Arrays;

/** U+FEFF, which editors and spreadsheets of Windows begin UTF-8 files with; it is no part of the text. */
public final class ByteOrderMark {
    private static final String TEXT = "\uFEFF";
    private static final byte[] UTF_8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private ByteOrderMark() {}

    /** {@code text} without the mark that it may begin with. */
    public static String without(String text) {
        return text.startsWith(TEXT) ? text.substring(TEXT.length()) : text;
    }

    /** The bytes of a file without the mark that they may begin with; the same array where there is none. */
    public static byte[] without(byte[] file) {
        boolean marked = Arrays.equals(file, 0, Math.min(file.length, UTF_8.length), UTF_8, 0, UTF_8.length);
        return marked ? Arrays.copyOfRange(file, UTF_8.length, file.length) : file;
    }
}
