package io.thicket.drivers.modbus;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.thicket.drivers.Observation;
import io.thicket.drivers.bus.Bus;
import io.thicket.drivers.bus.BusParameters;
import io.thicket.drivers.bus.EchoMode;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.spec.RegisterMapReader;
import io.thicket.drivers.spec.SpecException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The master on hostile answers, and the reader of register maps on hostile files. */
class ModbusFuzzTest {
    private static final RegisterMap MAP = BusRig.map(
            4,
            10,
            List.of(
                    Values.of("f", RegisterTable.INPUT, 0, ValueType.F32),
                    Values.of("d", RegisterTable.HOLDING, 6, ValueType.BCD32),
                    Values.of("c", RegisterTable.COIL, 3, ValueType.FLAG)));

    /** Each byte is one step in time: its low bits are given to the line, or let time pass. */
    @FuzzTest(maxDuration = "10m")
    void answers(byte[] data) {
        List<List<Observation>> readings = new ArrayList<>();
        List<ModbusUnit> units = new ArrayList<>();
        for (int unit = 1; unit <= 3; unit++) {
            units.add(new ModbusUnit(
                    new UnitPlan(unit, MAP, Set.of(), 1_000, Priority.NORMAL, MAP.timing()),
                    (at, values) -> readings.add(values)));
        }
        Bus bus = new Bus(new BusParameters(BusRig.LINE, EchoMode.AUTO), units, (index, health) -> {});
        long nowMs = 0;
        long fed = 0;
        for (int i = 0; i < data.length; i++) {
            if (bus.poll(nowMs) != null) {
                bus.onSent(nowMs);
            }
            int length = Math.min(data.length - i, 1 + (data[i] & 0x1F));
            if (data[i] < 0) {
                nowMs += 1 + bus.waitMs(nowMs) % 5_000;
            } else {
                bus.onBytes(nowMs, data, i, length, (at, values) -> {});
                fed += length;
                nowMs += length;
            }
        }
        if (bus.counts().skippedBytes() > fed) {
            throw new AssertionError(bus.counts() + " of " + fed);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void map(byte[] data) {
        try {
            List<RegisterMap> maps = RegisterMapReader.read(new String(data, StandardCharsets.UTF_8));
            if (maps.isEmpty()) {
                throw new AssertionError("neither a map nor a problem");
            }
        } catch (SpecException e) {
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a reason", e);
            }
        }
    }
}
