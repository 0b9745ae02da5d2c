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
    private final Queue<Offered> incoming = new ArrayBlockingQueue<>(MAX_WAITING);
    /** While the port is not ready. */
    private final CommandQueue waiting = new CommandQueue();

    private record Offered(long sinceMs, CommandOrder order) {}

    PortOrders(DeviceSession session) {
        this.session = session;
    }

    /** Any thread. What cannot be taken hears so during the call. The order's time counts from {@code nowNanos} on. */
    void offer(long nowNanos, CommandOrder order) {
        if (!(session instanceof CommandedSession)) {
            order.done().accept(CommandOutcome.of(Kind.NOT_SENT, "the device takes no commands"));
        } else if (!incoming.offer(new Offered(TimeUnit.NANOSECONDS.toMillis(nowNanos), order))) {
            order.done().accept(CommandOutcome.of(Kind.BUSY, MAX_WAITING + " commands wait for this port already"));
        }
    }

    /** The port is ready: its session takes all. */
    void handOver(long nowNanos) {
        if (session instanceof CommandedSession commanded) {
            waiting.handOver(commanded::command);
            for (Offered next = incoming.poll(); next != null; next = incoming.poll()) {
                commanded.command(next.sinceMs(), next.order());
            }
            commanded.expireCommands(TimeUnit.NANOSECONDS.toMillis(nowNanos));
        }
    }

    /** The port is not ready. */
    void await(long nowNanos, String why) {
        for (Offered next = incoming.poll(); next != null; next = incoming.poll()) {
            waiting.add(next.sinceMs(), next.order());
        }
        waiting.expire(TimeUnit.NANOSECONDS.toMillis(nowNanos), why);
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
        for (Offered next = incoming.poll(); next != null; next = incoming.poll()) {
            next.order().done().accept(CommandOutcome.of(Kind.NOT_SENT, why));
        }
    }
}
