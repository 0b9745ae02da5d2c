package io.thicket.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.file.ImportException;
import io.thicket.sim.scenario.file.MeasuredLinks;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-jdk") // it only computes
final class RadioFitTest {
    private static final int NODES = 40;

    @TempDir
    private Path directory;

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Links of a law that is known: -40 dBm at 1 m, exponent 3, 6 dB of shadowing, 1 dB of asymmetry; rows below {@code floor} are not there. */
    private MeasuredLinks made(long seed, double floor) throws IOException, ImportException {
        RandomGenerator random = random(seed);
        StringBuilder nodes = new StringBuilder("name,x,y\n");
        StringBuilder links = new StringBuilder("from,to,rssi_dbm,noise_dbm,pdr\n");
        double[][] places = new double[NODES][];
        for (int i = 0; i < NODES; i++) {
            places[i] = new double[] {random.nextDouble() * 100, random.nextDouble() * 100};
            nodes.append("n")
                    .append(i)
                    .append(',')
                    .append(places[i][0])
                    .append(',')
                    .append(places[i][1])
                    .append('\n');
        }
        for (int i = 0; i < NODES; i++) {
            for (int j = i + 1; j < NODES; j++) {
                double d = Math.max(1, Math.hypot(places[i][0] - places[j][0], places[i][1] - places[j][1]));
                double both = -40 - 30 * Math.log10(d) + 6 * random.nextGaussian();
                for (int way = 0; way < 2; way++) {
                    double rssi = both + random.nextGaussian();
                    double snr = rssi + 95;
                    double pdr = 1 / (1 + Math.exp(-(snr - 12) / 3));
                    if (rssi >= floor) {
                        links.append(way == 0 ? "n" + i + ",n" + j : "n" + j + ",n" + i)
                                .append(String.format(Locale.ROOT, ",%.3f,-95,%.4f%n", rssi, pdr));
                    }
                }
            }
        }
        Files.writeString(directory.resolve("nodes.csv"), nodes);
        Files.writeString(directory.resolve("links.csv"), links);
        return MeasuredLinks.read(directory.resolve("links.csv"), directory.resolve("nodes.csv"), Map.of());
    }

