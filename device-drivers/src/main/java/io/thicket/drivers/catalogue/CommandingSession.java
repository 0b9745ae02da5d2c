package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineAction;
import io.thicket.drivers.Observation;
import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandOutcome.Kind;
import io.thicket.drivers.command.CommandQueue;
import io.thicket.drivers.command.CommandedSession;
import io.thicket.drivers.framing.FrameDecoder;
import io.thicket.drivers.spec.CommandCheck;
import io.thicket.drivers.spec.CommandSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A session whose device can be told something: one command at a time, before the next question, never during one. It is over
 * when the device answers, falls silent or speaks as the specification says, or when the time for that is over. Only a
 * repeatable command is sent a second time, once, after silence.
 */
final class CommandingSession implements CommandedSession {
    /** A device that sends at least once in two seconds is silent after so long. */
    static final long QUIET_MS = CommandCheck.QUIET_MS;

    private static final int MOST_SENT = 2;

    private final Map<String, CommandSpec> commands = new LinkedHashMap<>();
    private final UnaryOperator<byte[]> toLine;
    private final CommandQueue queue = new CommandQueue();
    private @Nullable DeviceSession inner;
    private @Nullable Running running;
    private boolean everHeard;
    private long heardAtMs;

    private enum Phase {
        TO_SEND,
        /** The port has the bytes; not all are out. */
        WRITING,
        SENT
    }

    /** A command that was sent, or is about to be. */
    private static final class Running {
        private final CommandOrder order;
        private final CommandSpec spec;
        private final long raw;
        private int timesSent;
        private Phase phase = Phase.TO_SEND;
        private long sentMs;
        private long lastFrameMs;

        Running(CommandOrder order, CommandSpec spec) {
            this.order = order;
            this.spec = spec;
            this.raw = spec.raw(order.value());
        }
    }

    /** @param toLine what is written to the line to send a command's bytes */
    CommandingSession(List<CommandSpec> commands, UnaryOperator<byte[]> toLine) {
        this.toLine = toLine;
        commands.forEach(each -> this.commands.put(each.name(), each));
    }

    /** The decoder, overheard: frames that answer a command are seen here, too. */
    FrameDecoder overhearing(FrameDecoder decoder) {
        return new FrameDecoder() {
            @Override
            public Outcome decode(long at, byte[] frame, int offset, int length, List<Observation> values) {
                heard(at, frame, offset, length);
                return decoder.decode(at, frame, offset, length, values);
            }

            @Override
            public void reopened() {
                decoder.reopened();
            }
        };
    }

    /** What the device says and is asked besides; once, before anything else. */
    CommandingSession around(DeviceSession session) {
        inner = session;
        return this;
    }

    private DeviceSession inner() {
        DeviceSession its = inner;
        if (its == null) {
            throw new IllegalStateException("no session");
        }
        return its;
    }

    @Override
    public void command(long sinceMs, CommandOrder order) {
        if (commands.containsKey(order.command())) {
            queue.add(sinceMs, order);
        } else {
            order.done()
                    .accept(CommandOutcome.of(Kind.NOT_SENT, "the device has no command '" + order.command() + "'"));
        }
    }

    @Override
    public void expireCommands(long nowMs) {
        queue.expire(nowMs, "the line was not free in time");
    }

    @Override
    public void dropCommands(String why) {
        Running now = running;
        if (now != null) {
            end(now, CommandOutcome.of(now.timesSent > 0 ? Kind.UNCONFIRMED : Kind.NOT_SENT, why));
        }
        queue.drop(why);
    }

    @Override
    public @Nullable LineAction takeLineAction(long nowMs) {
        return running == null && inner() instanceof PolledSession polled ? polled.takeLineAction(nowMs) : null;
    }

    @Override
    public byte @Nullable [] poll(long nowMs) {
        Running now = running;
        if (now != null) {
            decide(now, nowMs);
            now = running;
        }
        if (now == null && isFree()) {
            now = begin();
        }
        if (now != null) {
            if (now.phase != Phase.TO_SEND) {
                return null;
            }
            now.phase = Phase.WRITING;
            now.timesSent++;
            return toLine.apply(now.spec.bytes(now.order.value()));
        }
        return inner() instanceof PolledSession polled ? polled.poll(nowMs) : null;
    }

    private boolean isFree() {
        return !(inner() instanceof AskingSession asking && asking.isAwaiting());
    }

