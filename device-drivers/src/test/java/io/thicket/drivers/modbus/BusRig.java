package io.thicket.drivers.modbus;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.bus.Bus;
import io.thicket.drivers.bus.BusParameters;
import io.thicket.drivers.bus.BusUnit;
import io.thicket.drivers.bus.EchoMode;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.bus.UnitHealth;
import io.thicket.drivers.bus.UnitTiming;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A bus with slaves in virtual time, in steps of 1 ms. */
final class BusRig {
    static final LineParameters LINE = LineParameters.of8N1(9600);
    private static final int CHAR_MICROS = 1042;

    final Map<Integer, ModbusSlave> slaves = new LinkedHashMap<>();
    /** Ms from the end of a request to the begin of the answer, by unit; 5 if absent. */
    final Map<Integer, Long> latencyMs = new LinkedHashMap<>();

    final List<Reading> readings = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final Map<Integer, UnitHealth> health = new TreeMap<>();
    final List<BusUnit> units = new ArrayList<>();
    /** What becomes of the bytes of an answer. */
    UnaryOperator<byte[]> wire = bytes -> bytes;

    boolean echoes;
    EchoMode echoMode = EchoMode.AUTO;
    long nowMs = 5_000;

    private final TreeMap<Long, Deque<byte[]>> arrivals = new TreeMap<>();
    private long sentAtMs = -1;
    private byte[] sending = {};
    private Bus bus;

    record Reading(long atMs, int unit, long arrivedAtMs, List<Observation> values) {
        double value(String name) {
            for (Observation each : values) {
                if (each.name().equals(name)) {
                    return ((Observation.Value.Numeric) each.value()).value();
                }
            }
            throw new AssertionError(name + " is not in " + values);
        }
    }

    record Sent(long atMs, int unit, byte[] frame) {}

    /** A slave that answers, and its unit. */
    ModbusSlave add(UnitPlan plan) {
        ModbusSlave slave = new ModbusSlave(plan.address());
        slaves.put(plan.address(), slave);
        addDead(plan);
        return slave;
    }

    /** A unit that takes commands; its slave answers unless {@code slaves} loses it. */
    CommandUnit addCommanded(UnitPlan plan, List<RegisterCommand> commands) {
        slaves.put(plan.address(), new ModbusSlave(plan.address()));
        addDead(plan);
        CommandUnit unit = new CommandUnit(units.remove(units.size() - 1), commands);
        units.add(unit);
        return unit;
    }

    /** A unit without a slave. */
    void addDead(UnitPlan plan) {
        units.add(new ModbusUnit(plan, (at, values) -> readings.add(new Reading(nowMs, plan.address(), at, values))));
    }

    static UnitPlan plan(int address, RegisterMap map, long intervalMs) {
        return plan(address, map, intervalMs, Priority.NORMAL);
    }

    static UnitPlan plan(int address, RegisterMap map, long intervalMs, Priority priority) {
        return new UnitPlan(address, map, Set.of(), intervalMs, priority, map.timing());
    }

    /** A map of U16 input registers at the given addresses, named r0, r1, ... by address. */
    static RegisterMap words(int... addresses) {
        List<RegisterValue> values = new ArrayList<>();
        for (int address : addresses) {
            values.add(Values.of("r" + address, RegisterTable.INPUT, address, ValueType.U16));
        }
        return map(0, 125, values);
    }

    static RegisterMap map(int maxGap, int maxRegisters, List<RegisterValue> values) {
        return new RegisterMap(
                "test.words",
                "Test",
                LINE,
                1,
                maxRegisters,
                maxGap,
                new UnitTiming(500, 20),
                0,
                values,
                List.of(),
                RegisterMap.Docs.NONE);
    }

    Bus bus() {
        if (bus == null) {
            bus = new Bus(
                    new BusParameters(LINE, echoMode),
                    units,
                    (index, its) -> health.put(units.get(index).address(), its));
            bus.reset();
        }
        return bus;
    }

    void run(long forMs) {
        long end = nowMs + forMs;
        while (nowMs < end) {
            step();
            nowMs++;
        }
    }

    /** Bytes that nobody asked for, now. */
    void inject(byte[] bytes) {
        bus().onBytes(nowMs, bytes, 0, bytes.length, (at, values) -> {});
    }

    private void step() {
        Bus line = bus();
        while (!arrivals.isEmpty() && arrivals.firstKey() - nowMs <= 0) {
            for (byte[] bytes : arrivals.pollFirstEntry().getValue()) {
                inject(bytes);
            }
        }
        byte[] request = line.poll(nowMs);
        if (request != null) {
            sending = request;
            sentAtMs = nowMs;
            line.onSent(nowMs);
            sent.add(new Sent(nowMs, request[0] & 0xFF, request));
            deliver();
        }
    }

    private void deliver() {
        long outMs = sentAtMs + (sending.length * CHAR_MICROS + 999) / 1000;
        if (echoes) {
            arrive(outMs, sending);
        }
        for (ModbusSlave slave : slaves.values()) {
            byte[] answer = slave.answer(sending);
            if (answer != null) {
                byte[] onTheWire = wire.apply(answer);
                long begin = outMs + latencyMs.getOrDefault(slave.unit, 5L);
                // In two lots, as an adapter hands them on.
                int cut = onTheWire.length / 2;
                arrive(begin + cut, slice(onTheWire, 0, cut));
                arrive(begin + onTheWire.length + 1, slice(onTheWire, cut, onTheWire.length));
            }
        }
    }

    private void arrive(long atMs, byte[] bytes) {
        if (bytes.length > 0) {
            arrivals.computeIfAbsent(atMs, at -> new ArrayDeque<>()).add(bytes);
        }
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        byte[] part = new byte[to - from];
        System.arraycopy(bytes, from, part, 0, part.length);
        return part;
    }

    List<Reading> of(int unit) {
        return readings.stream().filter(reading -> reading.unit() == unit).toList();
    }

    long sentTo(int unit) {
        return sent.stream().filter(each -> each.unit() == unit).count();
    }

    /** Longest time between two readings of a unit. */
    long longestGapMs(int unit) {
        long longest = 0;
        List<Reading> its = of(unit);
        for (int i = 1; i < its.size(); i++) {
            longest = Math.max(longest, its.get(i).atMs() - its.get(i - 1).atMs());
        }
        return longest;
    }
}
