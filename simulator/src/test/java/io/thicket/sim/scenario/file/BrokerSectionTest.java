package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.run.ScenarioRun;
import io.thicket.sim.run.ScenarioText;
import io.thicket.sim.scenario.BrokerPlan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code [broker]}, read and run. */
class BrokerSectionTest {
    private static Scenario read(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", Path.of("/"), Overrides.NONE);
    }

    @Test
    void without_it_the_broker_is_near_and_has_mosquittos_limits() throws ConfigException {
        assertEquals(new BrokerPlan(10, 20, 1_000), read("").world().broker());
    }

    @Test
    void all_of_it_is_read_and_explained() throws ConfigException {
        Scenario scenario = read("[broker]\ndelay = \"60ms\"\nin_flight = 100\nqueued = 5000\n");

        assertEquals(new BrokerPlan(60, 100, 5_000), scenario.world().broker());
        assertTrue(
                ScenarioText.of(scenario)
                        .contains("broker     60ms away, 100 messages for a gateway on their way, 5000 kept"),
                ScenarioText.of(scenario).toString());
    }

    @Test
    void who_sends_more_at_a_time_keeps_as_much() throws ConfigException {
        assertEquals(
                new BrokerPlan(10, 2_000, 2_000),
                read("[broker]\nin_flight = 2000\n").world().broker());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delay = '0s' | test.toml:2:1: [broker] delay",
                "delay = '11s' | test.toml:2:1: [broker] delay",
                "in_flight = 0 | test.toml:2:1: [broker] in_flight",
                "in_flight = 70000 | test.toml:2:1: [broker] in_flight",
                "queued = 10 | test.toml:2:1: [broker] queued is less than in_flight",
                "late = 1 | test.toml:2:1: [broker] has no key 'late'"
            })
    void what_cannot_be_is_told_with_its_place(String line, String problem) {
        ConfigException wrong =
                assertThrows(ConfigException.class, () -> read("[broker]\n" + line.replace('\'', '"') + "\n"));
        assertTrue(String.valueOf(wrong.getMessage()).contains(problem), wrong.getMessage());
    }

    @Test
    void a_broker_beyond_what_claims_bear_is_warned_of() throws ConfigException {
        assertEquals(0, read("[broker]\ndelay = \"300ms\"\n").warnings().size());
        assertTrue(read("[broker]\ndelay = \"301ms\"\n")
                .warnings()
                .get(0)
                .message()
                .contains("so far away"));
    }

    @Test
    void a_reading_waits_for_the_way_to_the_broker() throws ConfigException {
        String text = "[scenario]\nduration = \"5min\"\n[nodes]\nlayout = \"line\"\ncount = 2\n"
                + "[[traffic]]\ninterval = \"10s\"\n[broker]\ndelay = \"";
        double near = p50(text + "10ms\"\n");
        double far = p50(text + "200ms\"\n");
        assertEquals(190, far - near, 5);
    }

    private static double p50(String text) throws ConfigException {
        ScenarioRun run = new ScenarioRun(read(text));
        run.run((simulatedUs, events) -> true);
        return run.figures().latencyMs(50);
    }
}
