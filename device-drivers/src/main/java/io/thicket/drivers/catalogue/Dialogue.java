package io.thicket.drivers.catalogue;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineAction;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.framing.Bytes;

/**
 * What is said to a device whose next question depends on its last answer, step by step. Pure: {@link DialogueSession} has the
 * clock. Where the questions are always the same, {@link AskingSession} is enough.
 */
interface Dialogue {
    /** One step. */
    sealed interface Step {
        /** Something is done to the line. */
        record Act(LineAction action) implements Step {}

        /** Nothing is said for so long. */
        record Pause(long lengthMs) implements Step {}

        /**
         * Something is said, and an answer awaited until {@link #isAnswered}.
         *
         * @param silenceMs so long after the last byte of either side an answer does not come any more
         * @param atMostMs nor so long after it was said, whatever comes
         */
        record Say(Bytes bytes, long silenceMs, long atMostMs) implements Step {}
    }

    /** The next step; the one before is over. */
    Step next(long nowMs);

    /** Bytes came, awaited or not. */
    void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink);

    /** Nothing was read for a while. */
    void onSilence(long nowMs, ObservationSink sink);

    /** Whether what was said last has its answer. */
    boolean isAnswered();

    /** What was said last has no answer. */
    void expired();

    /** The line was opened anew: all begins again. */
    void reset();

    /** What was counted since the beginning. */
    FrameCounts counts();
}
