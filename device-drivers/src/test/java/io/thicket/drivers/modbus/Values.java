package io.thicket.drivers.modbus;

import io.thicket.drivers.SenmlUnit;
import java.util.Map;
import java.util.Set;

/** Values of register maps for tests. */
final class Values {
    private Values() {}

    static RegisterValue of(String name, RegisterTable table, int address, ValueType type) {
        return scaled(name, table, address, type, WordOrder.ABCD, 1, null);
    }

    static RegisterValue scaled(
            String name, RegisterTable table, int address, ValueType type, WordOrder order, double scale, String unit) {
        return new RegisterValue(
                name,
                table,
                address,
                type,
                Math.max(1, type.words()),
                order,
                -1L,
                scale,
                0,
                unit == null ? null : SenmlUnit.find(unit).orElseThrow(),
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                Set.of(),
                Map.of());
    }

    static RegisterValue status(String name, int address, Map<Integer, String> alarms) {
        RegisterValue plain = of(name, RegisterTable.INPUT, address, ValueType.U16);
        return new RegisterValue(
                plain.name(),
                plain.table(),
                plain.address(),
                plain.type(),
                plain.words(),
                plain.order(),
                plain.mask(),
                plain.scale(),
                plain.offset(),
                plain.unit(),
                plain.min(),
                plain.max(),
                plain.noValue(),
                alarms);
    }
}
