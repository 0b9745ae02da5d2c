package io.thicket.agent.sensing;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A device whose silence does not pass unnoticed: when no reading came for longer than {@link SilenceLimit} says, the last
 * values go out once more as {@link Quality#STALE}, and the state is {@code silent}. What counts is what the device says, not
 * what filters let pass.
 */
public final class WatchedSensor extends WrappedSensor {
    /** A device that has said nothing at all for so long is silent. */
    static final long FIRST_READING_MS = 60_000;

    private final Sensor device;
    private final Sensor outer;
    private final Timers timers;
    private final SilenceLimit limit;
    private @Nullable SensorListener behindFilters;
    private List<Observation> last = List.of();
    private boolean heard;
    private boolean silent;
    private boolean closed;
    private long lastHeardMs;
    private long strangeAtLastReading;
    private Timers.@Nullable Handle due;
    private long dueAtMs;

    /**
     * @param filters what stands between the device and the listener; returns its argument if nothing does
     * @param paceMs readings are not to come more often, as configured; 0 if nothing is said
     */
    public WatchedSensor(Sensor device, UnaryOperator<Sensor> filters, long paceMs, Timers timers) {
        super(device);
        this.limit = new SilenceLimit(paceMs);
        this.device = device;
        this.timers = timers;
        this.outer = filters.apply(new Tap());
    }

    @Override
    public void start(SensorListener listener) {
        behindFilters = listener;
        lastHeardMs = timers.nowMs();
        outer.start(new SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                last = observations;
                listener.onReading(takenAtMs, observations);
            }

            @Override
            public void onStatus(Status status) {
                listener.onStatus(status());
            }
        });
        lookAt(lastHeardMs + FIRST_READING_MS);
    }

    private long patienceMs() {
        return heard ? limit.limitMs() : FIRST_READING_MS;
    }

    private void lookAt(long atMs) {
        if (closed || (due != null && dueAtMs <= atMs)) {
            return;
        }
        Timers.Handle later = due;
        if (later != null) {
            later.cancel();
        }
        dueAtMs = atMs;
        due = timers.at(atMs, () -> {
            due = null;
            look();
        });
    }

    /** Readings do not move the timer, since there may be a hundred a second; it finds out that it was too early. */
    private void look() {
        long nowMs = timers.nowMs();
        long tooLateAtMs = lastHeardMs + patienceMs();
        if (nowMs < tooLateAtMs) {
            lookAt(tooLateAtMs);
            return;
        }
        silent = true;
        SensorListener listener = behindFilters;
        if (listener == null) {
            return;
        }
        if (!last.isEmpty()) {
            String reason = "no reading for " + (nowMs - lastHeardMs) / 1000 + " s";
            List<Observation> stale = last.stream()
                    .map(each -> new Observation(each.name(), each.value(), each.unit(), Quality.STALE, reason))
                    .toList();
            listener.onReading(nowMs, stale);
        }
        listener.onStatus(status());
    }

    private void onHeard() {
        long nowMs = timers.nowMs();
        limit.heard(nowMs);
        heard = true;
        lastHeardMs = nowMs;
        strangeAtLastReading = strange(device.status());
        boolean wasSilent = silent;
        silent = false;
        SensorListener listener = behindFilters;
        if (wasSilent && listener != null) {
            listener.onStatus(status());
        }
        lookAt(nowMs + patienceMs());
    }

    private static long strange(Status status) {
        return status.badFrames() + status.skippedBytes();
    }

    /** A state other than ready says more than that the device is silent. */
    @Override
    public Status status() {
        Status its = outer.status();
        if (!silent || !its.state().equals("ready")) {
            return its;
        }
        String since = "no reading for " + (timers.nowMs() - lastHeardMs) / 1000 + " s: ";
        String cure = strange(its) > strangeAtLastReading
                ? "bytes come, but " + its.driver() + " does not understand them; check driver, baud and wiring"
                : "check the device, its power and its cable";
        return new Status(
                its.driver(),
                "silent",
                its.problem().isEmpty() ? since + cure : its.problem(),
                its.port(),
                its.goodFrames(),
                its.badFrames(),
                its.skippedBytes(),
                its.droppedReadings(),
                its.unit());
    }

    @Override
    public void close() {
        closed = true;
        Timers.Handle waiting = due;
        if (waiting != null) {
            waiting.cancel();
            due = null;
        }
        outer.close();
    }

    /** The device, overheard. */
    private final class Tap extends WrappedSensor {
        Tap() {
            super(device);
        }

        @Override
        public void start(SensorListener listener) {
            super.start(new SensorListener() {
                @Override
                public void onReading(long takenAtMs, List<Observation> observations) {
                    onHeard();
                    listener.onReading(takenAtMs, observations);
                }

                @Override
                public void onStatus(Status status) {
                    listener.onStatus(status);
                }
            });
        }
    }
}
