package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandOutcome.Kind;
import io.thicket.drivers.command.CommandedSession;
import io.thicket.drivers.command.CommandingDriver;
import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices with a specification are told something, in virtual time in steps of 10 ms. */
class CommandingSessionTest {
    private static final String READ = "FF 01 86 00 00 00 00 00 79";
    private static final String VALUE = "FF 86 02 7C 42 00 00 00 BA";
    private static final String ABC_OFF = "FF 01 79 00 00 00 00 00 86";
    private static final String DUST = "AA C0 06 00 06 00 58 D9 3D AB";

    private final List<CommandOutcome> outcomes = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private CommandedSession session;
    private int readings;
    private long nowMs = 1_000;

    private void open(String id) {
        CommandingDriver driver = assertInstanceOf(
                CommandingDriver.class, DriverCatalogue.find(id).orElseThrow());
        session = assertInstanceOf(CommandedSession.class, driver.openForCommands(Map.of()));
        session.reset();
    }

    private void tell(String command, Value value) {
        session.command(nowMs, new CommandOrder("air", command, value, 5_000, outcomes::add));
    }

    private void run(long forMs) {
        for (long end = nowMs + forMs; nowMs < end; nowMs += 10) {
            session.expireCommands(nowMs);
            byte[] bytes = session.poll(nowMs);
            if (bytes != null) {
                sent.add(Bytes.copyOf(bytes).toString());
                session.onSent(nowMs);
            }
        }
    }

    private void hear(String hex) {
        byte[] bytes = Bytes.parse(hex).toArray();
        session.onBytes(nowMs, bytes, 0, bytes.length, (at, values) -> readings++);
    }

    private CommandOutcome only() {
        assertEquals(1, outcomes.size());
        return outcomes.get(0);
    }

    @Test
    void a_command_waits_for_the_answer_to_a_question_and_goes_before_the_next() {
        open("winsen.mhz19b");
        run(10);
        assertEquals(List.of(READ), sent);
        tell("abc_off", null);
        run(200);
        assertEquals(List.of(READ), sent);
        hear(VALUE);
        run(20);
        assertEquals(List.of(READ, ABC_OFF), sent);
        hear("FF 79 01 00 00 00 00 00 86");

        assertEquals(Kind.CONFIRMED, only().kind());
        assertEquals(1, readings);
        run(5_100);
        assertEquals(List.of(READ, ABC_OFF, READ), sent);
    }

    @Test
    void a_frame_that_is_no_answer_to_the_command_does_not_confirm_it() {
        open("winsen.mhz19b");
        tell("abc_off", null);
        run(10);
        hear(VALUE);
        run(1_500);

        assertEquals(Kind.UNCONFIRMED, only().kind());
        assertTrue(only().text().startsWith("it was sent, but no answer came within 1000 ms"), only().text());
        assertEquals(1, sent.stream().filter(ABC_OFF::equals).count(), "an action is not repeated");
    }

    @Test
    void a_set_point_is_put_into_the_bytes_with_its_checksum_and_repeated_once() {
        open("nova.sds011");
        tell("working_period", new Value.Numeric(5));
        run(1_100);
        assertEquals("AA B4 08 01 05 00 00 00 00 00 00 00 00 00 00 FF FF 0C AB", sent.get(0));
        assertEquals(sent.get(0), sent.get(1));
        hear("AA C5 08 01 05 00 58 D9 3F AB");

        assertEquals(Kind.CONFIRMED, only().kind());
        assertEquals(new Value.Numeric(5), only().value());
        assertEquals(2, sent.size());
    }

    @Test
    void an_answer_with_another_value_is_told() {
        open("nova.sds011");
        tell("working_period", new Value.Numeric(5));
        run(10);
        hear("AA C5 08 01 03 00 58 D9 3D AB");

        assertEquals(Kind.DIFFERENT, only().kind());
        assertEquals(new Value.Numeric(3), only().value());
    }

