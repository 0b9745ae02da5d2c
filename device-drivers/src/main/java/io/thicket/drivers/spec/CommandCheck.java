package io.thicket.drivers.spec;

import io.thicket.drivers.spec.MessageSpec.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How it is known that a device obeyed a command. */
public final class CommandCheck {
    /** A device that sends by itself is silent when no frame came for so long. */
    public static final long QUIET_MS = 5_000;

    /** The ways. */
    public enum Kind {
        /** A frame of the device says so. */
        ANSWER,
        /** It falls silent. */
        SILENT,
        /** It sends a frame. */
        SPEAKS,
        /** It cannot be known. */
        NONE
    }

    /** What a frame says about a command. */
    public enum Verdict {
        /** It is about something else. */
        OTHER,
        OBEYED,
        REFUSED,
        /** The device names another value than was set. */
        DIFFERENT
    }

    /** Where an answer repeats the value. */
    record Echo(int at, NumberType type) {}

    private final Kind kind;
    private final List<Match> answer;
    private final List<Match> refusal;
    private final @Nullable Echo echo;
    private final long timeoutMs;

    CommandCheck(Kind kind, List<Match> answer, List<Match> refusal, @Nullable Echo echo, long timeoutMs) {
        this.kind = kind;
        this.answer = List.copyOf(answer);
        this.refusal = List.copyOf(refusal);
        this.echo = echo;
        this.timeoutMs = timeoutMs;
    }

    public Kind kind() {
        return kind;
    }

    /** How long to wait after the bytes are out: for the frame, or until the device has gone silent. */
    public long timeoutMs() {
        return timeoutMs;
    }

    /** What a frame of the device, without its framing if it is escaped, says about the command that set {@code raw}. */
    public Verdict of(byte[] frame, int offset, int length, long raw) {
        if (kind != Kind.ANSWER) {
            return Verdict.OTHER;
        }
        if (holds(answer, frame, offset, length)) {
            Echo its = echo;
            return its == null || bits(its, frame, offset, length) == raw ? Verdict.OBEYED : Verdict.DIFFERENT;
        }
        return !refusal.isEmpty() && holds(refusal, frame, offset, length) ? Verdict.REFUSED : Verdict.OTHER;
    }

    /** The bits that an answer names; {@code otherwise} if it names none. */
    public long named(byte[] frame, int offset, int length, long otherwise) {
        Echo its = echo;
        return its == null ? otherwise : bits(its, frame, offset, length);
    }

    /** An answer that is too short names nothing: that is no value which can be set. */
    private static long bits(Echo echo, byte[] frame, int offset, int length) {
        int place = echo.at() < 0 ? length + echo.at() : echo.at();
        return place < 0 || place + echo.type().bytes() > length
                ? Long.MIN_VALUE
                : echo.type().bits(frame, offset + place);
    }

    private static boolean holds(List<Match> all, byte[] frame, int offset, int length) {
        for (Match each : all) {
            int place = each.at() < 0 ? length + each.at() : each.at();
            if (place < 0
                    || place + each.bytes().length() > length
                    || !each.bytes().matches(frame, offset + place)) {
                return false;
            }
        }
        return true;
    }
}
