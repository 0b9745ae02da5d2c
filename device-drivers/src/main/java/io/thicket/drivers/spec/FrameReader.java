package io.thicket.drivers.spec;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.BinaryFormat;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.framing.EscapedFormat;
import io.thicket.drivers.framing.LengthField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code [frame]}. */
final class FrameReader {
    private static final int MAX = BinaryFormat.MAX_FRAME;
    private static final long DEFAULT_SILENCE_MS = 500;
    private static final FrameSpec WHATEVER = new FrameSpec.Line(MAX, DEFAULT_SILENCE_MS);

    /** The kinds of frames. */
    private enum Kind {
        BINARY,
        ESCAPED,
        LINE,
        VEDIRECT
    }

    private static final Map<String, Kind> KINDS =
            Map.of("binary", Kind.BINARY, "escaped", Kind.ESCAPED, "line", Kind.LINE, "vedirect", Kind.VEDIRECT);

    private static final Map<String, Checksum> CHECKSUMS = checksums();

    private FrameReader() {}

    static FrameSpec read(SpecTable table) {
        Kind kind = table.choice("kind", KINDS, Kind.BINARY);
        long silenceMs = table.durationMs("silence", DEFAULT_SILENCE_MS, 1, 60_000);
        FrameSpec frame = WHATEVER;
        try {
            frame = switch (kind) {
                case BINARY -> binary(table, silenceMs);
                case ESCAPED -> escaped(table, silenceMs);
                case LINE -> new FrameSpec.Line(table.integer("max", 1, MAX, 256), silenceMs);
                case VEDIRECT -> new FrameSpec.VeDirect(silenceMs);
            };
        } catch (IllegalArgumentException e) {
            table.error(String.valueOf(e.getMessage()), "");
        }
        table.refuseUnknownKeys();
        return frame;
    }

    private static FrameSpec binary(SpecTable table, long silenceMs) {
        Bytes start = table.requiredBytes("start", "\"42 4D\"");
        Bytes end = table.bytes("end");
        int fixed = table.integer("size", 1, MAX, 0);
        LengthField length = table.table("length").map(FrameReader::length).orElse(null);
        CheckPlace check = table.table("checksum").map(FrameReader::check).orElse(null);
        if (table.has("size") == table.has("length")) {
            table.error(
                    "a binary frame has either size (always the same) or length (a field of the frame)",
                    "write size = 10 or length = { at = 2, type = \"u16be\", add = 4 }");
            return WHATEVER;
        }
        if (start.length() == 0 || fixed == 0 && length == null) {
            return WHATEVER;
        }
        int longest = length == null ? fixed : Math.min(MAX, Math.max(1, length.longest()));
        int max = table.integer("max", 1, MAX, longest);
        return new FrameSpec.Binary(new BinaryFormat(start, end, fixed, length, check, max, silenceMs));
    }

    private static FrameSpec escaped(SpecTable table, long silenceMs) {
        Bytes delimiter = table.requiredBytes("delimiter", "\"7E\"");
        Bytes escape = table.requiredBytes("escape", "\"7D\"");
        Map<String, Object> pairs = table.map("escaped");
        byte[] codes = new byte[2 * pairs.size()];
        int at = 0;
        for (Map.Entry<String, Object> pair : pairs.entrySet()) {
            int code = oneByte(pair.getKey());
            int plain = oneByte(String.valueOf(pair.getValue()));
            if (code < 0 || plain < 0) {
                table.error(
                        "escaped",
                        "escaped: a pair is two bytes in hex",
                        "write escaped = { 5E = \"7E\", 5D = \"7D\" }");
                return WHATEVER;
            }
            codes[at++] = (byte) code;
            codes[at++] = (byte) plain;
        }
        CheckPlace check = table.table("checksum").map(FrameReader::check).orElse(null);
        int max = table.integer("max", 1, MAX, 256);
        if (delimiter.length() != 1 || escape.length() != 1) {
            table.error("delimiter and escape are one byte each", "write delimiter = \"7E\"");
            return WHATEVER;
        }
        return new FrameSpec.Escaped(
                new EscapedFormat(delimiter.at(0), escape.at(0), Bytes.copyOf(codes), check, max, silenceMs));
    }

    private static int oneByte(String hex) {
        return hex.matches("[0-9A-Fa-f]{2}") ? Integer.parseInt(hex, 16) : -1;
    }

    private static @Nullable LengthField length(SpecTable table) {
        int at = table.requiredInteger("at", 0, 255, "2");
        String name = table.requiredText("type", "\"u16be\"");
        Optional<NumberType> type = NumberType.parse(name);
        boolean fits = type.isPresent()
                && type.get().kind() == NumberType.Kind.UNSIGNED
                && type.get().bytes() <= 2;
        if (!fits && !name.isEmpty()) {
            table.error("type", "a length is no '" + SpecTable.shortened(name) + "'", "write u8, u16be or u16le");
        }
        int add = table.integer("add", -255, 255, 0);
        List<Integer> allow = table.integers("allow", 0, 0xFFFF);
        table.refuseUnknownKeys();
        return fits && type.isPresent()
                ? new LengthField(at, type.get().bytes(), type.get().lowFirst(), add, allow)
                : null;
    }

    static CheckPlace check(SpecTable table) {
        if (!table.has("kind")) {
            table.missing("kind", "\"sum16\"");
        }
        Checksum kind = table.choice("kind", CHECKSUMS, Checksum.SUM8);
        int from = table.integer("from", -MAX, MAX, 0);
        int to = table.integer("to", -MAX, MAX, -kind.width());
        int at = table.integer("at", -MAX, MAX, -kind.width());
        boolean lowFirst = table.choice("order", Map.of("be", false, "le", true), false);
        if (at < 0 && -at < kind.width()) {
            table.error(
                    "at",
                    "at = " + at + ": the check value has " + kind.width() + " bytes",
                    "write at = " + -kind.width());
        }
        table.refuseUnknownKeys();
        return new CheckPlace(kind, from, to, at, lowFirst);
    }

    private static Map<String, Checksum> checksums() {
        Map<String, Checksum> names = new LinkedHashMap<>();
        for (Checksum each : Checksum.values()) {
            names.put(each.name().toLowerCase(Locale.ROOT), each);
        }
        return names;
    }
}
