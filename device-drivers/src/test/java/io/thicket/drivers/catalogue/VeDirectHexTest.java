package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.PolledSession;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandOutcome.Kind;
import io.thicket.drivers.command.CommandedSession;
import io.thicket.drivers.command.CommandingDriver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registers of Victron's devices, by messages in hex beside the text. */
class VeDirectHexTest {
    private static final String ID = "victron.vedirect";

    private final List<String> sent = new ArrayList<>();
    private final List<CommandOutcome> outcomes = new ArrayList<>();

    /** A message of these bytes, the first of which is the command. */
    private static String message(int... bytes) {
        StringBuilder text =
                new StringBuilder(":" + Integer.toHexString(bytes[0]).toUpperCase(java.util.Locale.ROOT));
        int sum = bytes[0];
        for (int i = 1; i < bytes.length; i++) {
            sum += bytes[i];
            text.append(String.format("%02X", bytes[i]));
        }
        return text.append(String.format("%02X\n", 0x55 - sum & 0xFF)).toString();
    }

    private static String register(int command, String id, int flags, long number, int width) {
        int[] bytes = new int[4 + width];
        int register = Integer.parseInt(id, 16);
        bytes[0] = command;
        bytes[1] = register & 0xFF;
        bytes[2] = register >> 8;
        bytes[3] = flags;
        for (int i = 0; i < width; i++) {
            bytes[4 + i] = (int) (number >> 8 * i) & 0xFF;
        }
        return message(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "EDDB,3338,2,charger_temperature=33.38 Cel",
        "EDDB,-150,2,charger_temperature=-1.5 Cel",
        "EDEC,29815,2,temperature=25.0 Cel",
        "EDBD,123,2,panel_current=12.3 A",
        "EDBC,123456,4,panel_power=1234.56 W",
        "EDBB,9050,2,panel_voltage=90.5 V",
        "EDD5,1379,2,voltage=13.79 V",
        "ED8D,-1379,2,voltage=-13.79 V",
        "ED8C,-7625,4,current=-7.625 A",
        "EEFF,-655,4,consumed=-235800.0 C",
        "0FFF,8390,2,charge=83.9 %EL",
        "0FFE,942,2,time_to_go=56520.0 s",
        "0201,5,1,state=float",
        "0201,99,1,state=99",
        "0200,4,1,mode=off",
        "EDA8,1,1,load=true",
        "034E,0,1,relay=false",
        "EDDD,8272,4,yield_total=2.97792E8 J"
    })
    void registers_are_read_as_answers_and_as_news(String id, long number, int width, String reading) {
        for (int command : new int[] {0x7, 0x8, 0xA}) {
            Decoded device = Decoded.by(ID).text(register(command, id, 0, number, width));

            assertEquals(List.of(reading), device.lines(), "command " + command);
        }
    }

    @ParameterizedTest
    @CsvSource({"EDDB,32767,2", "EDEC,65535,2", "EDBC,4294967295,4", "ED8C,2147483647,4", "0201,255,1", "0FFE,65535,2"})
    void a_register_without_a_value_has_none(String id, long number, int width) {
        Decoded device = Decoded.by(ID).text(register(7, id, 0, number, width));

        assertEquals(List.of(), device.readings);
        assertEquals(1, device.counts().noValue());
    }

    @Test
    void an_answer_that_is_a_refusal_or_too_short_or_about_something_else_has_no_value() {
        Decoded device = Decoded.by(ID)
                .text(register(7, "EDDB", 1, 3338, 2))
                .text(register(7, "EDDB", 0, 51, 1))
                .text(register(7, "EDDB", 0, 0, 0))
                .text(register(10, "1050", 0, 0, 30))
                .text(message(5, 0x16, 0x41))
                .text(message(4, 0xAA));

        assertEquals(List.of(), device.readings);
        assertEquals(0, device.counts().noValue() + device.counts().malformed());
    }

