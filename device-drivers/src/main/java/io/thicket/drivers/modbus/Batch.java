package io.thicket.drivers.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Neighbouring values that one request reads.
 *
 * @param values by address, at least one, all of one table
 */
record Batch(List<RegisterValue> values) {
    private static final Comparator<RegisterValue> BY_PLACE =
            Comparator.comparing(RegisterValue::table).thenComparingInt(RegisterValue::address);

    Batch {
        values = List.copyOf(values);
    }

    RegisterTable table() {
        return values.get(0).table();
    }

    int address() {
        return values.get(0).address();
    }

    int count() {
        int end = 0;
        for (RegisterValue value : values) {
            end = Math.max(end, value.end());
        }
        return end - address();
    }

    ModbusRequest request(int unit) {
        return ModbusRequest.read(unit, table(), address(), count());
    }

    /** Two batches, cut at the widest gap; itself if it has one value only. */
    List<Batch> split() {
        if (values.size() == 1) {
            return List.of(this);
        }
        int cut = values.size() / 2;
        int widest = 0;
        for (int i = 1; i < values.size(); i++) {
            int gap = values.get(i).address() - values.get(i - 1).end();
            if (gap > widest) {
                widest = gap;
                cut = i;
            }
        }
        return List.of(new Batch(values.subList(0, cut)), new Batch(values.subList(cut, values.size())));
    }

    /** The fewest requests that read all of {@code values} within the limits, in the order of tables and addresses. */
    static List<Batch> plan(List<RegisterValue> values, int maxRegisters, int maxGap) {
        List<RegisterValue> sorted = new ArrayList<>(values);
        sorted.sort(BY_PLACE);
        List<Batch> batches = new ArrayList<>();
        List<RegisterValue> open = new ArrayList<>();
        int end = 0;
        for (RegisterValue value : sorted) {
            boolean fits = !open.isEmpty()
                    && value.table() == open.get(0).table()
                    && value.address() - end <= maxGap
                    && Math.max(end, value.end()) - open.get(0).address()
                            <= Math.min(
                                    limit(value, maxRegisters), value.table().maxRead());
            if (!fits && !open.isEmpty()) {
                batches.add(new Batch(open));
                open.clear();
                end = 0;
            }
            open.add(value);
            end = Math.max(end, value.end());
        }
        if (!open.isEmpty()) {
            batches.add(new Batch(open));
        }
        return batches;
    }

    /** Bits are sixteen to a register. */
    private static int limit(RegisterValue value, int maxRegisters) {
        return value.table().isBits() ? 16 * maxRegisters : maxRegisters;
    }
}
