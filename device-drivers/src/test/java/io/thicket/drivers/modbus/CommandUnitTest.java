package io.thicket.drivers.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandOutcome.Kind;
import io.thicket.drivers.spec.RegisterMapReader;
import io.thicket.drivers.spec.SpecException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device that is told something, on a line that others share. */
class CommandUnitTest {
    private static final String MAP = """
            spec = 1
            id = "test.boiler"
            title = "Boiler"
            [serial]
            baud = 9600
            [modbus]
            unit = 3
            [[value]]
            name = "level"
            input = 0
            type = "u16"
            [[command]]
            name = "pump"
            coil = 2
            [[command]]
            name = "pump_15"
            coil = 2
            many = true
            [[command]]
            name = "flow"
            holding = 16
            type = "s16"
            divide = 10
            unit = "Cel"
            min = -20
            max = 90
            [[command]]
            name = "limit"
            holding = 18
            type = "f32"
            order = "CDAB"
            min = 0
            max = 1000
            [[command]]
            name = "mode"
            holding = 20
            type = "u16"
            mask = 0x0F00
            min = 0
            max = 15
            [[command]]
            name = "reset"
            holding = 30
            type = "u16"
            write = 0xA5A5
            [[example]]
            request = "03 04 00 00 00 01 30 28"
            frame = "03 04 02 00 07 81 32"
            values = { level = 7 }
            """;

    private final BusRig rig = new BusRig();
    private final List<CommandOutcome> outcomes = new ArrayList<>();
    private final RegisterMap map = map();
    private final CommandUnit unit = rig.addCommanded(BusRig.plan(3, map, 10_000), map.commands());
    private final ModbusSlave slave = rig.slaves.get(3);

    private static RegisterMap map() {
        try {
            return RegisterMapReader.read(MAP).get(0);
        } catch (SpecException e) {
            throw new AssertionError(e);
        }
    }

    private void tell(String command, Value value) {
        rig.bus(); // it begins by forgetting whatever waits
        unit.command(rig.nowMs, new CommandOrder("boiler", command, value, 5_000, outcomes::add));
    }

    private CommandOutcome told(String command, Value value) {
        tell(command, value);
        for (int i = 0; i < 600 && outcomes.isEmpty(); i++) {
            rig.run(100);
            unit.expire(rig.nowMs);
        }
        assertEquals(1, outcomes.size(), "outcomes of " + command);
        return outcomes.remove(0);
    }

    private List<String> frames() {
        return rig.sent.stream()
                .map(sent -> HexFormat.of().formatHex(sent.frame()))
                .toList();
    }

    private static Value number(double value) {
        return new Value.Numeric(value);
    }

    private long writes() {
        return slave.requests.stream().filter(frame -> frame[1] > 4).count();
    }

    @ParameterizedTest
    @CsvSource({
        "pump,    1,    03050002ff00",
        "pump_15, 1,    030f0002000101" + "01",
        "flow,    21.5, 03060010" + "00d7",
        "flow,    -5,   03060010" + "ffce",
        "limit,   12.5, 03100012000204" + "00004148",
        "mode,    3,    03160014" + "f0ff0300",
    })
    void a_set_point_is_written_and_read_back(String command, double value, String written) {
        rig.run(2_000);
        Value set = command.startsWith("pump") ? new Value.Flag(value == 1) : number(value);
        slave.holding[20] = 0x1022;

        CommandOutcome outcome = told(command, set);

        assertEquals(Kind.CONFIRMED, outcome.kind(), outcome.text());
        assertEquals(set, outcome.value());
        List<String> all = frames();
        String write = all.get(all.size() - 2);
        assertEquals(written, write.substring(0, write.length() - 4));
        assertTrue(all.get(all.size() - 1).startsWith(command.startsWith("pump") ? "0301" : "0303"), all.toString());
        if (command.equals("mode")) {
            assertEquals(0x1322, slave.holding[20], "the other bits stay");
        }
    }

    @Test
    void an_action_is_done_once_and_confirmed_by_the_answer_to_the_write() {
        CommandOutcome outcome = told("reset", null);

        assertEquals(Kind.CONFIRMED, outcome.kind());
        assertEquals(0xA5A5, slave.holding[30]);
        assertEquals(1, writes());
    }

    /** Found in review: on a line with echo a dead device confirmed an action, by the echo. */
    @Test
    void the_echo_of_the_line_does_not_confirm_an_action_of_a_dead_device() {
        rig.echoes = true;
        rig.slaves.clear();

        CommandOutcome outcome = told("reset", null);

        assertEquals(Kind.NOT_SENT, outcome.kind(), outcome.text());
        assertTrue(frames().stream().noneMatch(frame -> frame.startsWith("0306")), frames().toString());
    }

    @Test
    void the_echo_of_the_line_does_not_confirm_an_action_of_a_device_that_does_not_answer_it() {
        rig.echoes = true;
        rig.wire = bytes -> bytes[1] == 6 ? new byte[0] : bytes;

        CommandOutcome outcome = told("reset", null);

        assertEquals(Kind.UNCONFIRMED, outcome.kind(), outcome.text());
        assertEquals(1, writes());
    }

    @Test
    void on_a_line_with_echo_an_action_is_confirmed_by_its_answer() {
        rig.echoes = true;

        CommandOutcome outcome = told("reset", null);

        assertEquals(Kind.CONFIRMED, outcome.kind(), outcome.text());
        assertEquals(0xA5A5, slave.holding[30]);
        assertEquals(1, writes());
    }

