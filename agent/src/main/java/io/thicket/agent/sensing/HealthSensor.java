package io.thicket.agent.sensing;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sensor that says as readings of its own how its port and its device are: at an interval, and soon when the state becomes another one. They
 * reach the broker as all readings do, so that whoever watches the values sees a cable that came loose, too.
 */
public final class HealthSensor extends WrappedSensor {
    /** The state's word: {@code ready}, {@code silent}, {@code lost}, ... */
    static final String STATE = "health";

    /** Frames that decoded, and frames that were refused, since the last reading of these. */
    static final String GOOD = "health_good";

    static final String BAD = "health_bad";

    /** Bytes that belonged to no frame, and readings that the node did not take in time, since then. */
    static final String SKIPPED = "health_skipped";

    static final String DROPPED = "health_dropped";

    /** A port that comes and goes all the time makes no more readings than one in so long. */
    static final long LEAST_GAP_MS = 10_000;

    private static final String COUNT = "count";

    private final long intervalMs;
    private final Timers timers;
    private @Nullable SensorListener listener;
    private @Nullable Status before;
    private long saidAtMs;
    private boolean closed;
    private Timers.@Nullable Handle due;

    /** @param intervalMs at least {@link #LEAST_GAP_MS} */
    public HealthSensor(Sensor sensor, long intervalMs, Timers timers) {
        super(sensor);
        this.intervalMs = Math.max(LEAST_GAP_MS, intervalMs);
        this.timers = timers;
    }

    @Override
    public void start(SensorListener its) {
        listener = its;
        saidAtMs = timers.nowMs();
        super.start(new SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                its.onReading(takenAtMs, observations);
            }

            @Override
            public void onStatus(Status status) {
                its.onStatus(status);
                Status last = before;
                if (last != null && !last.state().equals(status.state())) {
                    sayAt(Math.max(timers.nowMs(), saidAtMs + LEAST_GAP_MS));
                }
            }
        });
        before = status();
        sayAt(saidAtMs + intervalMs);
    }

    private void sayAt(long atMs) {
        Timers.Handle waiting = due;
        if (waiting != null) {
            waiting.cancel();
        }
        due = closed ? null : timers.at(atMs, this::say);
    }

    private void say() {
        Status last = before;
        SensorListener its = listener;
        if (closed || last == null || its == null) {
            return;
        }
        Status now = status();
        before = now;
        saidAtMs = timers.nowMs();
        its.onReading(
                saidAtMs,
                List.of(
                        Observation.good(STATE, now.state()),
                        since(GOOD, last.goodFrames(), now.goodFrames()),
                        since(BAD, last.badFrames(), now.badFrames()),
                        since(SKIPPED, last.skippedBytes(), now.skippedBytes()),
                        since(DROPPED, last.droppedReadings(), now.droppedReadings())));
        sayAt(saidAtMs + intervalMs);
    }

    /** A port that was opened anew may count from the start. */
    private static Observation since(String name, long last, long now) {
        return Observation.good(name, (double) (now >= last ? now - last : now), COUNT);
    }

    @Override
    public void close() {
        closed = true;
        Timers.Handle waiting = due;
        if (waiting != null) {
            waiting.cancel();
            due = null;
        }
        super.close();
    }
}