    @Test
    void a_refusal_is_told() {
        open("sensirion.sps30");
        hear("7E 00 00 00 00 FF 7E");
        run(2_000);
        tell("clean", null);
        for (int i = 0; i < 40 && !sent.contains("7E 00 56 00 A9 7E"); i++) {
            run(100);
        }
        hear("7E 00 56 43 00 66 7E");

        assertEquals(Kind.REFUSED, only().kind());
    }

    @ParameterizedTest
    @CsvSource({"sleep, true", "sleep, false"})
    void sleep_is_confirmed_by_silence(String command, boolean obeys) {
        open("plantower.pms5003");
        tell(command, null);
        String frame =
                "42 4D 00 1C 00 00 00 08 00 08 00 00 00 08 00 08 00 D2 00 46 00 2D 00 1E 00 00 00 00 97 00 02 C5";
        for (int second = 0; second < 20 && outcomes.isEmpty(); second++) {
            run(1_000);
            if (!obeys || second < 2) {
                hear(frame);
            }
        }

        assertEquals(obeys ? Kind.CONFIRMED : Kind.DIFFERENT, only().kind());
        assertEquals(obeys ? "" : "the device sends on as before", only().text());
    }

    /** Found in review: an unplugged device obeyed whatever it was told. */
    @Test
    void the_silence_of_a_device_that_was_silent_before_confirms_nothing() {
        open("plantower.pms5003");
        hear("42 4D 00 1C 00 00 00 08 00 08 00 00 00 08 00 08 00 D2 00 46 00 2D 00 1E 00 00 00 00 97 00 02 C5");
        run(6_000);
        tell("sleep", null);
        run(16_000);

        assertEquals(Kind.UNCONFIRMED, only().kind());
        assertEquals("it was sent, but the device was silent before, too; check its power and the wire", only().text());
    }

    @Test
    void a_device_that_was_heard_just_before_is_confirmed_by_its_silence() {
        open("plantower.pms5003");
        hear("42 4D 00 1C 00 00 00 08 00 08 00 00 00 08 00 08 00 D2 00 46 00 2D 00 1E 00 00 00 00 97 00 02 C5");
        run(2_000);
        tell("sleep", null);
        run(5_100);

        assertEquals(Kind.CONFIRMED, only().kind());
    }

    @Test
    void wake_is_confirmed_by_the_first_frame() {
        open("benewake.tfminiplus");
        tell("one_shot", null);
        run(3_000);
        assertEquals(List.of(), outcomes);
        hear("59 59 79 00 D2 04 C0 08 C9");
        assertEquals(Kind.CONFIRMED, only().kind());
    }

    @Test
    void what_a_device_never_confirms_is_not_called_confirmed() {
        open("honeywell.hpma115");
        tell("stop", null);
        run(20);

        assertEquals(Kind.UNCONFIRMED, only().kind());
        assertEquals("it was sent, but this device never says whether it obeyed", only().text());
    }

    @Test
    void orders_wait_one_behind_the_other_and_not_for_ever() {
        open("nova.sds011");
        for (int i = 0; i < 7; i++) {
            tell("sleep", null);
            run(10);
        }
        // One runs, four wait, two are too many.
        assertEquals(2, outcomes.stream().filter(its -> its.kind() == Kind.BUSY).count());
        hear(DUST);
        run(9_000);
        assertEquals(
                7,
                outcomes.size(),
                () -> outcomes.stream().map(its -> its.kind().name()).toList().toString());
        assertTrue(sent.size() <= 5);
    }

    @Test
    void a_lost_port_ends_all_orders() {
        open("nova.sds011");
        tell("sleep", null);
        tell("wake", null);
        run(10);
        session.dropCommands("unplugged");

        assertEquals(
                List.of(Kind.UNCONFIRMED, Kind.NOT_SENT),
                outcomes.stream().map(CommandOutcome::kind).toList());
        assertNull(session.poll(nowMs));
    }

    @Test
    void a_command_that_does_not_exist_is_not_sent() {
        open("nova.sds011");
        tell("explode", null);
        assertEquals("the device has no command 'explode'", only().text());
    }
}
