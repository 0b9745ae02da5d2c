package io.thicket.drivers.modbus;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.bus.Bus;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandedSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bus whose units can be told something, each by the name of its sensor. */
public final class CommandedBus implements CommandedSession {
    private final Bus bus;
    private final Map<String, CommandUnit> units;

    /** @param units those of {@code bus} that have commands */
    public CommandedBus(Bus bus, Map<String, CommandUnit> units) {
        this.bus = bus;
        this.units = new LinkedHashMap<>(units);
    }

    @Override
    public void command(long sinceMs, CommandOrder order) {
        CommandUnit unit = units.get(order.device());
        if (unit == null) {
            order.done()
                    .accept(CommandOutcome.of(
                            CommandOutcome.Kind.NOT_SENT, "'" + order.device() + "' takes no commands"));
        } else {
            unit.command(sinceMs, order);
        }
    }

    @Override
    public void expireCommands(long nowMs) {
        units.values().forEach(unit -> unit.expire(nowMs));
    }

    @Override
    public void dropCommands(String why) {
        units.values().forEach(unit -> unit.drop(why));
    }

    @Override
    public byte @Nullable [] poll(long nowMs) {
        return bus.poll(nowMs);
    }

    @Override
    public void onSent(long nowMs) {
        bus.onSent(nowMs);
    }

    @Override
    public long waitMs(long nowMs) {
        return bus.waitMs(nowMs);
    }

    @Override
    public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
        bus.onBytes(nowMs, bytes, offset, length, sink);
    }

    @Override
    public void onSilence(long nowMs, ObservationSink sink) {
        bus.onSilence(nowMs, sink);
    }

    @Override
    public void reset() {
        bus.reset();
    }

    @Override
    public FrameCounts counts() {
        return bus.counts();
    }
}