    private @Nullable Running begin() {
        CommandOrder order = queue.take();
        CommandSpec spec = order == null ? null : commands.get(order.command());
        if (order == null || spec == null) {
            return null;
        }
        Running now = new Running(order, spec);
        running = now;
        return now;
    }

    @Override
    public void onSent(long nowMs) {
        Running now = running;
        if (now != null && now.phase == Phase.WRITING) {
            now.phase = Phase.SENT;
            now.sentMs = nowMs;
            now.lastFrameMs = nowMs;
        } else if (inner() instanceof PolledSession polled) {
            polled.onSent(nowMs);
        }
    }

    @Override
    public long waitMs(long nowMs) {
        Running now = running;
        if (now != null) {
            return switch (now.phase) {
                case TO_SEND -> 0;
                case WRITING -> QUIET_MS;
                case SENT -> Math.max(0, dueMs(now) - nowMs);
            };
        }
        if (!queue.isEmpty() && isFree()) {
            return 0;
        }
        return inner() instanceof PolledSession polled ? polled.waitMs(nowMs) : Long.MAX_VALUE;
    }

    private static long dueMs(Running now) {
        long overMs = now.sentMs + now.spec.check().timeoutMs();
        return switch (now.spec.check().kind()) {
            case ANSWER, SPEAKS -> overMs;
            case SILENT -> Math.min(overMs, now.lastFrameMs + QUIET_MS);
            case NONE -> now.sentMs;
        };
    }

    /** What time says about the running command. */
    private void decide(Running now, long nowMs) {
        if (now.phase != Phase.SENT || nowMs - dueMs(now) < 0) {
            return;
        }
        CommandCheck.Kind check = now.spec.check().kind();
        if (check == CommandCheck.Kind.SILENT && nowMs - now.lastFrameMs >= QUIET_MS) {
            // Silence says something of a device only that spoke.
            end(
                    now,
                    everHeard && heardAtMs - now.sentMs > -QUIET_MS
                            ? CommandOutcome.confirmed(now.order.value())
                            : CommandOutcome.of(
                                    Kind.UNCONFIRMED,
                                    "it was sent, but the device was silent before, too; check its power and the wire"));
        } else if (check == CommandCheck.Kind.NONE) {
            end(now, CommandOutcome.of(Kind.UNCONFIRMED, "it was sent, but this device never says whether it obeyed"));
        } else if (check == CommandCheck.Kind.SILENT) {
            end(now, CommandOutcome.of(Kind.DIFFERENT, "the device sends on as before"));
        } else if (now.spec.info().repeatable() && now.timesSent < MOST_SENT) {
            now.phase = Phase.TO_SEND;
        } else {
            end(
                    now,
                    CommandOutcome.of(
                            Kind.UNCONFIRMED,
                            "it was sent" + (now.timesSent > 1 ? " twice" : "") + ", but no answer came within "
                                    + now.spec.check().timeoutMs()
                                    + " ms; check the wire from the port to the device"));
        }
    }

    private void heard(long atMs, byte[] frame, int offset, int length) {
        everHeard = true;
        heardAtMs = atMs;
        Running now = running;
        if (now == null || now.phase != Phase.SENT) {
            return;
        }
        if (now.spec.check().kind() == CommandCheck.Kind.SPEAKS) {
            end(now, CommandOutcome.confirmed(now.order.value()));
            return;
        }
        now.lastFrameMs = Math.max(now.lastFrameMs, atMs);
        switch (now.spec.check().of(frame, offset, length, now.raw)) {
            case OBEYED -> end(now, CommandOutcome.confirmed(now.order.value()));
            case REFUSED -> end(now, CommandOutcome.of(Kind.REFUSED, "the device refuses it"));
            case DIFFERENT -> {
                long named = now.spec.check().named(frame, offset, length, now.raw);
                @Nullable Value its = named == Long.MIN_VALUE ? null : now.spec.valueOf(named);
                end(now, new CommandOutcome(Kind.DIFFERENT, "the device answers with another value", its));
            }
            case OTHER -> {}
        }
    }

    private void end(Running now, CommandOutcome outcome) {
        running = null;
        now.order.done().accept(outcome);
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        inner().onBytes(nowMs, bytes, offset, length, sink);
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        inner().onSilence(nowMs, sink);
    }

    @Override
    public void reset() {
        dropCommands("the port was opened anew");
        everHeard = false;
        inner().reset();
    }

    @Override
    public FrameCounts counts() {
        return inner().counts();
    }
}
