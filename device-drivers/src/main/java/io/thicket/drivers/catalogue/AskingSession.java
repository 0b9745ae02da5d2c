package io.thicket.drivers.catalogue;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.spec.PollSpec;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a device that does not talk by itself, one request after the other: the set-up once after opening, then a round of
 * requests again and again. Any frame counts as the answer; what is missing is not asked for again before the next round.
 *
 * <p>This is no {@link io.thicket.drivers.bus.Bus} of one unit: there an answer is matched with its request, which a specification does not
 * describe. Where the next request depends on the answer, a {@link Dialogue} is led.
 */
final class AskingSession implements PolledSession {
    private final FrameSession session;
    private final LongSupplier frames;
    private final BooleanSupplier restart;
    private final PollSpec poll;
    private final long intervalMs;
    private final @Nullable Waking waking;
    private int started;
    private int asked;
    private boolean awaiting;
    private long framesBefore;
    private long sentAtMs;
    private boolean begun;
    private long roundAtMs;
    private long nextAtMs;

    /**
     * @param frames how many frames came so far
     * @param restart whether the device has asked to be set up again since it was last asked
     */
    AskingSession(FrameSession session, LongSupplier frames, BooleanSupplier restart, PollSpec poll, long intervalMs) {
        this.session = session;
        this.frames = frames;
        this.restart = restart;
        this.poll = poll;
        this.intervalMs = intervalMs;
        this.waking = poll.wake() == null ? null : new Waking(poll.wake());
    }

    @Override
    public byte @Nullable [] poll(long nowMs) {
        if (waitMs(nowMs) > 0) {
            return null;
        }
        if (awaiting) {
            // No answer came in time.
            endExchange(nowMs);
            return null;
        }
        if (waking != null && !waking.isAwake()) {
            byte[] call = waking.poll(nowMs);
            if (call != null) {
                return call;
            }
        }
        awaiting = true;
        framesBefore = frames.getAsLong();
        sentAtMs = nowMs;
        Bytes request;
        if (started < poll.start().size()) {
            request = poll.start().get(started++);
        } else {
            if (asked == 0) {
                roundAtMs = nowMs;
            }
            request = poll.requests().get(asked++);
        }
        return request.toArray();
    }

    /** Whether an answer may still come; nothing else is to be sent meanwhile. */
    boolean isAwaiting() {
        return awaiting || waking != null && waking.isCalled();
    }

    @Override
    public void onSent(long nowMs) {
        sentAtMs = nowMs;
        if (waking != null) {
            waking.onSent(nowMs);
        }
    }

    @Override
    public long waitMs(long nowMs) {
        if (!begun) {
            begun = true;
            nextAtMs = nowMs;
        }
        if (waking != null && waking.isCalled()) {
            return waking.waitMs(nowMs);
        }
        return Math.max(0, awaiting ? sentAtMs + poll.timeoutMs() - nowMs : nextAtMs - nowMs);
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        session.onBytes(nowMs, bytes, offset, length, sink);
        if (waking != null) {
            waking.onBytes(bytes, offset, length);
        }
        if (restart.getAsBoolean()) {
            started = 0;
        }
        if (awaiting && frames.getAsLong() != framesBefore) {
            endExchange(nowMs);
        }
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        session.onSilence(nowMs, sink);
    }

    @Override
    public void reset() {
        session.reset();
        started = 0;
        asked = 0;
        awaiting = false;
        begun = false;
        if (waking != null) {
            waking.sleep();
        }
    }

    @Override
    public FrameCounts counts() {
        return session.counts();
    }

    private void endExchange(long nowMs) {
        awaiting = false;
        nextAtMs = nowMs + poll.gapMs();
        if (asked >= poll.requests().size()) {
            asked = 0;
            if (waking != null) {
                waking.sleep();
            }
            // A round that took longer than the interval is followed by the next at once, not by all that were missed.
            nextAtMs = Math.max(nextAtMs, roundAtMs + intervalMs);
        }
    }
}
