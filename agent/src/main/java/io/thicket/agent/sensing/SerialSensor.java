package io.thicket.agent.sensing;

import io.thicket.agent.port.BadFrame;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.Observation;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandingDriver;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.serial.PortListener;
import io.thicket.drivers.serial.PortStatus;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.PortWorker;
import io.thicket.drivers.serial.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A device on a serial port. Its readings come from the port's thread and are handed to the node's loop. */
public final class SerialSensor implements Sensor {
    /** How often the loop looks for what it refused while its queue was full. */
    static final long RECHECK_MS = 2_000;

    private final String name;
    private final DeviceDriver driver;
    private final PortConfig config;
    private final long minIntervalMs;
    private final Timers timers;
    private final Handover handover;
    private final CommandReturn commandReturn;
    private final Map<String, String> options;
    private final PortWorker worker;
    private long passAgainAtMs = Long.MIN_VALUE;
    private Timers.@Nullable Handle recheck;

    /** Faulty options are an {@link IllegalArgumentException} that says what is allowed. */
    public SerialSensor(
            SensorSpec spec,
            DeviceDriver driver,
            PortConfig config,
            Transport.Opener opener,
            PortSystem system,
            Timers timers,
            RandomGenerator random) {
        this.name = spec.name();
        this.minIntervalMs = spec.minIntervalMs();
        this.driver = driver;
        this.config = config;
        this.timers = timers;
        this.handover = new Handover(timers::post);
        this.commandReturn = new CommandReturn(timers);
        this.options = spec.options();
        this.worker = new PortWorker(name, config, session(driver, options), new FromPort(), opener, system, random);
    }

    private static DeviceSession session(DeviceDriver driver, Map<String, String> options) {
        return driver instanceof CommandingDriver its ? its.openForCommands(options) : driver.open(options);
    }

    @Override
    public String name() {
        return name;
    }

    /** Once. */
    @Override
    public void start(SensorListener listener) {
        handover.open(new Handover.Receiver() {
            @Override
            public void reading(long arrivedAtNanos, List<Observation> observations) {
                long takenAtMs = toNodeMs(arrivedAtNanos);
                if (takenAtMs >= passAgainAtMs) {
                    passAgainAtMs = takenAtMs + minIntervalMs;
                    listener.onReading(takenAtMs, observations);
                }
            }

            @Override
            public void changed() {
                listener.onStatus(status());
            }
        });
        worker.start();
        recheckLater();
    }

    private void recheckLater() {
        recheck = timers.at(timers.nowMs() + RECHECK_MS, () -> {
            recheckLater();
            handover.recheck();
            commandReturn.deliver();
        });
    }

    @Override
    public Status status() {
        PortStatus port = worker.status();
        FrameCounts frames = port.frames();
        String problem = port.problem();
        return new Status(
                driver.descriptor().id(),
                port.state().name().toLowerCase(Locale.ROOT),
                problem == null ? "" : problem,
                config.address().text(),
                frames.good(),
                frames.badChecksum() + frames.malformed(),
                frames.skippedBytes(),
                handover.dropped());
    }

    @Override
    public List<CommandInfo> commands() {
        return driver instanceof CommandingDriver its ? its.commands(options) : List.of();
    }

    @Override
    public void command(CommandOrder order) {
        worker.command(commandReturn.returning(order));
    }

    @Override
    public Optional<BadFrame> lastBadFrame() {
        return worker.lastFault().map(fault -> new BadFrame(toNodeMs(fault.atNanos()), fault.lines()));
    }

    /** Ends the port's thread; what it read is handed over before this returns, nothing after it. */
    @Override
    public void close() {
        if (recheck != null) {
            recheck.cancel();
        }
        worker.close();
        handover.close();
        commandReturn.deliver();
    }

    /** The two clocks tick alike; only their origins differ. */
    private long toNodeMs(long arrivedAtNanos) {
        long ageMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - arrivedAtNanos);
        return timers.nowMs() - Math.max(0, ageMs);
    }

    private final class FromPort implements PortListener {
        @Override
        public void observed(long arrivedAtNanos, List<Observation> observations) {
            handover.offerReading(arrivedAtNanos, observations);
        }

        @Override
        public void portChanged(PortStatus status) {
            handover.offerChange();
        }
    }
}
