package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.RadioPlan;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Radios of a scenario: what its file says, and the others that it can be run under. */
final class RadioVariantsTest {
    private static Scenario scenario(String radio) throws ConfigException {
        return ScenarioReader.parse(
                "[scenario]\nduration = \"80min\"\nwarm_up = \"30min\"\n[nodes]\nlayout = \"line\"\ncount = 3\nspacing = 150\n[radio]\n"
                        + radio + "\n[[traffic]]\ninterval = \"6min\"\n",
                "test.toml",
                Path.of("."),
                Overrides.NONE);
    }

    private static List<String> problems(String radio) {
        try {
            scenario(radio);
            return List.of();
        } catch (ConfigException e) {
            return List.of(String.valueOf(e.getMessage()).split("\n"));
        }
    }

    @Test
    void every_radio_has_the_reach_of_the_scenario() throws ConfigException {
        Scenario scenario = scenario("range = 180");

        Map<String, RadioVariants.Variant> all = RadioVariants.of(scenario);

        assertEquals(
                List.of("range", "two_ray", "log_distance", "urban", "ofdm", "lora"), new ArrayList<>(all.keySet()));
        assertEquals(scenario.radio(), all.get("range").scenario().radio());
        for (String name : List.of("log_distance", "urban", "ofdm", "lora")) {
            RadioPlan its = all.get(name).scenario().radio();
            assertEquals(180, its.reachM(), 0.01, name);
        }
        Signals twoRay =
                new Signals(all.get("two_ray").scenario().radio(), scenario.nodes(), new Seeds(scenario.seed()));
        assertTrue(twoRay.power(0, 1, 180 * 180) >= twoRay.radio().decode());
        assertTrue(twoRay.power(0, 1, 181 * 181) < twoRay.radio().decode());
    }

    @Test
    void of_a_table_of_links_only_the_modems_differ() throws ConfigException {
        Scenario scenario = ScenarioReader.parse(
                "[nodes]\ncount = 2\nlinks = [[0, 1, 0.8]]\n[radio]\nmodel = \"links\"\n",
                "test.toml",
                Path.of("."),
                Overrides.NONE);

        assertEquals(
                List.of("links", "links-ofdm", "links-lora"),
                new ArrayList<>(RadioVariants.of(scenario).keySet()));
    }

    /** Two hops; LoRa's timers are slow, but its routes are there after half an hour. */
    @ParameterizedTest
    @ValueSource(strings = {"range", "two_ray", "log_distance", "urban", "ofdm", "lora"})
    void readings_arrive_under_each_radio(String name) throws ConfigException {
        Scenario plain = scenario("model = \"log_distance\"\nexponent = 3\nshadowing = 0\ntx = 17");
        Scenario scenario = RadioVariants.of(plain).get(name).scenario();

        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);

        assertEquals("", run.violation());
        assertTrue(run.figures().offered() >= 10);
        assertTrue(
                run.figures().delivered() > 0.5 * run.figures().offered(),
                () -> name + ": " + run.figures().delivered() + " of "
                        + run.figures().offered());
    }

    @Test
    void the_receiver_of_lora_reads_below_the_noise_and_that_of_ofdm_above() throws ConfigException {
        String law = "model = \"log_distance\"\nexponent = 3\nshadowing = 0\nasymmetry = 0\n";
        Scenario lora = scenario(law + "phy = \"lora\"\nspreading_factor = 9\nsnr_spread = 0");
        Scenario ofdm = scenario(law + "phy = \"ofdm\"");

        // SF9: limit -12.5 dB and the curve's half dB; 6 Mb/s: 3.2 dB for a tenth of loss, 3 dB worse than ideal.
        assertEquals(-12, lora.radio().phy().usableSnrDb(), 1.1);
        assertEquals(6.2, ofdm.radio().phy().usableSnrDb(), 0.15);
        assertEquals(0.5, lora.radio().phy().delivery(-12), 0.01);
        assertEquals(-117, lora.radio().noiseDbm(), 0.05);
        assertEquals(-94, ofdm.radio().noiseDbm(), 0.05);
        assertEquals("LORA", lora.radio().phy().linkClass().name());
        assertEquals(60_000, lora.routing().helloMinMs());
    }

    @Test
    void what_does_not_fit_together_is_told_with_its_place() {
        assertEquals(List.of("test.toml:10:1: [radio] rate is of phy ofdm only"), problems("phy = \"lora\"\nrate = 6"));
        assertEquals(
                List.of(
                        "test.toml:10:1: [radio] rate 11 is none of OFDM's",
                        "    write 6, 9, 12, 18, 24, 36, 48 or 54 (Mb/s)"),
                problems("phy = \"ofdm\"\nrate = 11"));
        assertEquals(
                List.of("test.toml:9:1: [radio] spreading_factor is of phy lora only"),
                problems("spreading_factor = 7"));
        assertEquals(
                List.of("test.toml:10:1: [radio] bandwidth 200 is none of LoRa's", "    write 125, 250 or 500 (kHz)"),
                problems("phy = \"lora\"\nbandwidth = 200"));
        assertEquals(
                List.of(
                        "test.toml:10:1: [radio] model urban was measured with Wi-Fi, and says nothing of LoRa",
                        "    write log_distance"),
                problems("phy = \"lora\"\nmodel = \"urban\""));
        assertEquals(
                List.of(
                        "test.toml:10:1: [radio] sinr is of Wi-Fi only; LoRa frames survive what is 6 dB weaker",
                        "    leave it out"),
                problems("phy = \"lora\"\nsinr = true"));
        assertTrue(problems("phy = \"zigbee\"").get(0).contains("phy 'zigbee' is not one of dsss, ofdm, lora"));
        assertTrue(problems("phy = \"lora\"\nduty = 2").get(0).startsWith("test.toml:10:1: [radio] duty"));
    }
}
