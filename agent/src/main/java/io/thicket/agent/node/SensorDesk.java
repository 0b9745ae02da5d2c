package io.thicket.agent.node;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node's sensors: turns their readings into SenML records, and keeps the newest of each. */
final class SensorDesk {
    private final Map<String, Desk> desks = new LinkedHashMap<>(4);

    /** What to do with a reading that was taken. */
    interface Taker {
        void taken(long takenAtMs, String sensor, List<SenmlRecord> records);
    }

    /** What to do when a sensor's status changed. */
    interface StatusTaker {
        void changed(String sensor, Sensor.Status status);
    }

    SensorDesk(List<Sensor> sensors) {
        for (Sensor sensor : sensors) {
            if (desks.put(sensor.name(), new Desk(sensor)) != null) {
                throw new IllegalArgumentException("two sensors named '" + sensor.name() + "'");
            }
        }
    }

    void start(Taker taker, StatusTaker statusTaker) {
        for (Desk desk : desks.values()) {
            Sensor sensor = desk.sensor;
            sensor.start(new Sensor.SensorListener() {
                @Override
                public void onReading(long takenAtMs, List<Observation> observations) {
                    desk.onReading(takenAtMs, observations, taker);
                }

                @Override
                public void onStatus(Sensor.Status status) {
                    statusTaker.changed(sensor.name(), status);
                }
            });
        }
    }

    void close() {
        desks.values().forEach(desk -> desk.sensor.close());
    }

    List<CommandInfo> commands(String sensor) {
        Desk desk = desks.get(sensor);
        return desk == null ? List.of() : desk.sensor.commands();
    }

    void command(CommandOrder order) {
        Desk desk = desks.get(order.device());
        if (desk == null) {
            order.done()
                    .accept(CommandOutcome.of(
                            CommandOutcome.Kind.NOT_SENT, "there is no sensor '" + order.device() + "'"));
        } else {
            desk.sensor.command(order);
        }
    }

    List<String> names() {
        return List.copyOf(desks.keySet());
    }

    /** The newest reading as a pack without base name; the base time is {@code bt}'s absolute or relative form. */
    Optional<SenmlPack> latest(String sensor, long nowMs, long wallMs, boolean synchronised) {
        Desk desk = desks.get(sensor);
        if (desk == null || desk.records == null) {
            return Optional.empty();
        }
        long agoMs = nowMs - desk.takenAtMs;
        double baseTime = synchronised ? (wallMs - agoMs) / 1000.0 : -agoMs / 1000.0;
        return Optional.of(new SenmlPack("", baseTime, desk.records));
    }

    List<NodeSnapshot.SensorStatus> snapshot(long nowMs, long wallMs, boolean synchronised) {
        List<NodeSnapshot.SensorStatus> all = new ArrayList<>();
        for (Map.Entry<String, Desk> entry : desks.entrySet()) {
            Desk desk = entry.getValue();
            all.add(new NodeSnapshot.SensorStatus(
                    entry.getKey(),
                    desk.sensor.status(),
                    latest(entry.getKey(), nowMs, wallMs, synchronised).orElse(null),
                    desk.records == null ? -1 : nowMs - desk.takenAtMs,
                    desk.sensor
                            .calibration()
                            .map(note -> NodeSnapshot.Calibration.of(note, wallMs, synchronised))
                            .orElse(null),
                    desk.sensor
                            .lastBadFrame()
                            .map(frame -> new NodeSnapshot.RefusedFrame(nowMs - frame.atMs(), frame.lines()))
                            .orElse(null)));
        }
        return all;
    }

    /** One sensor. */
    private static final class Desk {
        private final Sensor sensor;
        private @Nullable List<SenmlRecord> records;
        private long takenAtMs;

        Desk(Sensor sensor) {
            this.sensor = sensor;
        }

        void onReading(long atMs, List<Observation> observations, Taker taker) {
            if (observations.isEmpty()) {
                return;
            }
            List<SenmlRecord> taken = SensorRecords.of(observations);
            boolean repeated = records != null && areStale(observations);
            records = taken;
            if (!repeated) {
                takenAtMs = atMs;
            }
            taker.taken(atMs, sensor.name(), taken);
        }

        private static boolean areStale(List<Observation> observations) {
            for (Observation observation : observations) {
                if (observation.quality() != Quality.STALE) {
                    return false;
                }
            }
            return true;
        }
    }
}