    @Test
    void a_law_that_is_known_is_found_again() throws IOException, ImportException {
        RadioFit fit = new RadioFit(made(1, -1_000), 16);

        assertEquals(-40, fit.loss().at1mDbm(), 1.5);
        assertEquals(3, fit.loss().exponent(), 0.1);
        assertEquals(Math.sqrt(37), fit.loss().sigmaDb(), 0.3);
        assertEquals(1, fit.loss().asymmetryDb(), 0.05);
        assertTrue(fit.delivery().ofSnr());
        assertEquals(12, fit.delivery().middle(), 0.05);
        assertEquals(3, fit.delivery().width(), 0.05);
        assertEquals(List.of(), fit.warnings());
        List<String> lines = fit.lines();
        assertTrue(lines.contains("tx = 16.0"), lines::toString);
        assertTrue(lines.stream().noneMatch(line -> line.contains("node_offset")), "no node differs: " + lines);
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("exponent = 3\\.0\\d|exponent = 2\\.9\\d")),
                lines::toString);
    }

    @Test
    void standard_errors_are_as_large_as_the_estimates_scatter() throws IOException, ImportException {
        List<Double> exponents = new ArrayList<>();
        double claimed = 0;
        for (int seed = 0; seed < 30; seed++) {
            MeasuredLinks links = made(seed, -1_000);
            exponents.add(PathLossFit.of(links.rows()).exponent());
            claimed += Jackknife.errors(links.rows(), 1, rows ->
                            new double[] {PathLossFit.of(rows).exponent()})[0]
                    / 30;
        }
        double mean =
                exponents.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double scatter = Math.sqrt(exponents.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .average()
                .orElse(0));

        assertEquals(1, claimed / scatter, 0.5, () -> "scatter " + scatter);
    }

    @Test
    void links_that_are_missing_because_they_do_not_work_are_warned_of() throws IOException, ImportException {
        RadioFit fit = new RadioFit(made(1, -92), 16);

        assertTrue(fit.loss().exponent() < 2.8, () -> "exponent " + fit.loss().exponent());
        assertTrue(fit.warnings().stream().anyMatch(text -> text.contains("survivor bias")), () -> "" + fit.warnings());
    }

    /** A table of simulated or rounded shares has them as 0; what is fitted, the signal, is there. */
    @Test
    void links_that_deliver_nothing_but_have_a_signal_are_not_missing() throws IOException, ImportException {
        MeasuredLinks all = made(1, -1_000);
        List<Row> rounded = all.rows().stream()
                .map(row -> new Row(
                        row.from(), row.to(), row.distanceM(), row.rssiDbm(), row.snrDb(), Math.rint(row.delivered())))
                .toList();

        RadioFit fit = new RadioFit(new MeasuredLinks(rounded, 0, all.places(), all.pairDistancesM()), 16);

        assertEquals(List.of(), fit.warnings());
        assertEquals(3, fit.loss().exponent(), 0.2);
    }

    @Test
    void a_law_that_explains_nothing_is_called_unusable() {
        RandomGenerator random = random(3);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(new Row(
                    "a" + i % 20,
                    "b" + i / 20,
                    10 + random.nextDouble() * 500,
                    -60 + 14 * random.nextGaussian(),
                    Double.NaN,
                    Double.NaN));
        }
        RadioFit fit = new RadioFit(new MeasuredLinks(rows, 0, Map.of(), List.of()), 16);

        assertTrue(fit.warnings().stream().anyMatch(text -> text.contains("no usable law")), () -> "" + fit.warnings());
        assertTrue(fit.lines().stream().noneMatch(line -> line.equals("[radio]")), "a section of no use");
        assertTrue(
                fit.json().contains("\"delivery\":{\"rows\":0,\"of\":\"rssi\",\"middleDb\":{\"value\":null"),
                fit::json);
    }

    @Test
    void tables_that_say_too_little_are_refused_or_not_fitted() throws IOException, ImportException {
        Path file = directory.resolve("bad.csv");
        Files.writeString(file, "from,to,pdr\na,b,1\n");
        ImportException none = assertThrows(ImportException.class, () -> MeasuredLinks.read(file, null, Map.of()));
        assertTrue(none.getMessage().contains("nothing to fit"), none.getMessage());
        Files.writeString(file, "from,to,rssi,distance_m,pdr\na,b,-50,3,7\n");
        ImportException share = assertThrows(ImportException.class, () -> MeasuredLinks.read(file, null, Map.of()));
        assertTrue(share.getMessage().contains("line 2: pdr = 7.0 is no share"), share.getMessage());
        Files.writeString(file, "from,to,rssi,distance_m\na,b,-50,3\nb,a,-51,3\na,a,-1,0\n,,-1,3\na,,-70,0\n");
        RadioFit few = new RadioFit(MeasuredLinks.read(file, null, Map.of()), 16);
        assertFalse(few.isUsable());
        assertTrue(few.lines().get(1).startsWith("path loss  not fitted: 2 rows"), () -> "" + few.lines());
    }

    @Test
    void a_node_that_is_there_twice_has_no_place() throws IOException {
        Path links = directory.resolve("links.csv");
        Path nodes = directory.resolve("nodes.csv");
        Files.writeString(links, "from,to,rssi\na,b,-70\n");
        Files.writeString(nodes, "name,x,y\na,0,0\nb,10,0\na,500,0\n");

        ImportException twice = assertThrows(ImportException.class, () -> MeasuredLinks.read(links, nodes, Map.of()));

        assertEquals(nodes + ": line 4: node 'a' is there twice", twice.getMessage());
    }

    @Test
    void a_distance_below_0_is_a_mistake_and_0_is_not_known() throws IOException, ImportException {
        Path file = directory.resolve("links.csv");
        Files.writeString(file, "from,to,rssi,distance_m\na,b,-50,3\nb,a,-51,-12\n");

        ImportException negative = assertThrows(ImportException.class, () -> MeasuredLinks.read(file, null, Map.of()));

        assertEquals(file + ": line 3: distance_m = -12 is less than 0", negative.getMessage());
        Files.writeString(file, "from,to,rssi,distance_m\na,b,-50,0\n");
        assertTrue(Double.isNaN(
                MeasuredLinks.read(file, null, Map.of()).rows().get(0).distanceM()));
    }

    @Test
    void only_rows_with_the_wanted_values_are_taken() throws IOException, ImportException {
        Path file = directory.resolve("where.csv");
        Files.writeString(file, "from,to,band,rssi,distance_m\na,b,5,-50,3\na,b,2.4,-60,3\n");

        MeasuredLinks links = MeasuredLinks.read(file, null, Map.of("band", "2.4"));

        assertEquals(1, links.rows().size());
        assertEquals(-60, links.rows().get(0).rssiDbm());
        assertThrows(ImportException.class, () -> MeasuredLinks.read(file, null, Map.of("mode", "x")));
    }

    @Test
    void places_on_both_sides_of_the_180th_meridian_are_neighbours() throws IOException, ImportException {
        Files.writeString(directory.resolve("links.csv"), "from,to,rssi\na,b,-70\n");
        Files.writeString(directory.resolve("nodes.csv"), "name,lat,lon\na,0,179.9995\nb,0,-179.9995\n");

        MeasuredLinks links =
                MeasuredLinks.read(directory.resolve("links.csv"), directory.resolve("nodes.csv"), Map.of());

        assertEquals(111.2, links.rows().get(0).distanceM(), 0.1);
    }

    @Test
    void places_in_metres_and_in_degrees_at_once_are_refused() throws IOException {
        Path links = directory.resolve("links.csv");
        Path nodes = directory.resolve("nodes.csv");
        Files.writeString(links, "from,to,rssi\na,b,-70\n");
        Files.writeString(nodes, "# two surveys\nname,x_m,y_m,lat,lon\na,0,0,51,12\nb,10,0,51.001,12\n");

        ImportException both = assertThrows(ImportException.class, () -> MeasuredLinks.read(links, nodes, Map.of()));

        assertEquals(
                nodes
                        + ": line 2: there are places in metres (x_m) and in degrees (lat): take those columns out that are"
                        + " not meant",
                both.getMessage());
    }
}
