package io.thicket.agent.sensing;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.Observation;
import io.thicket.drivers.filter.FilterSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sensor whose values go through filters. Filters that wait are woken on the node's loop. */
public final class FilteredSensor extends WrappedSensor {
    private final FilterSet filters;
    private final Timers timers;
    private Timers.@Nullable Handle due;

    public FilteredSensor(Sensor sensor, FilterSet filters, Timers timers) {
        super(sensor);
        this.filters = filters;
        this.timers = timers;
    }

    @Override
    public void start(SensorListener listener) {
        super.start(new SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                List<Observation> passed = filters.apply(takenAtMs, observations);
                if (!passed.isEmpty()) {
                    listener.onReading(takenAtMs, passed);
                }
                wakeWhenDue(listener);
            }

            @Override
            public void onStatus(Status status) {
                listener.onStatus(status);
            }
        });
    }

    private void wakeWhenDue(SensorListener listener) {
        Timers.Handle before = due;
        if (before != null) {
            before.cancel();
            due = null;
        }
        long nowMs = timers.nowMs();
        long waitMs = filters.dueInMs(nowMs);
        if (waitMs != Long.MAX_VALUE) {
            due = timers.at(nowMs + waitMs, () -> {
                due = null;
                long atMs = timers.nowMs();
                List<Observation> passed = filters.onTime(atMs);
                if (!passed.isEmpty()) {
                    listener.onReading(atMs, passed);
                }
                wakeWhenDue(listener);
            });
        }
    }

    @Override
    public void close() {
        super.close();
        Timers.Handle waiting = due;
        if (waiting != null) {
            waiting.cancel();
            due = null;
        }
    }
}
