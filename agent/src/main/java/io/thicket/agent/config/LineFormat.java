package io.thicket.agent.config;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.LineParameters.Parity;
import org.jspecify.annotations.Nullable;

/** The shape of a character on a serial line, {@code 8N1} in text. */
public record LineFormat(int dataBits, Parity parity, int stopBits) {
    /** Reads {@code 8N1}, {@code 7E1}, ...; anything else is an {@link IllegalArgumentException}. */
    public static LineFormat parse(String text) {
        if (text.length() != 3 || "5678".indexOf(text.charAt(0)) < 0 || "12".indexOf(text.charAt(2)) < 0) {
            throw invalid(text);
        }
        Parity parity =
                switch (text.charAt(1)) {
                    case 'N' -> Parity.NONE;
                    case 'E' -> Parity.EVEN;
                    case 'O' -> Parity.ODD;
                    default -> throw invalid(text);
                };
        return new LineFormat(text.charAt(0) - '0', parity, text.charAt(2) - '0');
    }

    /** The {@code usual} parameters with what is wanted otherwise. */
    static LineParameters line(LineParameters usual, @Nullable Integer baud, @Nullable LineFormat format) {
        LineFormat wanted =
                format != null ? format : new LineFormat(usual.dataBits(), usual.parity(), usual.stopBits());
        return new LineParameters(
                baud != null ? baud : usual.baud(),
                wanted.dataBits(),
                wanted.parity(),
                wanted.stopBits(),
                usual.dtr(),
                usual.rts());
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("'" + text + "' is no serial format");
    }

    @Override
    public String toString() {
        return "" + dataBits + parity.name().charAt(0) + stopBits;
    }
}
