package io.thicket.drivers.catalogue;

import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.spec.WakeSpec;
import org.jspecify.annotations.Nullable;

/** Wakes a device before it is asked: calls, listens for what it says then, and calls again. */
final class Waking {
    private final WakeSpec spec;
    private final byte[] heard;
    private int heardBytes;
    private int calls;
    private long calledAtMs;
    private State state = State.ASLEEP;

    private enum State {
        ASLEEP,
        CALLED,
        AWAKE
    }

    Waking(WakeSpec spec) {
        this.spec = spec;
        this.heard = new byte[spec.answer().length()];
    }

    /** It may sleep again from now on. */
    void sleep() {
        state = State.ASLEEP;
    }

    boolean isAwake() {
        return state == State.AWAKE;
    }

    boolean isCalled() {
        return state == State.CALLED;
    }

    /** How long to wait before {@link #poll} has something to do. */
    long waitMs(long nowMs) {
        return state == State.CALLED ? Math.max(0, calledAtMs + spec.timeoutMs() - nowMs) : 0;
    }

    /** What to send now; null if nothing, and then it counts as awake. */
    byte @Nullable [] poll(long nowMs) {
        if (state == State.ASLEEP) {
            calls = 0;
        }
        if (calls >= spec.tries()) {
            // It may be awake without having said so.
            state = State.AWAKE;
            return null;
        }
        state = State.CALLED;
        calls++;
        heardBytes = 0;
        calledAtMs = nowMs;
        return spec.send().toArray();
    }

    void onSent(long nowMs) {
        if (state == State.CALLED) {
            calledAtMs = nowMs;
        }
    }

    void onBytes(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length && state == State.CALLED; i++) {
            // Answers are short: the last bytes are moved up.
            System.arraycopy(heard, 1, heard, 0, heard.length - 1);
            heard[heard.length - 1] = bytes[i];
            heardBytes++;
            if (heardBytes >= heard.length && spec.answer().equals(Bytes.copyOf(heard))) {
                state = State.AWAKE;
            }
        }
    }
}
