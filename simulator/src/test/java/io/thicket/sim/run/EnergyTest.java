package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class EnergyTest {
    private static final String LINE = """
            [scenario]
            duration = "5min"
            warm_up = "0s"
            power_up = "0s"
            [nodes]
            layout = "line"
            count = 4
            [[traffic]]
            interval = "10s"
            """;

    /** 0.5 W whatever the radio does, and a battery that holds for 120 s of it. */
    private static final String TWO_MINUTES = """
            [[energy]]
            nodes = [2]
            battery_mah = 3.3333333333
            volts = 5
            device_ma = 100
            receive_ma = 0
            transmit_ma = 0
            """;

    private static Scenario scenario(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
    }

    private static RunSummary run(String text) throws ConfigException {
        Scenario scenario = scenario(text);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        assertEquals("", run.violation());
        return RunSummary.of(scenario, run, "test", 1, 1, 0);
    }

    @Test
    void an_empty_battery_takes_its_node_down_when_it_is_empty() throws ConfigException {
        RunSummary summary = run(LINE + TWO_MINUTES + "[[check]]\nkind = \"battery_deaths\"\n");

        EnergyFigures.Node battery = summary.energy().nodes().get(0);
        assertEquals(1, battery.deaths());
        assertEquals(120, battery.firstDeathS(), 0.11);
        assertEquals(60, battery.usedJ(), 0.06);
        assertEquals(0, battery.charge());
        assertFalse(summary.holds());
        RunFigures figures = summary.figures();
        assertTrue(
                figures.packets().stream().noneMatch(packet -> packet.from() == 2 && packet.createdUs() > 120_200_000));
        // Node 3 is behind it: no way any more, and the limit says so.
        assertTrue(figures.packets().stream()
                .noneMatch(packet -> packet.from() == 3 && packet.createdUs() > 121_000_000 && packet.possible()));
        assertTrue(figures.packets().stream().allMatch(packet -> packet.from() != 1 || packet.isDelivered()));
    }

    @Test
    void the_sun_brings_a_node_back() throws ConfigException {
        String noon = "solar_w = 1\nstart_of_day = \"12h\"\ncharge = 0.001\nrestart = 0.5\n";

        RunSummary summary = run(LINE.replace("5min", "30min") + TWO_MINUTES + noon);

        EnergyFigures.Node battery = summary.energy().nodes().get(0);
        // 1 W against 0.5 W: it never runs dry, and is full in the end.
        assertEquals(0, battery.deaths());
        assertEquals(1, battery.charge(), 1e-9);

        RunSummary less =
                run(LINE.replace("5min", "30min") + TWO_MINUTES + noon.replace("solar_w = 1", "solar_w = 0.2"));
        EnergyFigures.Node dry = less.energy().nodes().get(0);
        // 0.2 W bring 30 J in 150 s while it is down, taken every 300 s; those last for 200 s by 0.3 W.
        assertTrue(dry.deaths() >= 3, () -> "died " + dry.deaths());
        assertTrue(less.figures().packets().stream()
                .anyMatch(packet -> packet.from() == 2 && packet.createdUs() > 600_000_000 && packet.isDelivered()));
    }

    @Test
    void at_night_there_is_no_sun() throws ConfigException {
        RunSummary summary = run(LINE + TWO_MINUTES + "solar_w = 100\nstart_of_day = \"1h\"\n");

        assertEquals(1, summary.energy().deaths());
    }

    @Test
    void what_radios_sent_is_what_was_on_the_air() throws ConfigException {
        String radio =
                "[[energy]]\nnodes = [0, 1, 2, 3]\nbattery_mah = 1000\nvolts = 5\ndevice_ma = 0\nreceive_ma = 0\n"
                        + "transmit_ma = 200\n";

        RunSummary summary = run(LINE + radio);

        // Each of the frames of the MAC ends 1 us later for the radio, by propagation.
        double airtime = summary.figures().airtimeSeconds();
        assertEquals(airtime, summary.energy().joules(), airtime * 0.01); // 5 V times 200 mA
        double sent = summary.energy().nodes().stream()
                .mapToDouble(EnergyFigures.Node::sentS)
                .sum();
        assertEquals(airtime, sent, airtime * 0.01);
    }

    @Test
    void the_energy_of_a_packet_is_that_of_the_time_in_which_packets_are_counted() throws ConfigException {
        String halfWatt = TWO_MINUTES.replace("3.3333333333", "1000");

        RunSummary summary = run(LINE.replace("warm_up = \"0s\"", "warm_up = \"2min\"") + halfWatt);

        // 0.5 W for 300 s, 180 of them after the warm-up.
        long delivered = summary.figures().delivered();
        assertEquals(3 * 15, delivered);
        assertEquals(150, summary.energy().joules(), 0.01);
        assertEquals(90.0 / 45, summary.energy().joulesPerDelivered(delivered), 0.001);
        assertTrue(summary.json().contains("\"joulesPerDelivered\":2,"), summary::json);
        assertTrue(String.join("\n", summary.lines()).contains(" batteries, 2 J per delivered packet"));
        assertTrue(HtmlReport.of(summary, "").contains(", 2 J for each delivered packet"));
    }

    @Test
    void a_run_that_is_stopped_in_its_warm_up_has_no_energy_of_a_packet() throws ConfigException {
        Scenario scenario = scenario(LINE.replace("warm_up = \"0s\"", "warm_up = \"2min\"") + TWO_MINUTES);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> simulatedUs < 60_000_000);

        String json = RunSummary.of(scenario, run, "test", 1, 1, 0).json();

        assertTrue(json.contains("\"joules\":30,\"joulesPerDelivered\":null,"), json);
    }

    @Test
    void batteries_that_last_change_nothing_but_the_books() throws ConfigException {
        String battery =
                "[[energy]]\nbattery_mah = 100000\nannounced = \"mains\"\n[[check]]\nkind = \"lifetime\"\nat_least = 1\n";

        RunSummary with = run(LINE + battery);

        assertEquals(run(LINE).figures().traceHash(), with.figures().traceHash());
        assertTrue(with.holds());
        assertTrue(with.json().contains("\"energy\":{\"batteries\":3,\"joules\":"), with::json);
        // 110 mA for the device and little for the radio: 100 Ah last for 37 days.
        assertEquals(37.5, with.energy().leastLifetimeDays(), 1);
    }

    @Test
    void a_check_of_batteries_without_any_does_not_hold() throws ConfigException {
        RunSummary summary = run(LINE.replace("5min", "1min") + "[[check]]\nkind = \"battery\"\nat_least = 0\n");

        assertFalse(summary.holds());
        assertTrue(summary.json().contains("\"energy\":null"), summary::json);
    }

    @Test
    void the_report_names_who_ran_dry() throws ConfigException {
        String html = HtmlReport.of(run(LINE + TWO_MINUTES), "thicket sim run x");

        assertTrue(html.contains("1 battery ran dry"), html);
        assertTrue(html.contains("<td>n2</td>"), html);
    }

    @Test
    void a_radio_is_in_one_state_at_a_time() {
        RadioTimes radios = new RadioTimes(1);
        radios.hears(0, 0, 100);
        radios.hears(0, 50, 150); // an overlap is heard once
        radios.sends(0, 120, 140); // and not while it sends
        radios.hears(0, 130, 160);

        assertEquals(20, radios.sentUs(0));
        assertEquals(160 - 20, radios.heardUs(0));
    }

    @Test
    void wrong_batteries_are_told_all_at_once() {
        String text = "[[energy]]\nnodes = [1, 99]\ncharge = 2\n[[energy]]\nnodes = [1]\nbattery_mah = 1\n"
                + "sunrise = \"7h\"\nannounced = \"wind\"\n";

        String told = String.valueOf(
                assertThrows(ConfigException.class, () -> scenario(text)).getMessage());

        assertTrue(told.contains("test.toml:2:13: [[energy]] nodes: there is no node 99"), told);
        assertTrue(told.contains("test.toml:1:1: [[energy]] has no 'battery_mah'"), told);
        assertTrue(told.contains("test.toml:3:1: [[energy]] charge = 2 is not 0 to 1"), told);
        assertTrue(told.contains("test.toml:5:1: [[energy]] node n1 has a battery already"), told);
        assertTrue(told.contains("test.toml:7:1: [[energy]] sunrise is of nodes with a panel only"), told);
        assertTrue(
                told.contains("test.toml:8:1: [[energy]] announced 'wind' is not one of mains, solar, battery"), told);
    }
}
