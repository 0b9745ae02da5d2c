package io.thicket.drivers.spec;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.SenmlUnit;
import org.jspecify.annotations.Nullable;

/** What the pages of all kinds of devices say alike. */
final class PageText {
    private PageText() {}

    /** {@code 9600 baud, 8N1}. */
    static String of(LineParameters line) {
        return line.baud() + " baud, " + line.dataBits() + line.parity().name().charAt(0) + line.stopBits();
    }

    /** {@code doubted below 0 and above 100 Cel}; empty if there is no bound. Bounds that do not exist are infinite. */
    static String outside(double min, double max, @Nullable SenmlUnit unit, String verdict) {
        boolean low = min > Double.NEGATIVE_INFINITY;
        boolean high = max < Double.POSITIVE_INFINITY;
        if (!low && !high) {
            return "";
        }
        return verdict
                + (low ? " below " + number(min) : "")
                + (low && high ? " and" : "")
                + (high ? " above " + number(max) : "")
                + (unit == null ? "" : " " + unit.name());
    }

    /** Without a decimal point where it is whole. */
    static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
