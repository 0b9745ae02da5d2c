package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "10s, 10000, 10s",
        "500ms, 500, 500ms",
        "5min, 300000, 5min",
        "2h, 7200000, 2h",
        "1.5h, 5400000, 90min",
        "0s, 0, 0s",
        "0.001s, 1, 1ms",
        "10 s, 10000, 10s",
        "48h, 172800000, 48h"
    })
    void durations(String text, long millis, String canonical) {
        assertEquals(Duration.ofMillis(millis), Units.duration(text));
        assertEquals(canonical, Units.text(Units.duration(text)));
    }

    @Test
    void what_is_too_large_is_told_from_what_is_no_whole_number() {
        assertEquals("'9999999999999999999h' is too large", problem("9999999999999999999h"));
        assertEquals("'0.0001s' is not a whole number of ms", problem("0.0001s"));
    }

    private static String problem(String text) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Units.duration(text))
                .getMessage());
    }

    @Test
    void sizes_and_rates() {
        assertEquals(4096, Units.bytes("4KiB"));
        assertEquals("4KiB", Units.textOfBytes(4096));
        assertEquals("4097B", Units.textOfBytes(4097));
        assertEquals(100_000, Units.kbps("100Mbit/s"));
        assertEquals("100Mbit/s", Units.textOfKbps(100_000));
        assertEquals("5500kbit/s", Units.textOfKbps(Units.kbps("5.5Mbit/s")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "s",
                "-1s",
                "10m",
                "1e3s",
                "1..5s",
                ".5s",
                "0.0001s",
                "10S",
                "99999999999999999999h",
                "9999999999999999999s"
            })
    void what_is_no_duration_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Units.duration(text));
    }

    @Test
    void rates_are_at_least_one() {
        assertThrows(IllegalArgumentException.class, () -> Units.kbps("0kbit/s"));
        assertThrows(IllegalArgumentException.class, () -> Units.kbps("99999999Gbit/s"));
        assertThrows(IllegalArgumentException.class, () -> Units.bytes("4kB"));
    }

    @Test
    void did_you_mean_finds_near_words_only() {
        List<String> words = List.of("interface", "ip", "port");
        assertEquals("did you mean 'interface'?", DidYouMean.hint("iterfcae", words));
        assertEquals("did you mean 'interface'?", DidYouMean.hint("Interface", words));
        assertEquals("", DidYouMean.hint("broker", words));
        assertEquals(1, DidYouMean.distance("ab", "ba"));
        assertEquals(3, DidYouMean.distance("kitten", "sitting"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "a:",
                ":1",
                "a:0",
                "a:65536",
                "a:x",
                "a b:1",
                "::1:1",
                "[1]:1",
                "[::1]",
                "a:+1",
                "[::1]:123456"
            })
    void what_is_no_host_and_port_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text));
    }

    @Test
    void host_and_port_come_back_as_they_were() {
        for (String text :
                new String[] {"127.0.0.1:5683", "[::1]:5683", "[fe80::1%eth0]:1", "relay.example.org:65535"}) {
            assertEquals(text, HostPort.parse(text).toString());
        }
    }
}
