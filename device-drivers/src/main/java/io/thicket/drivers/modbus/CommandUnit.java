package io.thicket.drivers.modbus;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.bus.BusUnit;
import io.thicket.drivers.bus.Exchange;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.bus.UnitTiming;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandOutcome.Kind;
import io.thicket.drivers.command.CommandQueue;
import io.thicket.drivers.command.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unit that is read, and told something in between. Commands go before all readings of the line, one at a time:
 *
 * <pre>
 * WRITE --answered--> READ --holds it--> CONFIRMED
 *   |                  | holds something else: read again; then write a second time if it is repeatable; then DIFFERENT
 *   |                  | no answer: read again; then UNCONFIRMED
 *   |                  +--
 *   +--no answer--> READ (whether it obeyed is read, not guessed)
 *   +--exception--> REFUSED
 * </pre>
 *
 * A command that is not read back has nothing but the answer to its write, which is an exact copy of it. So a reading goes before
 * it: the device is there, and the bus knows whether the line echoes.
 */
public final class CommandUnit implements BusUnit {
    /** So many times the place is read before it counts as different: devices need a moment to obey. */
    static final int READS = 3;

    /** Pause before it is read again, and before a busy device is told again. */
    static final long AGAIN_MS = 300;

    /** Most writes of one repeatable command. */
    static final int WRITES = 2;

    /** A command counts as if it had waited so long: longer than any reading. */
    static final long URGENT_MS = 86_400_000;

    /** Longest time from the first write to the outcome; a unit that fails thrice is asked rarely. */
    static final long RUN_MS = 15_000;

    private static final int HEADER = 3;

    private final BusUnit readings;
    private final Map<String, RegisterCommand> commands = new LinkedHashMap<>();
    private final CommandQueue queue = new CommandQueue();
    private @Nullable Running running;
    private boolean asked;
    /** Whether a reading was answered since the newest command came. */
    private boolean met;

    /** A command that was written, or is about to be. */
    private static final class Running {
        private final CommandOrder order;
        private final RegisterCommand command;
        private final long raw;
        private boolean reading;
        private boolean written;
        private boolean answered;
        private int writes;
        private int reads;
        private final long beganMs;
        private long dueMs;

        Running(CommandOrder order, RegisterCommand command, long nowMs) {
            this.order = order;
            this.command = command;
            this.raw = command.raw(order.value());
            this.beganMs = nowMs;
            this.dueMs = nowMs;
        }
    }

    /** @param readings the unit as it is read */
    public CommandUnit(BusUnit readings, List<RegisterCommand> commands) {
        this.readings = readings;
        commands.forEach(each -> this.commands.put(each.name(), each));
    }

    /** Takes an order that was given at {@code sinceMs}. */
    public void command(long sinceMs, CommandOrder order) {
        if (commands.containsKey(order.command())) {
            met = false;
            queue.add(sinceMs, order);
        } else {
            order.done()
                    .accept(CommandOutcome.of(Kind.NOT_SENT, "the device has no command '" + order.command() + "'"));
        }
    }

    /** Gives up what waits too long. */
    public void expire(long nowMs) {
        Running now = running;
        if (now != null && !asked && nowMs - now.beganMs >= RUN_MS) {
            silent(now);
        }
        queue.expire(nowMs, "unit " + address() + " could not be reached in time; see its problem in thicket status");
    }

    /** Gives up everything. */
    public void drop(String why) {
        Running now = running;
        if (now != null) {
            end(now, CommandOutcome.of(now.written ? Kind.UNCONFIRMED : Kind.NOT_SENT, why));
        }
        queue.drop(why);
    }

    @Override
    public int address() {
        return readings.address();
    }

    @Override
    public Priority priority() {
        return readings.priority();
    }

    @Override
    public UnitTiming timing() {
        return readings.timing();
    }

    @Override
    public long waitMs(long nowMs) {
        Running now = running;
        long itsMs = readings.waitMs(nowMs);
        if (now != null) {
            return nowMs - now.dueMs >= 0 ? -URGENT_MS : Math.min(now.dueMs - nowMs, itsMs);
        }
        return queue.isEmpty() ? itsMs : -URGENT_MS;
    }

