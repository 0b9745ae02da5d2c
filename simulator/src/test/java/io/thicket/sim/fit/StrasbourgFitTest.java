package io.thicket.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.ImportException;
import io.thicket.sim.scenario.file.MeasuredLinks;
import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** FIT IoT-LAB Strasbourg, which is not part of the sources: -Dthicket.topologies=DIRECTORY says where its tables are. */
final class StrasbourgFitTest {
    private static final int SPLITS = 20;
    private static final int MORE = 200;
    private static final double MOST = 1.05;

    private static final Path DATA = Path.of(System.getProperty("thicket.topologies", "none"));

    private Map<String, Place> places = Map.of();
    private List<Row> all = List.of();
    private List<Row> rows = List.of();
    /** Of each prediction of links: how large errors were, in those that it claimed. */
    private final List<Double> claimed = new ArrayList<>();

    @BeforeEach
    void read() throws ImportException {
        Path links = DATA.resolve("iotlab-strasbourg-links.csv");
        assumeTrue(Files.exists(links), "there is no " + links + ": give the directory with -Dthicket.topologies=");
        MeasuredLinks read = MeasuredLinks.read(links, DATA.resolve("iotlab-strasbourg-nodes.csv"), Map.of());
        places = read.places();
        all = read.rows();
        rows = all.stream().filter(PathLossFit::isUsable).toList();
    }

    @Test
    void the_whole_of_it_has_the_known_fit() {
        PathLossFit fit = PathLossFit.of(all);

        assertEquals(3_782, fit.rows());
        assertEquals(-40.8, fit.at1mDbm(), 0.05);
        assertEquals(2.25, fit.exponent(), 0.005);
        assertEquals(5.26, fit.sigmaDb(), 0.005);
        assertEquals(
                0.786, fit.asymmetryDb(), 0.0005); // the 1.10 dB of the data are of the difference, around its mean
    }

    /** How much worse than least squares on {@code judges} themselves a fit on {@code half} does there. */
    private static double ratio(List<Row> half, List<Row> judges) {
        return PathLossFit.of(half).errorDb(judges) / PathLossFit.of(judges).sigmaDb();
    }

    /** The same of a fit with offsets of nodes, which knows where the others stand. */
    private double ratioWithOffsets(List<Row> half, List<Row> judges) {
        return ratio(new LinkFit(NodeOffsetFit.of(half, places).orElseThrow(), Optional.empty()), judges);
    }

    /** The same of a fit that knows of links with near ends, too. */
    private double ratioWithLinks(List<Row> half, List<Row> judges) {
        return ratio(LinkFit.of(half, places).orElseThrow(), judges);
    }

    private double ratio(LinkFit fit, List<Row> judges) {
        double squares = 0;
        double standardised = 0;
        for (Row row : judges) {
            NodeOffsetFit.Prediction its =
                    fit.predict(row.from(), places.get(row.from()), row.to(), places.get(row.to()), row.distanceM());
            squares += (row.rssiDbm() - its.rssiDbm()) * (row.rssiDbm() - its.rssiDbm());
            standardised += Math.pow((row.rssiDbm() - its.rssiDbm()) / its.errorDb(), 2) / judges.size();
        }
        claimed.add(Math.sqrt(standardised));
        return Math.sqrt(squares / judges.size()) / PathLossFit.of(judges).sigmaDb();
    }

    /** What each of so many splits of the nodes gives. */
    private List<Double> splits(int first, int count, BiFunction<List<Row>, List<Row>, Double> ratio) {
        List<String> nodes =
                new ArrayList<>(new TreeSet<>(rows.stream().map(Row::from).toList()));
        List<Double> ratios = new ArrayList<>();
        for (int split = first; split < first + count; split++) {
            Set<String> half = half(nodes, new Seeds(split).generator("split"));
            ratios.add(ratio.apply(
                    rows.stream()
                            .filter(row -> half.contains(row.from()) && half.contains(row.to()))
                            .toList(),
                    rows.stream()
                            .filter(row -> !half.contains(row.from()) && !half.contains(row.to()))
                            .toList()));
        }
        return ratios;
    }

    private static double mean(List<Double> ratios) {
        return ratios.stream().mapToDouble(each -> each).average().orElseThrow();
    }

