package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.fit.RadioFit;
import io.thicket.sim.scenario.file.ImportException;
import io.thicket.sim.scenario.file.MeasuredLinks;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scenario with the section that a fit prints has the links that were fitted. */
final class FittedRadioTest {
    /** Metres along a line; distances between any two of them differ. */
    private static final double[] PLACES = {0, 11, 29, 50, 77, 100, 131, 160, 178, 211};

    private static final double NOISE_DBM = -80;

    @TempDir
    private Path directory;

    private static double rssiDbm(int from, int to) {
        return -24.2 - 30 * Math.log10(Math.abs(PLACES[from] - PLACES[to]));
    }

    /** Half at an SNR of 6 dB, or about 100 m: a receiver that is worse than the one of scenarios, and as steep. */
    private static double share(int from, int to) {
        return 1 / (1 + Math.exp(-(rssiDbm(from, to) - NOISE_DBM - 6) / 0.3));
    }

    private RadioFit fit(String columns) throws IOException, ImportException {
        StringBuilder table = new StringBuilder("from,to,distance_m," + columns + "\n");
        for (int i = 0; i < PLACES.length; i++) {
            for (int j = 0; j < PLACES.length; j++) {
                if (i != j) {
                    table.append(String.format(Locale.ROOT, "n%d,n%d,%.3f", i, j, Math.abs(PLACES[i] - PLACES[j])));
                    for (String column : columns.split(",")) {
                        double value =
                                switch (column) {
                                    case "rssi_dbm" -> rssiDbm(i, j);
                                    case "noise_dbm" -> NOISE_DBM;
                                    case "snr_db" -> rssiDbm(i, j) - NOISE_DBM;
                                    default -> share(i, j);
                                };
                        table.append(String.format(Locale.ROOT, ",%.4f", value));
                    }
                    table.append('\n');
                }
            }
        }
        Path file = Files.writeString(directory.resolve("links.csv"), table);
        return new RadioFit(MeasuredLinks.read(file, null, Map.of()), 16);
    }

    /** The printed section, with nodes where those of the table were. */
    private static PlannedWorld scenarioOf(RadioFit fit) throws ConfigException {
        List<String> lines = fit.lines();
        String radio = String.join("\n", lines.subList(lines.indexOf("[radio]"), lines.size()));
        StringBuilder positions = new StringBuilder("\n[nodes]\nlayout = \"explicit\"\npositions = [");
        for (double place : PLACES) {
            positions.append('[').append(place).append(", 0],");
        }
        return new PlannedWorld(
                ScenarioReader.parse(radio + positions + "]\n", "test.toml", Path.of("."), Overrides.NONE));
    }

    private static double errorOf(PlannedWorld world) {
        double squares = 0;
        int count = 0;
        for (int i = 0; i < PLACES.length; i++) {
            for (int j = 0; j < PLACES.length; j++) {
                if (i != j) {
                    squares += Math.pow(world.delivery(i, j) - share(i, j), 2);
                    count++;
                }
            }
        }
        return Math.sqrt(squares / count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rssi_dbm,noise_dbm,pdr",
                "rssi_dbm,snr_db,pdr",
                "rssi_dbm,snr_db,noise_dbm,pdr",
                "snr_db,noise_dbm,pdr",
                "rssi_dbm,pdr"
            })
    void where_deliveries_were_measured_a_scenario_has_them(String columns)
            throws IOException, ImportException, ConfigException {
        PlannedWorld world = scenarioOf(fit(columns));

        assertEquals(0, errorOf(world), 0.05);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rssi_dbm,noise_dbm", "rssi_dbm,snr_db", "rssi_dbm,snr_db,noise_dbm", "snr_db,noise_dbm"})
    void where_only_noise_was_measured_a_scenario_has_that(String columns) throws IOException, ImportException {
        RadioFit fit = fit(columns);

        assertTrue(fit.lines().contains("noise = -80.0"), () -> "" + fit.lines());
        assertTrue(fit.json().contains("\"noise\":{\"measuredDbm\":-80,\"scenarioDbm\":-80,\"rmse\":null}"), fit::json);
    }

    @Test
    void where_no_noise_was_measured_the_section_says_what_a_scenario_assumes() throws IOException, ImportException {
        RadioFit fit = fit("rssi_dbm");

        assertTrue(
                fit.lines()
                        .contains(
                                "# noise = -93.6 is assumed: the table has none, nor links that deliver more and less than half."),
                () -> "" + fit.lines());
        assertTrue(fit.lines().stream().noneMatch(line -> line.startsWith("noise =")), () -> "" + fit.lines());
        assertTrue(
                fit.json().contains("\"noise\":{\"measuredDbm\":null,\"scenarioDbm\":null,\"rmse\":null}"), fit::json);
    }

    @Test
    void ratios_alone_are_no_path_loss() throws IOException, ImportException {
        assertFalse(fit("snr_db,pdr").lines().contains("[radio]"));
    }

    /** Links that lose nothing say where noise is not, but not where it is. */
    @Test
    void deliveries_that_are_all_alike_say_nothing_of_noise() throws IOException, ImportException {
        Path file = directory.resolve("good.csv");
        StringBuilder table = new StringBuilder("from,to,distance_m,rssi_dbm,noise_dbm,pdr\n");
        for (int i = 1; i <= 20; i++) {
            table.append(String.format(
                    Locale.ROOT, "a%d,b,%d,%.3f,-90,%.3f%n", i, i, -40 - 30 * Math.log10(i), 1 - i / 1e3));
        }
        Files.writeString(file, table);
        RadioFit fit = new RadioFit(MeasuredLinks.read(file, null, Map.of()), 16);

        assertTrue(fit.lines().contains("noise = -90.0"), () -> "" + fit.lines());
    }
}
