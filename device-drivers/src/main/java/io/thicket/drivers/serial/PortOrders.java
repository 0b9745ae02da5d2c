package io.thicket.drivers.serial;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandOutcome.Kind;
import io.thicket.drivers.command.CommandQueue;
import io.thicket.drivers.command.CommandedSession;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Orders on their way to a port's session. Any thread puts them in; the port's thread hands them over when the port is ready, and
 * gives them up when it is not in time.
 */
final class PortOrders {
    /** Orders that no session has taken yet. */
    static final int MAX_WAITING = 16;

    private final DeviceSession session;
    private final Queue<CommandOrder> incoming = new ArrayBlockingQueue<>(MAX_WAITING);
    /** While the port is not ready. */
    private final CommandQueue waiting = new CommandQueue();

    PortOrders(DeviceSession session) {
        this.session = session;
    }

    /** Any thread. What cannot be taken hears so during the call. */
    void offer(CommandOrder order) {
        if (!(session instanceof CommandedSession)) {
            order.done().accept(CommandOutcome.of(Kind.NOT_SENT, "the device takes no commands"));
        } else if (!incoming.offer(order)) {
            order.done().accept(CommandOutcome.of(Kind.BUSY, MAX_WAITING + " commands wait for this port already"));
        }
    }

    /** The port is ready: its session takes all. */
    void handOver(long nowNanos) {
        if (session instanceof CommandedSession commanded) {
            long nowMs = TimeUnit.NANOSECONDS.toMillis(nowNanos);
            for (CommandOrder order = waiting.take(); order != null; order = waiting.take()) {
                commanded.command(nowMs, order);
            }
            for (CommandOrder order = incoming.poll(); order != null; order = incoming.poll()) {
                commanded.command(nowMs, order);
            }
            commanded.expireCommands(nowMs);
        }
    }

    /** The port is not ready. */
    void await(long nowNanos, String why) {
        long nowMs = TimeUnit.NANOSECONDS.toMillis(nowNanos);
        for (CommandOrder order = incoming.poll(); order != null; order = incoming.poll()) {
            waiting.add(nowMs, order);
        }
        waiting.expire(nowMs, why);
    }

    /** The port was lost. Orders that the session has not seen wait on. */
    void lost(String why) {
        if (session instanceof CommandedSession commanded) {
            commanded.dropCommands(why);
        }
    }

    /** The port is closed for good. */
    void close(String why) {
        lost(why);
        waiting.drop(why);
        refuseIncoming(why);
    }

    /** Any thread: nobody will take what comes now. */
    void refuseIncoming(String why) {
        for (CommandOrder order = incoming.poll(); order != null; order = incoming.poll()) {
            order.done().accept(CommandOutcome.of(Kind.NOT_SENT, why));
        }
    }
}
