package io.thicket.agent.sensing;

import io.thicket.agent.port.Timers;
import io.thicket.drivers.command.CommandOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Brings the outcomes of commands from a port's thread back to the node's loop. It holds no more than there are orders under
 * way, which the ports bound.
 */
final class CommandReturn {
    private final Timers timers;
    private final Queue<Runnable> ended = new ConcurrentLinkedQueue<>();

    CommandReturn(Timers timers) {
        this.timers = timers;
    }

    /** The same order, whose outcome is heard on the loop. */
    CommandOrder returning(CommandOrder order) {
        return new CommandOrder(order.device(), order.command(), order.value(), order.withinMs(), outcome -> {
            ended.add(() -> order.done().accept(outcome));
            // If the loop's queue is full, it goes with the next recheck.
            boolean unused = timers.post(this::deliver);
        });
    }

    /** Hands over what is there. On the loop; from time to time, too. */
    void deliver() {
        for (Runnable each = ended.poll(); each != null; each = ended.poll()) {
            each.run();
        }
    }
}
