package io.thicket.drivers.catalogue;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.ObservationSink;

/** A dialogue whose answers are frames: {@link FrameSession} reads them, the dialogue looks at what its decoder has learnt. */
abstract class FramedDialogue implements Dialogue {
    private final FrameSession session;

    /** What was said last has its answer. */
    private boolean answered;

    /** What was said last has no answer, or a damaged one. */
    private boolean failed;

    FramedDialogue(FrameSession session) {
        this.session = session;
    }

    /** Something is said: its answer is still to come. */
    final void await() {
        answered = false;
    }

    /** @param damaged it is to be asked for again */
    final void answer(boolean damaged) {
        answered = true;
        failed |= damaged;
    }

    /** Whether the last step failed; asked once. */
    final boolean takeFailed() {
        boolean its = failed;
        failed = false;
        return its;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        session.onBytes(nowMs, bytes, offset, length, sink);
    }

    @Override
    public final void onSilence(long nowMs, ObservationSink sink) {
        session.onSilence(nowMs, sink);
    }

    @Override
    public final boolean isAnswered() {
        return answered;
    }

    @Override
    public final void expired() {
        failed = true;
    }

    @Override
    public void reset() {
        session.reset();
        failed = false;
    }

    @Override
    public FrameCounts counts() {
        return session.counts();
    }
}
