package io.thicket.agent.cli;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineAction;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.bus.Bus;
import io.thicket.drivers.bus.BusParameters;
import io.thicket.drivers.bus.EchoMode;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.capture.Detector;
import io.thicket.drivers.catalogue.ModbusDriver;
import io.thicket.drivers.modbus.ModbusUnit;
import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.modbus.UnitPlan;
import io.thicket.drivers.serial.LockedPort;
import io.thicket.drivers.serial.PortException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks at a port what one driver would ask there, for a while, and listens for an answer that it understands. */
final class Interview {
    /** A device that has begun to answer is listened to until it pauses for so long, */
    private static final long PAUSE_MS = 2_000;

    /** but no longer than this many times the time that it is given: a meter at 300 baud speaks for half a minute. */
    private static final int PATIENCE = 20;

    private static final long POLL_MS = 2;
    private static final long MODBUS_INTERVAL_MS = 1_000;
    private static final int BUFFER_BYTES = 4096;

    private final LockedPort port;
    private final LineParameters line;
    private final long beginNanos = System.nanoTime();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private List<Observation> last = List.of();
    private long heardBytes;
    private long heardAtMs;

    private Interview(LockedPort port, LineParameters line) {
        this.port = port;
        this.line = line;
    }

    /** Whether a device of this driver speaks when it is asked, and can be asked without being configured. */
    static boolean isFor(DeviceDriver driver) {
        return driver instanceof ModbusDriver modbus ? !modbus.needsMap() : opened(driver) instanceof PolledSession;
    }

    private static @Nullable DeviceSession opened(DeviceDriver driver) {
        try {
            return driver.open(Map.of());
        } catch (IllegalArgumentException e) {
            // It needs to be told what to ask.
            return null;
        }
    }

    /** What the device said to the driver's questions; empty if it said nothing that the driver understands. */
    static Optional<Detector.Score> with(DeviceDriver driver, LockedPort port, long forMs) throws PortException {
        LineParameters line = driver.descriptor().line();
        Interview interview = new Interview(port, line);
        PolledSession session = interview.session(driver);
        port.transport().setLine(line);
        port.transport().purge();
        interview.lead(session, forMs);
        FrameCounts counts = session.counts();
        if (counts.good() == 0) {
            return Optional.empty();
        }
        double share = Math.max(0, 1 - (double) counts.skippedBytes() / Math.max(1, interview.heardBytes));
        return Optional.of(new Detector.Score(driver.descriptor(), counts, share, interview.last));
    }

    private PolledSession session(DeviceDriver driver) {
        if (driver instanceof ModbusDriver modbus) {
            RegisterMap map = modbus.map(Map.of());
            UnitPlan plan = new UnitPlan(
                    map.unit(),
                    map,
                    Set.of(),
                    Math.max(MODBUS_INTERVAL_MS, map.minIntervalMs()),
                    Priority.NORMAL,
                    map.timing());
            return new Bus(
                    new BusParameters(line, EchoMode.AUTO),
                    List.of(new ModbusUnit(plan, (atMs, values) -> last = values)),
                    (index, health) -> {});
        }
        if (opened(driver) instanceof PolledSession polled) {
            polled.reset();
            return polled;
        }
        throw new IllegalArgumentException(driver.descriptor().id() + " does not ask");
    }

    private void lead(PolledSession session, long forMs) throws PortException {
        byte[] request = null;
        int written = 0;
        while (session.counts().good() == 0
                && !isOver(forMs)
                && !Thread.currentThread().isInterrupted()) {
            if (request == null) {
                LineAction action = session.takeLineAction(nowMs());
                if (action != null) {
                    act(action);
                }
                request = action == null ? session.poll(nowMs()) : null;
                written = 0;
            }
            if (request != null) {
                written += port.transport().write(request, written, request.length - written);
                if (written == request.length) {
                    session.onSent(nowMs());
                    request = null;
                }
            }
            if (!hear(session)) {
                pause();
            }
        }
    }

    private long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
    }

    private boolean isOver(long forMs) {
        long nowMs = nowMs();
        boolean speaks = heardBytes > 0 && nowMs - heardAtMs < PAUSE_MS && nowMs < PATIENCE * forMs;
        return nowMs >= forMs && !speaks;
    }

    private void act(LineAction action) throws PortException {
        if (action instanceof LineAction.Speed speed) {
            boolean usual = speed.baud() == LineAction.Speed.CONFIGURED;
            port.transport().setLine(usual ? line : PortTool.atSpeed(line, speed.baud()));
        } else if (action instanceof LineAction.Break low) {
            // Adapters with a controller make the break themselves.
            boolean unused = port.transport().sendBreak(low.lengthMs());
        } else {
            throw new AssertionError(action);
        }
    }

    private boolean hear(PolledSession session) throws PortException {
        int pending = Math.min(port.transport().pending(), BUFFER_BYTES);
        int read = pending == 0 ? 0 : port.transport().read(buffer, 0, pending);
        if (read > 0) {
            heardAtMs = nowMs();
            heardBytes += read;
            session.onBytes(heardAtMs, buffer, 0, read, (at, values) -> last = new ArrayList<>(values));
        }
        return read > 0;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