    @Override
    public Exchange next(long nowMs) {
        Running now = running;
        if (now == null) {
            now = begin(nowMs);
        }
        asked = now != null && nowMs - now.dueMs >= 0;
        if (now == null || !asked) {
            return readings.next(nowMs);
        }
        if (now.reading) {
            now.reads++;
            return now.command.read(address());
        }
        now.writes++;
        now.written = true;
        return now.command.write(address(), now.raw);
    }

    private @Nullable Running begin(long nowMs) {
        CommandOrder order = queue.peek();
        RegisterCommand command = order == null ? null : commands.get(order.command());
        if (order == null || command == null || !command.readBack() && !met) {
            return null;
        }
        met = false;
        CommandOrder unused = queue.take();
        Running now = new Running(order, command, nowMs);
        running = now;
        return now;
    }

    @Override
    public boolean answered(long nowMs, long arrivedAtMs, byte[] window, int from, int to) {
        Running now = running;
        if (!asked || now == null) {
            met = readings.answered(nowMs, arrivedAtMs, window, from, to);
            return met;
        }
        asked = false;
        if ((window[from + 1] & 0x80) != 0) {
            return exception(now, nowMs, ExceptionCode.of(window[from + 2] & 0xFF));
        }
        if (!now.reading) {
            now.answered = true;
            if (now.command.readBack()) {
                look(now, nowMs);
            } else {
                end(now, CommandOutcome.confirmed(now.order.value()));
            }
        } else if (now.command.isHeld(window, from + HEADER, now.raw)) {
            end(now, CommandOutcome.confirmed(now.command.held(window, from + HEADER)));
        } else if (now.reads < READS) {
            now.dueMs = nowMs + AGAIN_MS;
        } else if (now.command.info().repeatable() && now.writes < WRITES) {
            now.reading = false;
            now.reads = 0;
            now.dueMs = nowMs;
        } else {
            different(now, window, from + HEADER);
        }
        return true;
    }

    private void different(Running now, byte[] window, int at) {
        Value held = now.command.held(window, at);
        String text = "unit " + address() + " holds "
                + (held == null ? "something else" : Setting.text(held)) + " after the write"
                + (now.answered ? ", which it acknowledged" : ", which it did not answer");
        end(now, new CommandOutcome(Kind.DIFFERENT, text, held));
    }

    private boolean exception(Running now, long nowMs, ExceptionCode code) {
        if (code.isUnreached()) {
            failed(now, nowMs);
            return false;
        }
        String says = "unit " + address() + " says: " + code.words();
        if (now.reading) {
            if (code.isPassing() && now.reads < READS) {
                now.dueMs = nowMs + AGAIN_MS;
            } else {
                end(now, CommandOutcome.of(Kind.UNCONFIRMED, "it was written, but cannot be read back: " + says));
            }
        } else if (code == ExceptionCode.ACKNOWLEDGE) {
            look(now, nowMs + AGAIN_MS);
        } else if (code == ExceptionCode.BUSY && now.writes < WRITES) {
            // A busy device has not begun to obey (Modbus application protocol, section 7), so this is no repetition.
            now.dueMs = nowMs + AGAIN_MS;
        } else {
            end(now, CommandOutcome.of(Kind.REFUSED, says));
        }
        return true;
    }

    @Override
    public boolean takesCopies() {
        Running now = running;
        return !asked || now == null || now.command.readBack();
    }

    @Override
    public void failed(long nowMs, Failure failure) {
        Running now = running;
        met = false;
        if (!asked || now == null) {
            readings.failed(nowMs, failure);
            return;
        }
        asked = false;
        failed(now, nowMs);
    }

    private void failed(Running now, long nowMs) {
        if (!now.reading && now.command.readBack()) {
            look(now, nowMs);
        } else if (now.reading && now.reads < READS) {
            now.dueMs = nowMs;
        } else {
            silent(now);
        }
    }

    private void silent(Running now) {
        String how = now.answered
                ? " acknowledged the write and then fell silent"
                : " does not answer; whether it obeyed is not known";
        end(now, CommandOutcome.of(Kind.UNCONFIRMED, "unit " + address() + how));
    }

    private static void look(Running now, long atMs) {
        now.reading = true;
        now.reads = 0;
        now.dueMs = atMs;
    }

    private void end(Running now, CommandOutcome outcome) {
        running = null;
        now.order.done().accept(outcome);
    }

    @Override
    public void reset() {
        drop("the port was opened anew");
        asked = false;
        met = false;
        readings.reset();
    }

    @Override
    public String complaint() {
        return readings.complaint();
    }
}