    /** Found in review: minus nothing is a float of its own, which devices do not keep. */
    @Test
    void nothing_has_no_sign() {
        CommandOutcome outcome = told("limit", number(-0.0));

        assertEquals(Kind.CONFIRMED, outcome.kind(), outcome.text());
        assertEquals(0, slave.holding[18] | slave.holding[19]);
    }

    @Test
    void an_exception_is_a_refusal_in_words() {
        rig.run(1_000);
        slave.exception = 2;

        CommandOutcome outcome = told("flow", number(20));

        assertEquals(Kind.REFUSED, outcome.kind());
        assertEquals("unit 3 says: illegal address", outcome.text());
        assertEquals(1, writes());
    }

    @Test
    void a_busy_device_is_told_once_more() {
        rig.run(1_000);
        slave.exception = 6;
        tell("flow", number(20));
        rig.run(200);
        slave.exception = 0;
        rig.run(1_000);

        assertEquals(Kind.CONFIRMED, outcomes.get(0).kind());
        assertEquals(200, slave.holding[16]);
    }

    @Test
    void a_device_that_acknowledges_and_ignores_is_found_out() {
        slave.ignoresWrites = true;
        slave.holding[16] = 180;

        CommandOutcome outcome = told("flow", number(20));

        assertEquals(Kind.DIFFERENT, outcome.kind());
        assertEquals("unit 3 holds 18 after the write, which it acknowledged", outcome.text());
        assertEquals(number(18), outcome.value());
        assertEquals(CommandUnit.WRITES, writes());
    }

    @Test
    void a_lost_answer_is_no_failure_if_the_device_holds_the_value() {
        rig.run(1_000);
        int[] answers = {0};
        rig.wire = bytes -> answers[0]++ == 0 ? new byte[0] : bytes;

        CommandOutcome outcome = told("flow", number(20));

        assertEquals(Kind.CONFIRMED, outcome.kind());
        assertEquals(1, writes(), "it is read, not written again");
    }

    @Test
    void a_lost_request_of_a_set_point_is_written_once_more_after_it_was_read() {
        rig.run(1_000);
        slave.deaf = 1;

        CommandOutcome outcome = told("flow", number(20));

        assertEquals(Kind.CONFIRMED, outcome.kind());
        assertEquals(200, slave.holding[16]);
    }

    @Test
    void an_action_without_an_answer_is_never_repeated() {
        rig.run(1_000);
        slave.deafToWrites = true;

        CommandOutcome outcome = told("reset", null);

        assertEquals(Kind.UNCONFIRMED, outcome.kind());
        assertEquals(
                1, frames().stream().filter(frame -> frame.startsWith("0306")).count());
        assertEquals("unit 3 does not answer; whether it obeyed is not known", outcome.text());
        assertEquals(0, slave.holding[30]);
    }

    @Test
    void a_dead_device_costs_a_bounded_time_and_nothing_is_written_late() {
        rig.run(1_000);
        rig.slaves.clear();
        long since = rig.nowMs;

        CommandOutcome outcome = told("flow", number(20));

        assertEquals(Kind.UNCONFIRMED, outcome.kind());
        assertTrue(rig.nowMs - since <= CommandUnit.RUN_MS + 2_000, (rig.nowMs - since) + " ms");
        // It is known to be silent now: the next order waits for a probe, and is given up unsent when its time is over.
        rig.run(40_000);
        long before = rig.sent.stream().filter(sent -> sent.frame()[1] == 6).count();
        tell("flow", number(30));
        unit.expire(rig.nowMs + 5_000);
        assertEquals(Kind.NOT_SENT, outcomes.get(0).kind());
        rig.slaves.put(3, slave);
        rig.run(120_000);
        assertEquals(
                before, rig.sent.stream().filter(sent -> sent.frame()[1] == 6).count());
    }

    @Test
    void a_command_goes_before_all_readings_that_wait() {
        for (int other = 10; other < 40; other++) {
            rig.add(BusRig.plan(other, BusRig.words(0, 50, 100), 200));
        }
        rig.run(5_000);
        int before = rig.sent.size();

        tell("flow", number(20));
        rig.run(300);

        assertEquals(Kind.CONFIRMED, outcomes.get(0).kind());
        List<Integer> next = rig.sent.subList(before, before + 3).stream()
                .map(BusRig.Sent::unit)
                .toList();
        assertTrue(next.indexOf(3) <= 1, "asked next: " + next);
        assertEquals(3, next.get(next.indexOf(3) + 1), "then it is read back");
    }

    @Test
    void readings_go_on_around_a_command_and_none_is_taken_for_its_answer() {
        slave.input[0] = 7;
        rig.run(9_999);
        tell("flow", number(20));
        rig.run(30_000);

        assertEquals(4, rig.readings.size());
        assertTrue(rig.readings.stream().allMatch(reading -> reading.value("level") == 7));
    }

    @Test
    void orders_are_bounded_and_done_one_at_a_time() {
        for (int i = 0; i < 6; i++) {
            tell("flow", number(i));
        }
        assertEquals(2, outcomes.stream().filter(its -> its.kind() == Kind.BUSY).count());
        rig.run(5_000);

        assertEquals(
                4, outcomes.stream().filter(its -> its.kind() == Kind.CONFIRMED).count());
        assertEquals(30, slave.holding[16]);
    }

    @Test
    void a_lost_port_ends_what_runs_and_what_waits() {
        rig.run(1_000);
        rig.slaves.clear();
        tell("flow", number(20));
        tell("flow", number(21));
        rig.run(50);
        unit.drop("the cable is out");

        assertEquals(
                List.of(Kind.UNCONFIRMED, Kind.NOT_SENT),
                outcomes.stream().map(CommandOutcome::kind).toList());
        assertFalse(outcomes.get(0).text().isEmpty());
    }
}