    private void run(PolledSession session, long fromMs, long toMs, String answer) {
        for (long now = fromMs; now < toMs; now += 10) {
            byte[] bytes = session.waitMs(now) == 0 ? session.poll(now) : null;
            if (bytes != null) {
                sent.add(now + " " + new String(bytes, StandardCharsets.ISO_8859_1).strip());
                session.onSent(now);
                byte[] heard = answer.getBytes(StandardCharsets.ISO_8859_1);
                session.onBytes(now, heard, 0, heard.length, (at, values) -> {});
            }
        }
    }

    @Test
    void it_is_asked_only_if_somebody_says_how_often() {
        assertFalse(DriverCatalogue.find(ID).orElseThrow().open(Map.of()) instanceof PolledSession);
        PolledSession session = assertInstanceOf(
                PolledSession.class, DriverCatalogue.find(ID).orElseThrow().open(Map.of("interval", "30s")));
        session.reset();

        run(session, 0, 31_000, register(7, "EDDB", 0, 3338, 2));

        assertEquals(
                List.of(
                        "0 :7DBED0086",
                        "200 :7ECED0075",
                        "400 :7BDED00A4",
                        "30000 :7DBED0086",
                        "30200 :7ECED0075",
                        "30400 :7BDED00A4"),
                sent);
        assertThrows(
                IllegalArgumentException.class,
                () -> DriverCatalogue.find(ID).orElseThrow().open(Map.of("interval", "1s")));
    }

    @Test
    void a_block_of_text_is_no_answer_to_a_question() {
        PolledSession session = assertInstanceOf(
                PolledSession.class, DriverCatalogue.find(ID).orElseThrow().open(Map.of("interval", "30s")));
        session.reset();

        run(session, 0, 3_000, "\r\nPID\t0x203\r\nChecksum\ts");

        assertEquals(List.of("0 :7DBED0086", "1200 :7ECED0075", "2400 :7BDED00A4"), sent, "each waited its second");
        assertEquals(3, session.counts().good());
    }

    private CommandOutcome tell(String command, Value value, String answer) {
        CommandingDriver driver = assertInstanceOf(
                CommandingDriver.class, DriverCatalogue.find(ID).orElseThrow());
        CommandedSession session = assertInstanceOf(CommandedSession.class, driver.openForCommands(Map.of()));
        session.reset();
        outcomes.clear();
        session.command(0, new CommandOrder("sun", command, value, 5_000, outcomes::add));
        run(session, 0, 3_000, answer);
        assertEquals(1, outcomes.size());
        return outcomes.get(0);
    }

    @Test
    void a_command_is_a_message_and_is_done_when_the_device_repeats_it() {
        assertEquals(Kind.CONFIRMED, tell("load_on", null, ":8ABED0004B1\n").kind());
        assertEquals(
                Kind.CONFIRMED,
                tell("relay", new Value.Flag(true), ":84E030001FB\n").kind());
        assertEquals(
                Kind.DIFFERENT,
                tell("relay", new Value.Flag(true), ":84E030000FC\n").kind());
        assertEquals(List.of("0 :8ABED0004B1", "0 :84E030001FB", "0 :84E030001FB"), sent);
    }

    @Test
    void a_command_that_the_device_refuses_is_refused_and_one_without_an_answer_is_repeated_once() {
        assertEquals(Kind.REFUSED, tell("load_on", null, ":8ABED0104B0\n").kind());
        sent.clear();
        assertEquals(Kind.UNCONFIRMED, tell("charger_off", null, "").kind());
        assertEquals(List.of("0 :80002000447", "1000 :80002000447"), sent);
    }

    @Test
    void dangerous_commands_are_named_so() {
        CommandingDriver driver = assertInstanceOf(
                CommandingDriver.class, DriverCatalogue.find(ID).orElseThrow());

        assertEquals(
                List.of("charger_off", "load_off"),
                driver.commands(Map.of()).stream()
                        .filter(CommandInfo::dangerous)
                        .map(CommandInfo::name)
                        .toList());
    }
}
