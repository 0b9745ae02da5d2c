package io.thicket.drivers.serial;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.serial.PortException.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One serial port and the one thread that owns it: opens it, reads it, notices that it is gone, waits for it and opens it
 * again, until {@link #close}. Every call of the port happens on that thread, which removes by construction that a reader
 * of a closed port steals bytes from the next one.
 */
public final class PortWorker implements AutoCloseable {
    /** How long {@link #close} waits for the thread. */
    public static final long STOP_MS = 1000;

    private final PortMachine machine;
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * A worker that does nothing before {@link #start}.
     *
     * @param name for the thread's name
     * @param session belongs to the worker from now on
     * @param listener called on the port's thread
     * @param jitter spreads the attempts to reopen
     */
    public PortWorker(
            String name,
            PortConfig config,
            DeviceSession session,
            PortListener listener,
            Transport.Opener opener,
            PortSystem system,
            RandomGenerator jitter) {
        this.machine = new PortMachine(config, session, listener, opener, system, jitter);
        // A platform thread: native calls would pin a virtual one.
        this.thread = new Thread(this::run, "port-" + name);
        this.thread.setDaemon(true);
    }

    /** Begins to open the port. Once. */
    public void start() {
        thread.start();
    }

    /** How the port is. Any thread. */
    public PortStatus status() {
        return machine.status(System.nanoTime());
    }

    /** The last bytes of the line. Any thread. */
    public FlightRecorder recorder() {
        return machine.recorder();
    }

    /** The newest frame that was refused, with the bytes until then. Any thread. */
    public Optional<DecodeFault> lastFault() {
        return machine.faults().newest();
    }

    /**
     * Writes {@code bytes}; any thread. The result comes when the system took all of them, or fails with a
     * {@link PortException} when the port is lost, {@code withinMs} is over, or too many commands wait.
     */
    public CompletableFuture<@Nullable Void> write(byte[] bytes, long withinMs) {
        PortCommand command = new PortCommand(bytes, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs));
        if (stopping || !machine.submit(command)) {
            command.done.completeExceptionally(new PortException(
                    Problem.TIMEOUT,
                    stopping ? "the port was closed" : PortMachine.MAX_COMMANDS + " commands wait already"));
        } else {
            LockSupport.unpark(thread);
        }
        return command.done;
    }

    /**
     * Tells a device of this port something; any thread. The order hears its outcome once, on the port's thread or during this
     * call.
     */
    public void command(CommandOrder order) {
        machine.orders().offer(System.nanoTime(), order);
        if (stopping) {
            // The thread may have looked for the last time before the order came.
            machine.orders().refuseIncoming("the port was closed");
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** Ends the thread and closes the port; returns within {@link #STOP_MS}. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            long waitNanos = step();
            if (waitNanos > 0 && !stopping) {
                LockSupport.parkNanos(this, waitNanos);
            }
        }
        machine.stop();
    }

    private long step() {
        long nowNanos = System.nanoTime();
        try {
            return machine.step(nowNanos);
        } catch (RuntimeException e) {
            return machine.fault(nowNanos, e);
        }
    }
}
