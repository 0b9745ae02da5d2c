package io.thicket.agent.doctor;

/**
 * One thing that was looked at.
 *
 * @param area what it belongs to, a word or two: {@code interface wlan0}, {@code broker}
 * @param what one sentence without its full stop
 * @param cure what to do, as a command or a sentence; empty if there is nothing to do
 */
public record Finding(String area, Severity severity, String what, String cure) {
    public Finding {
        boolean needsCure = severity == Severity.WARNING || severity == Severity.ERROR;
        if (what.isEmpty() || needsCure && cure.isEmpty()) {
            throw new IllegalArgumentException("a finding without words, or a bad one without its cure: " + what);
        }
    }

    public static Finding ok(String area, String what) {
        return new Finding(area, Severity.OK, what, "");
    }

    public static Finding info(String area, String what, String cure) {
        return new Finding(area, Severity.INFO, what, cure);
    }

    public static Finding warning(String area, String what, String cure) {
        return new Finding(area, Severity.WARNING, what, cure);
    }

    public static Finding error(String area, String what, String cure) {
        return new Finding(area, Severity.ERROR, what, cure);
    }

    /** From a sentence that has its cure after its first semicolon; {@code otherwise} is the cure if it has none. */
    public static Finding of(String area, Severity severity, String sentence, String otherwise) {
        int semicolon = sentence.indexOf("; ");
        return semicolon < 0
                ? new Finding(area, severity, sentence, otherwise)
                : new Finding(area, severity, sentence.substring(0, semicolon), sentence.substring(semicolon + 2));
    }
}
