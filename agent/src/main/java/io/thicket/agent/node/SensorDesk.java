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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node's sensors: turns their readings into SenML records, and keeps the newest of each. */
final class SensorDesk {
    /** The first of a chain in the order of their configuration, null for none; few, nearly always one. */
    private final @Nullable Desk first;

    /** What to do with a reading that was taken. */
    interface Taker {
        void taken(long takenAtMs, String sensor, List<SenmlRecord> records);
    }

    /** What to do when a sensor's status changed. */
    interface StatusTaker {
        void changed(String sensor, Sensor.Status status);
    }

    SensorDesk(List<Sensor> sensors) {
        Set<String> names = new HashSet<>();
        for (Sensor sensor : sensors) {
            if (!names.add(sensor.name())) {
                throw new IllegalArgumentException("two sensors named '" + sensor.name() + "'");
            }
        }
        Desk chain = null;
        for (int i = sensors.size() - 1; i >= 0; i--) {
            chain = new Desk(sensors.get(i), chain);
        }
        first = chain;
    }

    void start(Taker taker, StatusTaker statusTaker) {
        for (Desk desk = first; desk != null; desk = desk.next) {
            desk.start(taker, statusTaker);
        }
    }

    void close() {
        for (Desk desk = first; desk != null; desk = desk.next) {
            desk.sensor.close();
        }
    }

    private @Nullable Desk desk(String sensor) {
        for (Desk desk = first; desk != null; desk = desk.next) {
            if (desk.sensor.name().equals(sensor)) {
                return desk;
            }
        }
        return null;
    }

    List<CommandInfo> commands(String sensor) {
        Desk desk = desk(sensor);
        return desk == null ? List.of() : desk.sensor.commands();
    }

    void command(CommandOrder order) {
        Desk desk = desk(order.device());
        if (desk == null) {
            order.done()
                    .accept(CommandOutcome.of(
                            CommandOutcome.Kind.NOT_SENT, "there is no sensor '" + order.device() + "'"));
        } else {
            desk.sensor.command(order);
        }
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Desk desk = first; desk != null; desk = desk.next) {
            names.add(desk.sensor.name());
        }
        return names;
    }

    /** The newest reading as a pack without base name; the base time is {@code bt}'s absolute or relative form. */
    Optional<SenmlPack> latest(String sensor, long nowMs, long wallMs, boolean synchronised) {
        Desk desk = desk(sensor);
        if (desk == null || desk.records == null) {
            return Optional.empty();
        }
        long agoMs = nowMs - desk.takenAtMs;
        double baseTime = synchronised ? (wallMs - agoMs) / 1000.0 : -agoMs / 1000.0;
        return Optional.of(new SenmlPack("", baseTime, desk.records));
    }

    List<NodeSnapshot.SensorStatus> snapshot(long nowMs, long wallMs, boolean synchronised) {
        List<NodeSnapshot.SensorStatus> all = new ArrayList<>();
        for (Desk desk = first; desk != null; desk = desk.next) {
            String name = desk.sensor.name();
            all.add(new NodeSnapshot.SensorStatus(
                    name,
                    desk.sensor.status(),
                    latest(name, nowMs, wallMs, synchronised).orElse(null),
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
    private static final class Desk implements Sensor.SensorListener {
        private final Sensor sensor;
        private final @Nullable Desk next;
        private @Nullable Taker taker;
        private @Nullable StatusTaker statusTaker;
        private @Nullable List<SenmlRecord> records;
        private long takenAtMs;

        Desk(Sensor sensor, @Nullable Desk next) {
            this.sensor = sensor;
            this.next = next;
        }

        void start(Taker newTaker, StatusTaker newStatusTaker) {
            taker = newTaker;
            statusTaker = newStatusTaker;
            sensor.start(this);
        }

        @Override
        public void onStatus(Sensor.Status status) {
            StatusTaker to = statusTaker;
            if (to != null) {
                to.changed(sensor.name(), status);
            }
        }

        @Override
        public void onReading(long atMs, List<Observation> observations) {
            Taker to = taker;
            if (to == null || observations.isEmpty()) {
                return;
            }
            List<SenmlRecord> taken = SensorRecords.of(observations);
            boolean repeated = records != null && areStale(observations);
            records = taken;
            if (!repeated) {
                takenAtMs = atMs;
            }
            to.taken(atMs, sensor.name(), taken);
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
