package io.thicket.drivers.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The plan of reads. */
class BatchTest {
    private static String plan(int maxRegisters, int maxGap, RegisterValue... values) {
        List<String> batches = new ArrayList<>();
        for (Batch batch : Batch.plan(List.of(values), maxRegisters, maxGap)) {
            batches.add(batch.table() + " " + batch.address() + "+" + batch.count());
        }
        return String.join(", ", batches);
    }

    private static RegisterValue input(int address, ValueType type) {
        return Values.of("i" + address, RegisterTable.INPUT, address, type);
    }

    @Test
    void neighbours_are_read_together() {
        assertEquals(
                "INPUT 0+6", plan(125, 0, input(4, ValueType.F32), input(0, ValueType.F32), input(2, ValueType.F32)));
    }

    @Test
    void a_gap_is_bridged_if_it_is_small_enough() {
        assertEquals("INPUT 0+2, INPUT 6+2", plan(125, 3, input(0, ValueType.F32), input(6, ValueType.F32)));
        assertEquals("INPUT 0+8", plan(125, 4, input(0, ValueType.F32), input(6, ValueType.F32)));
    }

    @Test
    void a_devices_limit_is_kept() {
        assertEquals(
                "INPUT 0+4, INPUT 4+2",
                plan(5, 0, input(0, ValueType.F32), input(2, ValueType.F32), input(4, ValueType.F32)));
    }

    @Test
    void tables_are_apart_and_bits_are_counted_as_bits() {
        assertEquals(
                "COIL 0+31, HOLDING 0+1",
                plan(
                        2,
                        40,
                        Values.of("h", RegisterTable.HOLDING, 0, ValueType.U16),
                        Values.of("a", RegisterTable.COIL, 0, ValueType.FLAG),
                        Values.of("b", RegisterTable.COIL, 30, ValueType.FLAG),
                        Values.of("c", RegisterTable.COIL, 30, ValueType.FLAG)));
    }

    @Test
    void values_may_share_a_register() {
        assertEquals(
                "INPUT 0+2", plan(125, 0, input(0, ValueType.U32), input(0, ValueType.U16), input(1, ValueType.U16)));
    }

    @Test
    void every_plan_covers_all_values_within_the_limits() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<RegisterValue> values = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(40); i++) {
                ValueType type = random.nextBoolean() ? ValueType.F32 : ValueType.F64;
                values.add(Values.of("v" + i, RegisterTable.INPUT, random.nextInt(200), type));
            }
            int limit = 4 + random.nextInt(122);
            int covered = 0;
            for (Batch batch : Batch.plan(values, limit, random.nextInt(10))) {
                assertEquals(true, batch.count() <= limit, batch.count() + " of " + limit);
                for (RegisterValue value : batch.values()) {
                    assertEquals(true, value.address() >= batch.address());
                    assertEquals(true, value.end() <= batch.address() + batch.count());
                    covered++;
                }
            }
            assertEquals(values.size(), covered);
        }
    }

    @Test
    void a_batch_is_cut_at_its_widest_gap() {
        Batch batch = Batch.plan(
                        List.of(
                                input(0, ValueType.U16),
                                input(1, ValueType.U16),
                                input(9, ValueType.U16),
                                input(12, ValueType.U16)),
                        125,
                        20)
                .get(0);

        assertEquals(List.of(2, 4), batch.split().stream().map(Batch::count).toList());
        assertEquals(1, batch.split().get(0).split().get(0).split().size());
    }
}
