package io.thicket.drivers.proposal;

import io.thicket.drivers.framing.BinaryFormat;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.framing.EscapedFormat;
import io.thicket.drivers.framing.LengthField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Frames as a specification file says them. */
final class FrameText {
    private FrameText() {}

    static String binary(BinaryFormat format) {
        StringBuilder text = new StringBuilder("[frame]\n");
        text.append("start = \"").append(format.start()).append("\"\n");
        if (format.end().length() > 0) {
            text.append("end = \"").append(format.end()).append("\"\n");
        }
        LengthField field = format.length();
        if (field == null) {
            text.append("size = ").append(format.fixedLength()).append('\n');
        } else {
            String type = field.width() == 1 ? "u8" : field.lowFirst() ? "u16le" : "u16be";
            String allow = field.allowed().isEmpty() ? "" : ", allow = " + field.allowed();
            text.append("length = { at = ")
                    .append(field.at())
                    .append(", type = \"")
                    .append(type);
            text.append("\", add = ").append(field.add()).append(allow).append(" }\n");
            if (field.allowed().isEmpty()) {
                text.append("max = ").append(format.maxFrame()).append('\n');
            }
        }
        return text.append(check(format.check())).toString();
    }

    static String escaped(EscapedFormat format) {
        StringBuilder text = new StringBuilder("[frame]\nkind = \"escaped\"\n");
        text.append(String.format(
                Locale.ROOT, "delimiter = \"%02X\"\nescape = \"%02X\"\n", format.delimiter(), format.escape()));
        text.append("escaped = {");
        for (int i = 0; i < format.escaped().length(); i += 2) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s %02X = \"%02X\"",
                    i == 0 ? "" : ",",
                    format.escaped().at(i),
                    format.escaped().at(i + 1)));
        }
        text.append(" }\nmax = ").append(format.maxFrame()).append('\n');
        return text.append(check(format.check())).toString();
    }

    static String line() {
        return "[frame]\nkind = \"line\"\n";
    }

    private static String check(@Nullable CheckPlace check) {
        if (check == null) {
            return "";
        }
        String order = check.lowFirst() ? ", order = \"le\"" : "";
        return "checksum = { kind = \"" + check.kind().name().toLowerCase(Locale.ROOT) + "\", from = " + check.from()
                + ", to = " + check.to() + ", at = " + check.at() + order + " }\n";
    }
}
