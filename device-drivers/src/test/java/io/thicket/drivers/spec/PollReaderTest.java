package io.thicket.drivers.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.framing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How devices are asked, and which of several devices of a file has a value. */
class PollReaderTest {
    private static final String SPEC = """
            spec = 1
            id = "acme.one"
            title = "One"
            serial.baud = 9600
            model = [{ id = "acme.two", title = "Two" }]
            frame = { start = "AA", size = 3, checksum = { kind = "sum8" } }

            [[message]]
            [[message.value]]
            name = "rain"
            at = 1
            type = "u8"
            models = ["acme.one"]

            [[message.value]]
            name = "rain"
            at = 1
            type = "u8"
            scale = 2
            models = ["acme.two"]

            [poll]
            requests = ["3A 07 D5 ED 00"]
            answer = "AA"
            wake = { send = "0A", answer = "0A 0D", tries = 2, timeout = "1200ms" }

            [[example]]
            frame = "AA 07 B1"
            values = { rain = 7 }
            """;

    @Test
    void what_it_says_is_read() throws SpecException {
        PollSpec poll = Objects.requireNonNull(SpecReader.read(SPEC).poll());

        assertEquals(new WakeSpec(Bytes.parse("0A"), Bytes.parse("0A 0D"), 2, 1200), poll.wake());
        assertEquals(Bytes.parse("AA"), poll.answer());
        assertEquals(List.of(Bytes.parse("3A 07 D5 ED 00")), poll.requests(), "no message in hex of VE.Direct");
        assertTrue(!poll.onDemand());
    }

    @Test
    void without_more_any_frame_is_an_answer_and_nobody_is_woken() throws SpecException {
        String plain = SPEC.replaceAll("(?m)^(answer|wake) = .*\n", "");
        PollSpec poll = Objects.requireNonNull(SpecReader.read(plain).poll());

        assertNull(poll.wake());
        assertTrue(poll.isAnswer(new byte[] {1}, 0, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tries = 2|tries = 0|25:41: tries = 0 is not 1 to 10",
                "send = \"0A\", |''|25:1: send is missing in wake; write send = \"0A\"",
                "\"0A 0D\"|\"\"|25:23: answer has no bytes; write for example \"0A\"",
                "\"0A\", a|\"\", a|25:10: send has no bytes; write for example \"0A\"",
                "0A 0D|00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10|25:23: the answer has more than 16 bytes; its last ones"
                        + " are enough",
                "models = [\"acme.two\"]|models = [\"acme.tow\"]|20:1: models: no device of this file is 'acme.tow'; write"
                        + " acme.two",
                "tries|trys|25:41: there is no key 'trys' in wake; write tries"
            })
    void faults_are_named(String from, String to, String problem) {
        SpecException refused = assertThrows(SpecException.class, () -> SpecReader.read(SPEC.replace(from, to)));
        List<String> problems =
                refused.problems().stream().map(SpecProblem::toString).toList();

        assertEquals(List.of(problem), problems);
    }

    @Test
    void a_value_of_another_model_is_not_there() throws SpecException {
        DeviceSpec spec = SpecReader.read(SPEC);
        for (DeviceSpec.Model model : spec.models()) {
            List<Observation> values = new ArrayList<>();
            new SpecDecoder(spec, model).decode(0, new byte[] {(byte) 0xAA, 7, (byte) 0xB1}, 0, 3, values);

            double rain = ((Observation.Value.Numeric) values.get(0).value()).value();
            assertEquals(1, values.size());
            assertEquals(model.id().equals("acme.one") ? 7 : 14, rain);
        }
    }
}
