package io.thicket.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.file.MeasuredLinks.Place;
import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class NodeOffsetFitTest {
    private static final double AT_1M = -40;
    private static final double EXPONENT = 2.5;

    /** A hall with a grid of nodes; offsets of 3 dB alike within 8 m if {@code alike}, 4 dB more for each link. */
    private record Truth(Map<String, Place> places, Map<String, Double> offsets, List<Row> rows) {
        static Truth of(long seed, int nodes, boolean alike) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Map<String, Place> places = new LinkedHashMap<>();
            double[][] correlation = new double[nodes][nodes];
            List<Place> all = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                all.add(new Place(40 * random.nextDouble(), 20 * random.nextDouble(), 0));
                places.put("n" + i, all.get(i));
                for (int j = 0; j <= i; j++) {
                    double distance = all.get(i).distanceM(all.get(j));
                    correlation[i][j] = i == j ? 1 : alike ? Math.exp(-distance / 8) : 0;
                }
            }
            Cholesky factor = new Cholesky(correlation);
            double[] free = new double[nodes];
            Map<String, Double> offsets = new HashMap<>();
            for (int i = 0; i < nodes; i++) {
                free[i] = random.nextGaussian();
                offsets.put("n" + i, 3 * Cholesky.dot(factor.row(i), free));
            }
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                for (int j = 0; j < i; j++) {
                    double distance = all.get(i).distanceM(all.get(j));
                    double both = AT_1M
                            - 10 * EXPONENT * Math.log10(distance)
                            + offsets.get("n" + i)
                            + offsets.get("n" + j)
                            + 4 * random.nextGaussian();
                    double way = 0.5 * random.nextGaussian();
                    rows.add(new Row("n" + i, "n" + j, distance, both + way, Double.NaN, Double.NaN));
                    rows.add(new Row("n" + j, "n" + i, distance, both - way, Double.NaN, Double.NaN));
                }
            }
            return new Truth(places, offsets, rows);
        }
    }

    private static final double[][] PLACES = {
        {0, 0, 0}, {4, 1, 0}, {9, 2, 1}, {3, 7, 0}, {8, 8, 2}, {1, 12, 0}, {12, 11, 1}
    };

    private static final double[][] LINKS = {
        {1, 0, 4.123, -53.0}, {2, 0, 9.274, -59.3}, {2, 1, 5.196, -59.2}, {3, 0, 7.616, -55.9}, {3, 2, 7.874, -57.2},
        {4, 0, 11.489, -64.8}, {4, 1, 8.307, -62.7}, {4, 3, 5.477, -54.2}, {5, 0, 12.042, -58.8}, {5, 1, 11.402, -63.8},
        {5, 2, 12.845, -60.4}, {5, 3, 5.385, -52.1}, {5, 4, 8.307, -58.2}, {6, 0, 16.31, -68.2}, {6, 1, 12.845, -71.4},
        {6, 2, 9.487, -64.0}, {6, 4, 5.099, -60.1}, {6, 5, 11.091, -62.5}
    };

    private static Map<String, Place> fewPlaces() {
        Map<String, Place> places = new HashMap<>();
        for (int i = 0; i < PLACES.length; i++) {
            places.put("" + i, new Place(PLACES[i][0], PLACES[i][1], PLACES[i][2]));
        }
        return places;
    }

    private static List<Row> fewRows() {
        List<Row> rows = new ArrayList<>();
        for (double[] link : LINKS) {
            rows.add(new Row("" + (int) link[0], "" + (int) link[1], link[2], link[3], Double.NaN, Double.NaN));
        }
        return rows;
    }

    private static OffsetModel model(List<Row> rows, Map<String, Place> places, double decorrelationM) {
        PairSums sums = PairSums.of(rows);
        return new OffsetModel(sums, sums.nodes().stream().map(places::get).toList(), decorrelationM);
    }

    /** Seven nodes, 18 links; the values are of textbook formulas with the whole covariance matrix of all links (numpy), an independent way. */
    @Test
    void generalised_least_squares_and_likelihood_are_those_of_the_whole_covariance_matrix() {
        OffsetModel.Estimate unlike = model(fewRows(), fewPlaces(), 0).estimate(2);
        OffsetModel.Estimate alike = model(fewRows(), fewPlaces(), 5).estimate(3);

        assertEquals(25.376078, unlike.deviance(), 1e-5);
        assertEquals(-38.7806637, unlike.at1mDbm(), 1e-5);
        assertEquals(-23.31483143, unlike.slopeDb(), 1e-5);
        assertEquals(1.8915545, unlike.s2(), 1e-5);
        assertEquals(25.0907355, alike.deviance(), 1e-5);
        assertEquals(-38.62171181, alike.at1mDbm(), 1e-5);
        assertEquals(-23.19668214, alike.slopeDb(), 1e-5);
        assertEquals(1.7766189, alike.s2(), 1e-5);
    }

    @Test
    void offsets_and_predictions_are_those_of_universal_kriging_with_the_whole_covariance_matrix() {
        Map<String, Place> places = fewPlaces();
        NodeOffsetFit fit = NodeOffsetFit.given(fewRows(), places, 5, 3);
        Place new1 = new Place(6, 5, 1);
        Place new2 = new Place(2, 3, 0);

        assertEquals(1.34092842, fit.offsetDb("0", places.get("0")), 1e-5);
        assertEquals(-3.06020804, fit.offsetDb("6", places.get("6")), 1e-5);
        assertEquals(3.40637217, fit.at1mErrorDb(), 1e-5);
        assertEquals(0.231601806, fit.exponentError(), 1e-6);
        NodeOffsetFit.Prediction one = fit.predict("new1", new1, "2", places.get("2"), 4.242640687);
        assertEquals(-53.3810232, one.rssiDbm(), 1e-5);
        assertEquals(2.38469783, one.errorDb(), 1e-5);
        NodeOffsetFit.Prediction both = fit.predict("new1", new1, "new2", new2, 4.582575695);
        assertEquals(-54.40156, both.rssiDbm(), 1e-5);
        assertEquals(2.9604070, both.errorDb(), 1e-5);
    }

    @Test
    void where_nodes_are_unlike_a_new_one_is_an_average_one_and_less_certain() {
        NodeOffsetFit fit = NodeOffsetFit.given(fewRows(), fewPlaces(), 0, 2);

        NodeOffsetFit.Prediction one =
                fit.predict("new", new Place(6, 5, 1), "2", fewPlaces().get("2"), 4.242640687);

        assertEquals(0, fit.offsetDb("new", new Place(6, 5, 1)));
        assertEquals(-53.0626318, one.rssiDbm(), 1e-5);
        assertEquals(2.6809946, one.errorDb(), 1e-5);
    }

    @Test
    void both_directions_of_a_link_are_one_observation() {
        List<Row> twice = new ArrayList<>(fewRows());
        for (Row row : fewRows()) {
            twice.add(new Row(row.to(), row.from(), row.distanceM(), row.rssiDbm(), Double.NaN, Double.NaN));
        }

        assertEquals(18, PairSums.of(twice).pairs());
        assertEquals(
                model(fewRows(), fewPlaces(), 5).estimate(3).deviance(),
                model(twice, fewPlaces(), 5).estimate(3).deviance(),
                1e-9);
    }

    /** Of offsets that are alike within 8 m a hall of 40 m holds few independent ones: what can be told is their variance by L (Zhang 2004), 9 dB2 by 8 m. */
    @Test
    void a_law_with_offsets_that_are_alike_is_found_again() {
        double roughness = 0;
        double sigma = 0;
        double exponent = 0;
        double at1m = 0;
        int runs = 20;
        for (int seed = 0; seed < runs; seed++) {
            Truth truth = Truth.of(seed, 50, true);
            NodeOffsetFit fit = NodeOffsetFit.of(truth.rows(), truth.places()).orElseThrow();
            roughness += Math.log(fit.offsetDb() * fit.offsetDb() / fit.decorrelationM()) / runs;
            sigma += fit.sigmaDb() / runs;
            exponent += fit.exponent() / runs;
            at1m += fit.at1mDbm() / runs;
        }

        assertEquals(4, sigma, 0.05);
        assertEquals(Math.log(9.0 / 8), roughness, 0.2);
        assertEquals(EXPONENT, exponent, 0.05);
        assertEquals(AT_1M, at1m, 2);
    }

    @Test
    void a_law_with_offsets_that_are_unlike_is_found_again() {
        double offset = 0;
        int runs = 20;
        for (int seed = 0; seed < runs; seed++) {
            offset += NodeOffsetFit.of(Truth.of(seed, 50, false).rows(), Map.of())
                            .orElseThrow()
                            .offsetDb()
                    / runs;
        }

        assertEquals(3, offset, 0.2);
    }

    @Test
    void errors_of_the_line_are_as_large_as_estimates_scatter() {
        double squares = 0;
        int runs = 60;
        for (int seed = 0; seed < runs; seed++) {
            Truth truth = Truth.of(seed, 25, false);
            NodeOffsetFit fit = NodeOffsetFit.of(truth.rows(), Map.of()).orElseThrow();
            double exponent = (fit.exponent() - EXPONENT) / fit.exponentError();
            double at1m = (fit.at1mDbm() - AT_1M) / fit.at1mErrorDb();
            squares += (exponent * exponent + at1m * at1m) / 2 / runs;
            assertEquals(0, fit.decorrelationM());
        }

        assertEquals(1, Math.sqrt(squares), 0.2);
    }

    /** A fit on 30 nodes, judged by links of 20 others: better than the line, and wrong by as much as it says. */
    @Test
    void links_of_nodes_that_were_not_measured_are_predicted_better_than_by_a_line() {
        double line = 0;
        double kriged = 0;
        double standardised = 0;
        int count = 0;
        for (int seed = 0; seed < 20; seed++) {
            Truth truth = Truth.of(seed, 50, true);
            List<Row> half = NumberedRows.within(truth.rows(), 0, 30);
            PathLossFit plain = PathLossFit.of(half);
            NodeOffsetFit fit = NodeOffsetFit.of(half, truth.places()).orElseThrow();
            for (Row row : NumberedRows.within(truth.rows(), 30, 50)) {
                NodeOffsetFit.Prediction its = fit.predict(
                        row.from(),
                        truth.places().get(row.from()),
                        row.to(),
                        truth.places().get(row.to()),
                        row.distanceM());
                line += Math.pow(row.rssiDbm() - plain.rssiDbm(row.distanceM()), 2);
                kriged += Math.pow(row.rssiDbm() - its.rssiDbm(), 2);
                standardised += Math.pow((row.rssiDbm() - its.rssiDbm()) / its.errorDb(), 2);
                count++;
            }
        }
        double ratio = Math.sqrt(kriged / line);
        double claimed = Math.sqrt(standardised / count);

        assertTrue(ratio < 0.95, () -> "error against that of the line " + ratio);
        assertEquals(1, claimed, 0.1);
    }

    /** By chance the nodes of a table seem to differ; not in most of them. */
    @Test
    void nodes_that_do_not_differ_get_no_offsets() {
        List<Double> offsets = new ArrayList<>();
        for (int seed = 0; seed < 41; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < i; j++) {
                    double distance = 1 + 50 * random.nextDouble();
                    double rssi = AT_1M - 30 * Math.log10(distance) + 5 * random.nextGaussian();
                    rows.add(new Row("a" + i, "a" + j, distance, rssi, Double.NaN, Double.NaN));
                }
            }
            NodeOffsetFit fit = NodeOffsetFit.of(rows, Map.of()).orElseThrow();
            assertEquals(PathLossFit.of(rows).exponent(), fit.exponent(), 0.1);
            offsets.add(fit.offsetDb());
        }
        offsets.sort(null);

        assertTrue(offsets.get(20) < 0.5, () -> "median of offsets " + offsets);
    }

    @Test
    void two_nodes_at_one_place_are_one_kind() {
        Map<String, Place> places = fewPlaces();
        places.put("1", new Place(0, 0, 0));
        NodeOffsetFit fit = NodeOffsetFit.given(fewRows(), places, 5, 3);

        assertEquals(fit.offsetDb("0", places.get("0")), fit.offsetDb("1", places.get("1")), 1e-3);
    }

    @Test
    void too_few_and_too_many_nodes_and_one_distance_give_no_fit() {
        List<Row> flat = new ArrayList<>();
        for (Row row : fewRows()) {
            flat.add(new Row(row.from(), row.to(), 5, row.rssiDbm(), Double.NaN, Double.NaN));
        }
        List<Row> many = new ArrayList<>();
        for (int i = 0; i <= NodeOffsetFit.MAX_NODES; i++) {
            for (int j = 1; j <= 3; j++) {
                many.add(new Row("" + i, "" + (i + j) % (NodeOffsetFit.MAX_NODES + 1), j + i, -50, 0, 1));
            }
        }

        assertEquals(Optional.empty(), NodeOffsetFit.of(List.of(), Map.of()));
        assertEquals(Optional.empty(), NodeOffsetFit.of(fewRows().subList(0, 8), fewPlaces()));
        assertEquals(Optional.empty(), NodeOffsetFit.of(flat, fewPlaces()));
        assertEquals(Optional.empty(), NodeOffsetFit.of(many, Map.of()));
        assertTrue(NodeOffsetFit.of(fewRows(), fewPlaces()).isPresent());
    }
}
