package io.thicket.sim.lab;

/**
 * A measured value beside what it should be.
 *
 * @param what for people
 * @param measured may be NaN if nothing could be measured, which is a miss
 * @param least whether {@code limit} is the smallest good value, or the largest one
 */
public record Goal(String what, double measured, boolean least, double limit) {
    static Goal atLeast(String what, double measured, double limit) {
        return new Goal(what, measured, true, limit);
    }

    static Goal atMost(String what, double measured, double limit) {
        return new Goal(what, measured, false, limit);
    }

    public boolean isMet() {
        return least ? measured >= limit : measured <= limit;
    }

    /** One line. */
    public String text() {
        return LabText.line(
                "%-6s %-58s %12.5g   goal %s %.5g",
                isMet() ? "met" : "MISSED", what, measured, least ? ">=" : "<=", limit);
    }

    /** One JSON object. */
    public String json() {
        return LabText.line(
                "{\"goal\":\"%s\",\"measured\":%s,\"%s\":%.6g,\"met\":%b}",
                what,
                Double.isFinite(measured) ? LabText.line("%.6g", measured) : "null",
                least ? "atLeast" : "atMost",
                limit,
                isMet());
    }
}
