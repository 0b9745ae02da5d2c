package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lines such as {@code temp=21.5 hum=40}: pairs with {@code =} or {@code :}, separated by comma, semicolon, space or tab;
 * the Arduino plotter's {@code a:1,b:2} is one of them. A decimal comma is understood. {@code nan}, {@code inf},
 * {@code ovf} and nothing at all mean that there is no value.
 */
final class KeyValueText implements DeviceDriver {
    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "text.keyvalue",
            "Text lines of name=value pairs (Arduino and friends)",
            LineParameters.of8N1(115_200),
            List.of(Options.UNITS, Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        Options reader = new Options(DESCRIPTOR, options);
        return LineDecoder.session(reader.units("units"), KeyValueText::read, reader.names("values", Set.of()));
    }

    /** Puts the pairs of one line. */
    static void read(String line, TextValues values) {
        int at = 0;
        while (at < line.length() && !values.isMalformed()) {
            int mark = at;
            while (mark < line.length() && !isMark(line.charAt(mark)) && !isSeparator(line, mark)) {
                mark++;
            }
            String name = line.substring(at, mark);
            mark = skipBlanks(line, mark);
            if (mark == line.length() || !isMark(line.charAt(mark))) {
                values.refuse();
                return;
            }
            int from = skipBlanks(line, mark + 1);
            int to = from;
            boolean holdsMark = false;
            while (to < line.length() && !isSeparator(line, to)) {
                holdsMark |= isMark(line.charAt(to));
                to++;
            }
            if (holdsMark && from > mark + 1) {
                // "temp= hum=40": the blank ends an empty value, and what follows is the next pair.
                to = from;
            }
            values.putWord(name, line.substring(from, to));
            at = to;
            while (at < line.length() && ",; \t".indexOf(line.charAt(at)) >= 0) {
                at++;
            }
        }
    }

    private static boolean isMark(char c) {
        return c == '=' || c == ':';
    }

    private static boolean isSeparator(String line, int at) {
        char c = line.charAt(at);
        return c == ';' || c == ' ' || c == '\t' || c == ',' && !isDecimalComma(line, at);
    }

    /** A comma between digits, unless what follows it is the name of the next pair. */
    private static boolean isDecimalComma(String line, int at) {
        int i = at + 1;
        while (i < line.length() && isDigit(line.charAt(i))) {
            i++;
        }
        boolean between = at > 0 && isDigit(line.charAt(at - 1)) && i > at + 1;
        return between && (i == line.length() || ",; \t".indexOf(line.charAt(i)) >= 0);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int skipBlanks(String line, int from) {
        int i = from;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }
}
