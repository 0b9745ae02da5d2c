package io.thicket.sim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
    @Test
    void without_arguments_there_are_twelve_nodes_and_no_end() {
        assertEquals(new DemoOptions(12, "", false, 0, false, 7), parse());
    }

    @Test
    void every_option_is_understood_in_both_forms() {
        DemoOptions expected = new DemoOptions(9, "tcp://10.0.0.1:1884", true, 90_000, true, 0x5eed);

        assertEquals(
                expected,
                parse(
                        "--nodes",
                        "9",
                        "--broker",
                        "tcp://10.0.0.1:1884",
                        "--headless",
                        "--for",
                        "90s",
                        "--json",
                        "--seed",
                        "0x5eed"));
        assertEquals(
                expected,
                parse(
                        "--nodes=9",
                        "--broker=tcp://10.0.0.1:1884",
                        "--headless",
                        "--for=90s",
                        "--json",
                        "--seed=24301"));
        assertEquals(300_000, parse("--for", "5min").forMs());
        assertEquals("tcp://broker:1883", parse("--broker", "tcp://broker").broker());
    }

    @Test
    void wrong_arguments_are_refused_with_the_cure() {
        assertEquals("unknown argument '--node'", refusal("--node", "3"));
        assertEquals("--nodes is a number from 8 to 64, not '7'", refusal("--nodes", "7"));
        assertEquals("--nodes needs a value", refusal("--nodes"));
        assertEquals("--json takes no value", refusal("--json=yes"));
        assertEquals("--for is a time from 5s to 168h, such as 90s or 5min, not '1s'", refusal("--for", "1s"));
        assertEquals(
                "--broker is a URL such as tcp://127.0.0.1:1883, not 'localhost'", refusal("--broker", "localhost"));
        assertEquals("a seed is a number such as 42 or 0x5eed, not 'x'", refusal("--seed", "x"));
    }

    private static DemoOptions parse(String... arguments) {
        return DemoOptions.parse(List.of(arguments), 7);
    }

    private static String refusal(String... arguments) {
        return assertThrows(IllegalArgumentException.class, () -> parse(arguments))
                .getMessage();
    }
}
