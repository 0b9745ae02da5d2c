package io.thicket.drivers.capture;

import io.thicket.drivers.framing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording: {@code # key value} lines, then one line {@code +seconds.micros RX|TX hex} for each piece that was read or written.
 *
 * @param head what its first lines say, e.g. {@code line} = {@code 9600 8N1}, {@code started} = seconds since 1970
 * @param pieces in their order
 */
public record Capture(Map<String, String> head, List<Piece> pieces) {
    /** First line of a recording. */
    public static final String MAGIC = "# thicket capture 1";

    /** When the recording began, in seconds since 1970. */
    public static final String STARTED = "started";

    /** Possessive, because a group that may give back what it took costs stack for each byte. */
    private static final Pattern PIECE =
            Pattern.compile("\\+([0-9]{1,9})\\.([0-9]{6}) (RX|TX)((?: ?[0-9a-fA-F]{2})++)\\s*");

    private static final Pattern HEAD = Pattern.compile("# *([a-z]{1,16}) +(.{1,200})");

    /** Bytes that were read or written at once. */
    public record Piece(long atMicros, boolean received, Bytes bytes) {}

    public Capture {
        head = Collections.unmodifiableMap(new LinkedHashMap<>(head));
        pieces = List.copyOf(pieces);
    }

    /** Whether a file begins as a recording in text, and not as the raw bytes of a device. */
    public static boolean isOne(byte[] file) {
        int end = 0;
        while (end < file.length && end < 100 && file[end] != '\n') {
            end++;
        }
        String line = new String(file, 0, end, StandardCharsets.ISO_8859_1).strip();
        return line.equals(MAGIC) || PIECE.matcher(line).matches();
    }

    /** Reads a recording; an {@link IllegalArgumentException} names the line that is none. */
    public static Capture parse(String text) {
        Map<String, String> head = new LinkedHashMap<>();
        List<Piece> pieces = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n")) {
            number++;
            Matcher piece = PIECE.matcher(line);
            if (piece.matches()) {
                long micros = Long.parseLong(piece.group(1)) * 1_000_000 + Long.parseLong(piece.group(2));
                pieces.add(new Piece(micros, piece.group(3).equals("RX"), Bytes.parse(piece.group(4))));
            } else if (line.startsWith("#")) {
                Matcher key = HEAD.matcher(line);
                if (key.matches()) {
                    head.putIfAbsent(key.group(1), key.group(2).strip());
                }
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("line " + number
                        + " is no line of a recording; it should look like \"+1.000000 RX 42 4d 00 1c\"");
            }
        }
        return new Capture(head, pieces);
    }

    /** One line of a recording. */
    public static String line(long atMicros, boolean received, byte[] bytes, int offset, int length) {
        return String.format(Locale.ROOT, "+%d.%06d ", atMicros / 1_000_000, atMicros % 1_000_000)
                + (received ? "RX " : "TX ")
                + HexFormat.ofDelimiter(" ").formatHex(bytes, offset, offset + length);
    }
}
