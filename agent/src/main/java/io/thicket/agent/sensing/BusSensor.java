package io.thicket.agent.sensing;

import io.thicket.agent.port.BadFrame;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.Observation;
import io.thicket.drivers.bus.UnitHealth;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.modbus.RegisterCommand;
import io.thicket.drivers.serial.PortState;
import io.thicket.drivers.serial.PortStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One device of a bus. Its readings come from the line's thread and are handed to the node's loop. */
final class BusSensor implements Sensor {
    private final BusLine.Device device;
    private final BusLine line;
    private final Timers timers;
    private final Handover handover;
    private final CommandReturn commandReturn;
    private volatile UnitHealth health;
    private long passAgainAtMs = Long.MIN_VALUE;
    private Timers.@Nullable Handle recheck;

    BusSensor(BusLine.Device device, BusLine line, Timers timers) {
        this.device = device;
        this.line = line;
        this.timers = timers;
        this.handover = new Handover(timers::post);
        this.commandReturn = new CommandReturn(timers);
        this.health = UnitHealth.unknown(device.plan().address());
    }

    @Override
    public String name() {
        return device.name();
    }

    /** Once. */
    @Override
    public void start(SensorListener listener) {
        handover.open(new Handover.Receiver() {
            @Override
            public void reading(long arrivedAtNanos, List<Observation> observations) {
                long takenAtMs = toNodeMs(arrivedAtNanos);
                if (takenAtMs >= passAgainAtMs) {
                    passAgainAtMs = takenAtMs + device.minIntervalMs();
                    listener.onReading(takenAtMs, observations);
                }
            }

            @Override
            public void changed() {
                listener.onStatus(status());
            }
        });
        line.begin();
        recheckLater();
    }

    private void recheckLater() {
        recheck = timers.at(timers.nowMs() + SerialSensor.RECHECK_MS, () -> {
            recheckLater();
            handover.recheck();
            commandReturn.deliver();
        });
    }

    @Override
    public Status status() {
        PortStatus port = line.status();
        UnitHealth unit = health;
        boolean ready = port.state() == PortState.READY;
        String portProblem = port.problem() == null ? "" : port.problem();
        return new Status(
                device.driver(),
                ready ? word(unit) : port.state().name().toLowerCase(Locale.ROOT),
                ready && !unit.problem().isEmpty() ? unit.problem() : portProblem,
                line.port(),
                unit.answers(),
                unit.garbled(),
                port.frames().skippedBytes(),
                handover.dropped(),
                unit);
    }

    /** Of its line: a damaged answer does not say whose it is. */
    @Override
    public Optional<BadFrame> lastBadFrame() {
        return line.lastFault().map(fault -> new BadFrame(toNodeMs(fault.atNanos()), fault.lines()));
    }

    /** A single failure is no news. */
    private static String word(UnitHealth unit) {
        return switch (unit.state()) {
            case UNKNOWN -> "waiting";
            case READY, FAILING -> "ready";
            case SILENT -> "silent";
        };
    }

    @Override
    public List<CommandInfo> commands() {
        return device.plan().map().commands().stream()
                .map(RegisterCommand::info)
                .toList();
    }

    @Override
    public void command(CommandOrder order) {
        line.command(commandReturn.returning(order));
    }

    /** Ends the line's thread; what it read is handed over before this returns, nothing after it. */
    @Override
    public void close() {
        if (recheck != null) {
            recheck.cancel();
        }
        line.end();
        handover.close();
        commandReturn.deliver();
    }

    /** On the line's thread. */
    void observed(long arrivedAtNanos, List<Observation> observations) {
        handover.offerReading(arrivedAtNanos, observations);
    }

    /** On the line's thread. */
    void portChanged() {
        handover.offerChange();
    }

    /** On the line's thread. */
    void healthChanged(UnitHealth now) {
        UnitHealth before = health;
        health = now;
        if (!word(before).equals(word(now)) || !before.problem().equals(now.problem())) {
            handover.offerChange();
        }
    }

    /** The two clocks tick alike; only their origins differ. */
    private long toNodeMs(long arrivedAtNanos) {
        long ageMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - arrivedAtNanos);
        return timers.nowMs() - Math.max(0, ageMs);
    }
}