    private static String told(String what, List<Double> ratios) {
        List<Double> sorted = new ArrayList<>(ratios);
        sorted.sort(null);
        return String.format(
                Locale.ROOT,
                "%s: mean %.3f, median %.3f, worst %.3f, above 1.05 %d of %d",
                what,
                mean(sorted),
                (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2,
                sorted.get(sorted.size() - 1),
                sorted.stream().filter(each -> each > MOST).count(),
                sorted.size());
    }

    @Test
    void a_line_fitted_on_half_of_the_nodes_predicts_the_links_of_the_others_on_average() {
        List<Double> ratios = splits(0, SPLITS, StrasbourgFitTest::ratio);
        List<Double> best = splits(0, SPLITS, (half, judges) -> ratio(rows, judges));
        List<Double> offsets = splits(0, SPLITS, this::ratioWithOffsets);
        System.out.println(told("line", ratios));
        System.out.println(told("line of all nodes", best));
        for (int split = 0; split < SPLITS; split++) {
            if (ratios.get(split) > MOST || best.get(split) > MOST || offsets.get(split) > MOST) {
                System.out.printf(
                        Locale.ROOT,
                        "split %d: line %.3f, line of all nodes %.3f, with offsets %.3f%n",
                        split,
                        ratios.get(split),
                        best.get(split),
                        offsets.get(split));
            }
        }
        System.out.println(told("line, other splits", splits(SPLITS, MORE, StrasbourgFitTest::ratio)));

        // Of single splits one in six is worse than 1.05: nodes differ, and half of them is 31.
        assertTrue(mean(ratios) <= MOST, ratios::toString);
        assertTrue(mean(best) < mean(ratios), best::toString);
    }

    @Test
    void a_fit_with_offsets_on_half_of_the_nodes_predicts_the_links_of_the_others_better_than_its_own_line() {
        List<Double> ratios = splits(0, SPLITS, this::ratioWithOffsets);
        System.out.println(told("with offsets", ratios));

        // One split of the twenty is worse than 1.05, of others 3 in 100: docs/bench/radio-fit.md.
        assertTrue(mean(ratios) < 1, ratios::toString);
        assertTrue(ratios.stream().filter(each -> each > MOST).count() <= SPLITS / 20, ratios::toString);
    }

    /** The twenty could be lucky ones: of others, which nothing was chosen by, one in twenty may be worse. */
    @Test
    void a_fit_with_offsets_predicts_the_links_of_the_others_in_nearly_all_of_more_splits() {
        List<Double> ratios = splits(SPLITS, MORE, this::ratioWithOffsets);
        System.out.println(told("with offsets, other splits", ratios));

        assertTrue(mean(ratios) < 1, ratios::toString);
        assertTrue(ratios.stream().filter(each -> each > MOST).count() <= MORE / 20, ratios::toString);
    }

    /** What the issue asks of all 20 splits, by a margin; no more than one in a hundred of the others misses it. */
    @Test
    void a_fit_with_what_near_links_share_on_half_of_the_nodes_predicts_the_links_of_the_others_in_every_split() {
        List<Double> ratios = splits(0, SPLITS, this::ratioWithLinks);
        List<Double> more = splits(SPLITS, MORE, this::ratioWithLinks);
        System.out.println(told("with offsets and links", ratios));
        System.out.println(told("with offsets and links, other splits", more));
        System.out.printf(Locale.ROOT, "errors by those claimed: mean %.3f%n", mean(claimed));

        assertTrue(ratios.stream().allMatch(each -> each <= MOST), ratios::toString);
        assertTrue(mean(ratios) < 0.9, ratios::toString);
        assertTrue(more.stream().filter(each -> each > MOST).count() <= MORE / 100, more::toString);
    }

    @Test
    void a_fit_on_half_of_the_links_predicts_the_others_in_every_split() {
        List<String> pairs = new ArrayList<>(
                new TreeSet<>(rows.stream().map(StrasbourgFitTest::pair).toList()));
        for (int split = 0; split < SPLITS; split++) {
            Set<String> half = half(pairs, new Seeds(split).generator("split"));
            List<Row> its =
                    rows.stream().filter(row -> half.contains(pair(row))).toList();
            List<Row> others =
                    rows.stream().filter(row -> !half.contains(pair(row))).toList();

            double ratio = ratio(its, others);

            assertTrue(ratio <= 1.05, () -> "ratio " + ratio);
        }
    }

    private static String pair(Row row) {
        return row.from().compareTo(row.to()) < 0 ? row.from() + "-" + row.to() : row.to() + "-" + row.from();
    }

    private static Set<String> half(List<String> all, RandomGenerator random) {
        List<String> left = new ArrayList<>(all);
        Set<String> half = new TreeSet<>();
        while (half.size() < all.size() / 2) {
            half.add(left.remove(random.nextInt(left.size())));
        }
        return half;
    }
}
