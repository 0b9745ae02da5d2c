package io.thicket.drivers.serial;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineAction;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.serial.PortException.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a port worker does, without its thread: each {@link #step} does what is due and says how long to wait. The time is
 * an argument. All methods but {@link #status} and {@link #submit} are for the port's thread.
 *
 * <pre>
 * CLOSED --first step--> OPENING --opened--> SETTLING --settle time over--> READY
 *                          |  ^ failed: wait, try again                       |
 *                          +--+                   LOST &lt;---- any failure -----+
 *                                                  |  ^ failed: wait, try again
 *                                                  +--+--opened--> SETTLING
 * </pre>
 */
final class PortMachine {
    /** Commands waiting to be written. */
    static final int MAX_COMMANDS = 16;

    /** Bytes taken in one step, so that a port that never falls silent can still be stopped. */
    static final int MAX_BYTES_PER_STEP = 16 * 1024;

    static final long BACKOFF_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    static final long BACKOFF_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How often a missing port is looked for. */
    static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A node that just appeared gets its owner and mode from udev a moment later. */
    static final long APPEARED_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** A port that speaks for so long works; one that says why it hangs up does not. */
    static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long BUSY_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int BUSY_POLLS = 16;
    private static final long CALM_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int CALM_POLLS = 40;
    private static final long IDLE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int BUFFER_BYTES = 4096;

    /** So long the line may take to accept a request of a polled session. */
    private static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PortConfig config;
    private final DeviceSession session;
    private final PortListener listener;
    private final Transport.Opener opener;
    private final PortResolver resolver;
    private final Path locks;
    private final RandomGenerator jitter;
    private final FlightRecorder recorder = new FlightRecorder();
    private final FaultWatch faults = new FaultWatch();
    private final Queue<PortCommand> commands = new ArrayBlockingQueue<>(MAX_COMMANDS);
    private final PortOrders orders;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    private PortState state = PortState.CLOSED;
    private @Nullable Transport transport;
    private @Nullable PortLock lock;
    private @Nullable String resolved;
    private @Nullable String problem;
    private boolean missing;
    private int failures;
    private long attemptAtNanos;
    private boolean settling;
    private long settledAtNanos;
    private long readyAtNanos;
    private @Nullable PortCommand request;
    private int silentPolls;
    private long saidSilenceAtNanos;
    private long openings;
    private long bytesRead;
    private long lastByteAtNanos;
    private volatile View view;

    /** What other threads may see. */
    private record View(PortStatus status, long lastByteAtNanos) {}

    PortMachine(
            PortConfig config,
            DeviceSession session,
            PortListener listener,
            Transport.Opener opener,
            PortSystem system,
            RandomGenerator jitter) {
        this.config = config;
        this.session = session;
        this.listener = listener;
        this.opener = opener;
        this.resolver = new PortResolver(system.dev(), system.sys());
        this.locks = system.locks();
        this.jitter = jitter;
        this.orders = new PortOrders(session);
        this.view = new View(
                new PortStatus(PortState.CLOSED, config.address().text(), null, null, 0, 0, FrameCounts.NONE, -1), 0);
    }

    /** Does what is due at {@code nowNanos}; returns how many nanoseconds to wait before the next step. */
    long step(long nowNanos) {
        if (state == PortState.READY) {
            orders.handOver(nowNanos);
        } else {
            orders.await(nowNanos, problem == null ? config.address().text() + " was not open in time" : problem);
        }
        long wait =
                switch (state) {
                    case CLOSED -> {
                        state = PortState.OPENING;
                        yield open(nowNanos);
                    }
                    case OPENING, LOST -> awaitPort(nowNanos);
                    case SETTLING -> settle(nowNanos);
                    case READY -> work(nowNanos);
                };
        publish();
        return wait;
    }

    /** An error of our own code: gives the port up and tries again later, so that one fault does not end a sensor. */
    long fault(long nowNanos, RuntimeException error) {
        long wait = lose(nowNanos, "internal error of the driver: " + error + "; please report it");
        publish();
        return wait;
    }

    /** Closes for good. */
    void stop() {
        closePort();
        failCommands(new PortException(Problem.LOST, "the port was closed"));
        orders.close("the port was closed");
        state = PortState.CLOSED;
        problem = null;
        publish();
    }

    /** Queues a command; false if the queue is full. Any thread. */
    boolean submit(PortCommand command) {
        return commands.offer(command);
    }

    /** Orders for the session's devices. */
    PortOrders orders() {
        return orders;
    }

    /** Any thread. */
    PortStatus status(long nowNanos) {
        View seen = view;
        PortStatus status = seen.status();
        long ago = status.bytesRead() == 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(nowNanos - seen.lastByteAtNanos());
        return new PortStatus(
                status.state(),
                status.configured(),
                status.resolved(),
                status.problem(),
                status.openings(),
                status.bytesRead(),
                status.frames(),
                ago);
    }

    FlightRecorder recorder() {
        return recorder;
    }

    FaultWatch faults() {
        return faults;
    }

    private long open(long nowNanos) {
        try {
            PortResolver.Resolved found = resolver.resolve(config.address());
            lock = config.address().isLocal() ? PortLock.take(locks, found.node()) : null;
            Transport opened = opener.open(found.node(), config.line());
            transport = opened;
            opened.purge();
            resolved = found.node();
            problem = found.warning();
            openings++;
            settling = config.settleMs() == 0;
            settledAtNanos = nowNanos;
            state = PortState.SETTLING;
            // Opening may have taken seconds: what settles is given its time from the next step on.
            return settling ? settle(nowNanos) : 0;
        } catch (PortException e) {
            return retryLater(nowNanos, e);
        }
    }

    private long awaitPort(long nowNanos) {
        expireCommands(nowNanos);
        if (missing && resolver.exists(config.address())) {
            missing = false;
            failures = 0;
            attemptAtNanos = nowNanos + APPEARED_NANOS;
        }
        if (nowNanos - attemptAtNanos >= 0) {
            return open(nowNanos);
        }
        return Math.min(attemptAtNanos - nowNanos, WATCH_NANOS);
    }

    /** Throws away what a board prints while it starts. */
    private long settle(long nowNanos) {
        Transport port = Objects.requireNonNull(transport);
        if (!settling) {
            settling = true;
            settledAtNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(config.settleMs());
        }
        try {
            if (nowNanos - settledAtNanos < 0) {
                int pending = Math.min(port.pending(), BUFFER_BYTES);
                int read = pending == 0 ? 0 : port.read(buffer, 0, pending);
                recorder.record(nowNanos, true, buffer, 0, read);
                return Math.min(settledAtNanos - nowNanos, IDLE_POLL_NANOS);
            }
            if (config.settleMs() > 0) {
                port.purge();
            }
        } catch (PortException e) {
            return lose(nowNanos, e.sentence());
        }
        session.reset();
        request = null;
        silentPolls = 0;
        saidSilenceAtNanos = nowNanos;
        readyAtNanos = nowNanos;
        state = PortState.READY;
        return 0;
    }

    private long work(long nowNanos) {
        Transport port = Objects.requireNonNull(transport);
        try {
            boolean heard = readPending(port, nowNanos);
            boolean asking = session instanceof PolledSession polled && ask(port, polled, nowNanos);
            boolean writing = writeSome(port, nowNanos) || asking;
            silentPolls = heard || writing ? 0 : silentPolls + 1;
        } catch (PortException e) {
            return lose(nowNanos, e.sentence());
        }
        if (silentPolls > 0 && nowNanos - saidSilenceAtNanos >= SILENCE_NANOS) {
            saidSilenceAtNanos = nowNanos;
            session.onSilence(TimeUnit.NANOSECONDS.toMillis(nowNanos), this::observed);
        }
        faults.look(nowNanos, session.counts(), recorder);
        return untilAsked(pollNanos(), nowNanos);
    }

    private long pollNanos() {
        if (silentPolls <= BUSY_POLLS) {
            return BUSY_POLL_NANOS;
        }
        return silentPolls <= BUSY_POLLS + CALM_POLLS ? CALM_POLL_NANOS : IDLE_POLL_NANOS;
    }

    /** The wait, shortened to when a polled session has something to do. */
    private long untilAsked(long waitNanos, long nowNanos) {
        if (!(session instanceof PolledSession polled)) {
            return waitNanos;
        }
        long dueMs = polled.waitMs(TimeUnit.NANOSECONDS.toMillis(nowNanos));
        return Math.min(waitNanos, Math.max(BUSY_POLL_NANOS, TimeUnit.MILLISECONDS.toNanos(dueMs)));
    }

    /** Writes what a polled session wants to ask; true while there is something. */
    private boolean ask(Transport port, PolledSession polled, long nowNanos) throws PortException {
        long nowMs = TimeUnit.NANOSECONDS.toMillis(nowNanos);
        PortCommand asked = request;
        if (asked == null) {
            LineAction action = polled.takeLineAction(nowMs);
            if (action != null) {
                act(port, action);
                return true;
            }
            byte[] bytes = polled.poll(nowMs);
            if (bytes == null) {
                return false;
            }
            asked = new PortCommand(bytes, nowNanos + REQUEST_NANOS);
            request = asked;
        }
        if (nowNanos - asked.deadlineNanos >= 0) {
            throw new PortException(Problem.LOST, resolved + " does not take what is written; it is opened anew");
        }
        int written = port.write(asked.bytes, asked.written, asked.bytes.length - asked.written);
        recorder.record(nowNanos, false, asked.bytes, asked.written, written);
        asked.written += written;
        if (asked.written == asked.bytes.length) {
            request = null;
            polled.onSent(nowMs);
        }
        return true;
    }

    private void act(Transport port, LineAction action) throws PortException {
        if (action instanceof LineAction.Speed speed) {
            LineParameters line = config.line();
            port.setLine(
                    speed.baud() == LineAction.Speed.CONFIGURED
                            ? line
                            : new LineParameters(
                                    speed.baud(),
                                    line.dataBits(),
                                    line.parity(),
                                    line.stopBits(),
                                    line.dtr(),
                                    line.rts()));
        } else if (action instanceof LineAction.Break low) {
            // A line that cannot is used all the same: adapters with a controller make the break themselves.
            boolean unused = port.sendBreak(low.lengthMs());
        } else {
            throw new AssertionError(action);
        }
    }

    private boolean readPending(Transport port, long nowNanos) throws PortException {
        int taken = 0;
        // Also while nothing comes: asking is what notices that the port was unplugged.
        int pending = port.pending();
        while (pending > 0 && taken < MAX_BYTES_PER_STEP) {
            int read = port.read(buffer, 0, Math.min(pending, BUFFER_BYTES));
            if (read == 0) {
                break;
            }
            recorder.record(nowNanos, true, buffer, 0, read);
            bytesRead += read;
            lastByteAtNanos = nowNanos;
            if (nowNanos - readyAtNanos >= STEADY_NANOS) {
                failures = 0;
            }
            session.onBytes(TimeUnit.NANOSECONDS.toMillis(nowNanos), buffer, 0, read, this::observed);
            taken += read;
            pending -= read;
        }
        return taken > 0;
    }

    /** Writes as much of the first command as the line takes; true while there is one. */
    private boolean writeSome(Transport port, long nowNanos) throws PortException {
        PortCommand command = commands.peek();
        if (command == null) {
            return false;
        }
        if (nowNanos - command.deadlineNanos >= 0) {
            commands.remove();
            port.purge();
            command.done.completeExceptionally(new PortException(
                    Problem.TIMEOUT, resolved + " did not take " + command.bytes.length + " bytes in time"));
            return true;
        }
        int written = port.write(command.bytes, command.written, command.bytes.length - command.written);
        recorder.record(nowNanos, false, command.bytes, command.written, written);
        command.written += written;
        if (command.written == command.bytes.length) {
            commands.remove();
            command.done.complete(null);
        }
        return true;
    }

    private void observed(long arrivedAtMs, List<Observation> observations) {
        listener.observed(TimeUnit.MILLISECONDS.toNanos(arrivedAtMs), observations);
    }

    /** The open port failed. It is closed at once: only then does an adapter that is plugged in again keep its number. */
    private long lose(long nowNanos, String why) {
        closePort();
        failCommands(new PortException(Problem.LOST, why));
        orders.lost(why);
        state = PortState.LOST;
        problem = why;
        missing = false;
        return backOff(nowNanos);
    }

    private long retryLater(long nowNanos, PortException why) {
        closePort();
        state = openings > 0 ? PortState.LOST : PortState.OPENING;
        problem = why.sentence();
        missing = why.problem() == Problem.MISSING;
        return backOff(nowNanos);
    }

    private long backOff(long nowNanos) {
        long doubled = BACKOFF_MIN_NANOS << Math.min(failures, 6);
        failures++;
        long delay = Math.min(BACKOFF_MAX_NANOS, doubled);
        // Up to a quarter less, so that many sensors of one hub do not come back in step.
        delay -= (long) (delay * jitter.nextDouble() / 4);
        attemptAtNanos = nowNanos + delay;
        return Math.min(delay, WATCH_NANOS);
    }

    private void closePort() {
        Transport port = transport;
        if (port != null) {
            port.close();
            transport = null;
        }
        PortLock held = lock;
        if (held != null) {
            held.release();
            lock = null;
        }
    }

    private void expireCommands(long nowNanos) {
        PortCommand command = commands.peek();
        while (command != null && nowNanos - command.deadlineNanos >= 0) {
            commands.remove();
            command.done.completeExceptionally(
                    new PortException(Problem.TIMEOUT, config.address().text() + " was not open in time"));
            command = commands.peek();
        }
    }

    private void failCommands(PortException why) {
        PortCommand command = commands.poll();
        while (command != null) {
            command.done.completeExceptionally(why);
            command = commands.poll();
        }
    }

    /** Shows the new state to other threads, and tells the listener if more than the counts changed. */
    private void publish() {
        PortStatus before = view.status();
        boolean changed = before.state() != state
                || before.openings() != openings
                || !Objects.equals(before.problem(), problem)
                || !Objects.equals(before.resolved(), resolved);
        if (!changed && before.bytesRead() == bytesRead && before.frames().equals(session.counts())) {
            return;
        }
        PortStatus status = new PortStatus(
                state, config.address().text(), resolved, problem, openings, bytesRead, session.counts(), -1);
        view = new View(status, lastByteAtNanos);
        if (changed) {
            listener.portChanged(status);
        }
    }
}
