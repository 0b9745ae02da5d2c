package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a device is asked that does not talk by itself.
 *
 * @param intervalMs from one round to the next
 * @param timeoutMs how long an answer may take
 * @param gapMs from an answer (or its absence) to the next request of the round
 * @param start sent once after opening, and when the device asks for it
 * @param requests of each round, as they go to the line
 * @param answer first bytes of a frame that is an answer; none if any frame is one
 * @param wake what to do before a round; null if the device does not sleep
 * @param onDemand whether it is asked only if somebody says how often, because it talks by itself, too
 */
public record PollSpec(
        long intervalMs,
        long timeoutMs,
        long gapMs,
        List<Bytes> start,
        List<Bytes> requests,
        Bytes answer,
        @Nullable WakeSpec wake,
        boolean onDemand) {
    /** Any frame is an answer, and it is always asked. */
    public PollSpec(long intervalMs, long timeoutMs, long gapMs, List<Bytes> start, List<Bytes> requests) {
        this(intervalMs, timeoutMs, gapMs, start, requests, Bytes.NONE, null, false);
    }

    /** Whether a frame is the answer that was waited for. */
    boolean isAnswer(byte[] frame, int offset, int length) {
        return length >= answer.length() && answer.matches(frame, offset);
    }
}
