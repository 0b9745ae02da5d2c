package io.thicket.drivers.catalogue;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineAction;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.PolledSession;
import org.jspecify.annotations.Nullable;

/** Leads a {@link Dialogue}: each step in its time. */
final class DialogueSession implements PolledSession {
    private final Dialogue dialogue;
    private Dialogue.@Nullable Step step;
    private boolean said;
    private long beganAtMs;
    private long lastByteAtMs;

    DialogueSession(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    private Dialogue.Step step(long nowMs) {
        Dialogue.Step now = step;
        if (now == null) {
            now = dialogue.next(nowMs);
            step = now;
            said = false;
            beganAtMs = nowMs;
        }
        return now;
    }

    @Override
    public @Nullable LineAction takeLineAction(long nowMs) {
        if (step(nowMs) instanceof Dialogue.Step.Act act) {
            step = null;
            return act.action();
        }
        return null;
    }

    @Override
    public byte @Nullable [] poll(long nowMs) {
        Dialogue.Step now = step(nowMs);
        if (now instanceof Dialogue.Step.Say say && !said) {
            said = true;
            beganAtMs = nowMs;
            lastByteAtMs = nowMs;
            return say.bytes().toArray();
        }
        if (waitMs(nowMs) == 0 && !(now instanceof Dialogue.Step.Act)) {
            step = null;
            if (now instanceof Dialogue.Step.Say) {
                dialogue.expired();
            }
        }
        return null;
    }

    @Override
    public void onSent(long nowMs) {
        beganAtMs = nowMs;
        lastByteAtMs = nowMs;
    }

    @Override
    public long waitMs(long nowMs) {
        Dialogue.Step now = step(nowMs);
        if (now instanceof Dialogue.Step.Pause pause) {
            return Math.max(0, beganAtMs + pause.lengthMs() - nowMs);
        }
        if (now instanceof Dialogue.Step.Say say && said) {
            return Math.max(0, Math.min(lastByteAtMs + say.silenceMs(), beganAtMs + say.atMostMs()) - nowMs);
        }
        return 0;
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        lastByteAtMs = nowMs;
        dialogue.onBytes(nowMs, bytes, offset, length, sink);
        if (said && step instanceof Dialogue.Step.Say && dialogue.isAnswered()) {
            step = null;
        }
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        dialogue.onSilence(nowMs, sink);
    }

    @Override
    public void reset() {
        step = null;
        said = false;
        dialogue.reset();
    }

    @Override
    public FrameCounts counts() {
        return dialogue.counts();
    }
}
