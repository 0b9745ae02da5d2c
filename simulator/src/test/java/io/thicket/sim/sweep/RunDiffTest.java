package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunDiffTest {
    private static RunSet set(String name, int firstSeed, double... values) {
        List<RunSet.Run> runs = new ArrayList<>();
        for (double value : values) {
            runs.add(
                    new RunSet.Run("s", "0x" + Integer.toHexString(firstSeed + runs.size()), "", Map.of("pdr", value)));
        }
        return new RunSet(name, new LinkedHashMap<>(Map.of("", runs)), 0);
    }

    /** Welch's statistic of these is -2.8352 with 27.7136 degrees of freedom, p = 0.0085 (worked example of Welch's t-test, Wikipedia). */
    @Test
    void welch_s_test_is_that_of_a_worked_example() throws SweepException {
        RunSet a =
                set("a", 1, 27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4);
        RunSet b =
                set("b", 90, 27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.0, 23.9);

        List<Comparison> all = Comparison.of(
                "", a.points().getOrDefault("", List.of()), b.points().getOrDefault("", List.of()), List.of("pdr"));

        Comparison its = all.get(0);
        assertFalse(its.paired());
        assertEquals(0.0085, its.p(), 0.0005);
        assertTrue(new RunDiff(a, b, List.of()).differs());
    }

    /** What is far apart from seed to seed, but always a little more in B, is seen by pairs only. */
    @Test
    void the_same_seeds_are_compared_pair_by_pair() throws SweepException {
        double[] before = {1, 5, 9, 13, 17};
        double[] after = {1.5, 5.6, 9.5, 13.6, 17.5};

        assertTrue(new RunDiff(set("a", 1, before), set("b", 1, after), List.of()).differs());
        assertFalse(new RunDiff(set("a", 1, before), set("b", 50, after), List.of()).differs());
    }

    @Test
    void sweeps_of_two_scenarios_are_told() throws SweepException {
        RunSet a = new RunSet("a", new LinkedHashMap<>(), 0);
        RunSet b = new RunSet("b", new LinkedHashMap<>(), 0);
        for (String point : List.of("nodes.count=4", "nodes.count=9")) {
            a.points().put(point, List.of(run("s", 1), run("s", 2)));
            b.points().put(point, List.of(run("t", 1), run("t", 2)));
        }

        RunDiff diff = new RunDiff(a, b, List.of("pdr"));

        assertTrue(diff.lines().contains("not the same kind of run: scenario s and t"), diff.lines()::toString);
        assertTrue(diff.json().contains("{\"name\":\"scenario\",\"a\":\"s\",\"b\":\"t\"}"), diff.json());
        assertFalse(new RunDiff(a, a, List.of("pdr")).lines().toString().contains("not the same kind"));
    }

    private static RunSet.Run run(String scenario, int seed) {
        return new RunSet.Run(scenario, "0x" + seed, "", Map.of("pdr", 1.0));
    }

    @Test
    void what_two_single_runs_do_not_share_is_said() throws SweepException {
        RunSet a = new RunSet("a", new LinkedHashMap<>(), 0);
        RunSet b = new RunSet("b", new LinkedHashMap<>(), 0);
        a.points()
                .put(
                        "",
                        List.of(new RunSet.Run(
                                "s", "0x1", "", Map.of("pdr", 1.0, "nodes", 4.0, "simulatedSeconds", 480.0))));
        b.points()
                .put(
                        "",
                        List.of(new RunSet.Run(
                                "t", "0x2", "", Map.of("pdr", 1.0, "nodes", 4.0, "simulatedSeconds", 54.9))));

        RunDiff diff = new RunDiff(a, b, List.of("pdr"));

        assertTrue(
                diff.lines()
                        .contains(
                                "not the same kind of run: scenario s and t, seed 0x1 and 0x2, simulatedSeconds 480 and 54.9"),
                diff.lines()::toString);
        assertTrue(
                diff.json()
                        .contains("\"notTheSame\":[{\"name\":\"scenario\",\"a\":\"s\",\"b\":\"t\"},"
                                + "{\"name\":\"seed\",\"a\":\"0x1\",\"b\":\"0x2\"},"
                                + "{\"name\":\"simulatedSeconds\",\"a\":480,\"b\":54.9}]"),
                diff::json);
        RunDiff same = new RunDiff(a, a, List.of("pdr"));
        assertFalse(same.lines().toString().contains("not the same kind"));
        assertTrue(same.json().contains("\"notTheSame\":[]"), same::json);
    }

    @Test
    void the_points_are_named_where_none_is_common() {
        RunSet a = set("a", 1, 0.5);
        RunSet b = new RunSet("b", new LinkedHashMap<>(), 0);
        for (int i = 0; i < 6; i++) {
            b.points().put("x.y=" + i, List.of(new RunSet.Run("s", "0x1", "", Map.of("pdr", 1.0))));
        }

        SweepException refused = assertThrows(SweepException.class, () -> new RunDiff(a, b, List.of("pdr")));

        assertEquals(
                "they have no point in common: A has the file as it is, B has x.y=0; x.y=1; x.y=2; x.y=3 and 2 more",
                refused.getMessage());
    }

    @Test
    void a_figure_that_neither_has_is_refused_also_beside_one_that_both_have() {
        RunSet a = set("a", 1, 0.5, 0.6);

        SweepException refused =
                assertThrows(SweepException.class, () -> new RunDiff(a, set("b", 1, 0.9, 0.9), List.of("pdr", "pdrr")));

        assertTrue(
                String.valueOf(refused.getMessage()).contains("there is no figure 'pdrr'; there are pdr"),
                refused::getMessage);
    }

    @Test
    void of_single_runs_nothing_is_said() throws SweepException {
        RunDiff diff = new RunDiff(set("a", 1, 0.5), set("b", 1, 0.9), List.of());

        assertFalse(diff.differs());
        assertTrue(diff.lines().toString().contains("takes several seeds"), diff.lines()::toString);
    }

    @Test
    void figures_that_never_vary_differ_or_do_not() throws SweepException {
        assertTrue(new RunDiff(set("a", 1, 1, 1, 1), set("b", 1, 2, 2, 2), List.of()).differs());
        assertFalse(new RunDiff(set("a", 1, 1, 1, 1), set("b", 1, 1, 1, 1), List.of()).differs());
    }

    /** Two pairs with one difference by luck are no proof; six times the same direction are (sign test: 1/32). */
    @Test
    void equal_differences_of_pairs_are_no_certainty() throws SweepException {
        RunDiff two = new RunDiff(set("a", 1, 100, 104), set("b", 1, 110, 114), List.of());
        assertFalse(two.differs());
        assertTrue(two.json().contains("\"difference\":{\"mean\":10,\"low95\":null,\"high95\":null}"), two::json);
        assertTrue(two.json().contains("\"p\":0.5,"), two::json);
        double[] before = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
        double[] after = {1.1, 1.2, 1.3, 1.4, 1.5, 1.6};
        RunDiff six = new RunDiff(set("a", 1, before), set("b", 1, after), List.of());
        assertTrue(six.differs());
        assertTrue(six.json().contains("\"p\":0.03125,"), six::json);
    }

    /** Of many figures one differs by accident at 5 %: Holm's 0.01 of 5 is 0.05. */
    @Test
    void probabilities_are_adjusted_for_their_number() {
        List<Comparison> all = new ArrayList<>();
        double[] p = {0.04, 0.01, 0.03, Double.NaN, 0.005};
        for (int i = 0; i < p.length; i++) {
            all.add(new Comparison(
                    "", "f" + i, Estimate.NONE, Estimate.NONE, Estimate.NONE, new Pairing(0, 1, 1), p[i], Double.NaN));
        }

        List<Double> adjusted =
                Comparison.adjusted(all).stream().map(Comparison::adjusted).toList();

        assertEquals(0.06, adjusted.get(0), 1e-12);
        assertEquals(0.03, adjusted.get(1), 1e-12);
        assertEquals(0.06, adjusted.get(2), 1e-12);
        assertTrue(Double.isNaN(adjusted.get(3)));
        assertEquals(0.02, adjusted.get(4), 1e-12);
    }

    @Test
    void what_has_nothing_in_common_is_refused_and_a_point_of_one_is_told() throws SweepException {
        RunSet a = set("a", 1, 1, 2);
        RunSet b = set("b", 1, 1, 2);
        a.points().put("x.y=1", List.of(new RunSet.Run("s", "0x1", "", Map.of("pdr", 1.0))));

        assertThrows(SweepException.class, () -> new RunDiff(b, b, List.of("nothing")));
        assertTrue(new RunDiff(a, b, List.of()).lines().contains("only one of them has x.y=1"));
    }

    @Test
    void the_page_needs_nothing_else_and_escapes_what_it_is_given() throws SweepException {
        String html = new RunDiff(set("<b>", 1, 1, 2), set("b", 1, 1, 3), List.of()).html();

        assertFalse(html.contains("<script") || html.contains("://") || html.contains("<b>\n"), html);
        assertTrue(html.contains("&lt;b&gt;"), html);
        assertTrue(html.contains("<svg"), html);
    }

    private static String note(RunSet a, RunSet b) throws SweepException {
        return new RunDiff(a, b, List.of()).notes().get(0);
    }

    /** A run that was lost took the pairs of all others with it. */
    @Test
    void one_lost_run_leaves_the_other_pairs() throws SweepException {
        RunSet a = set("a", 1, 1, 5, 9, 13, 17);
        RunSet b = set("b", 2, 5.6, 9.5, 13.6, 17.5);

        RunDiff diff = new RunDiff(a, b, List.of());

        assertTrue(diff.differs());
        assertTrue(diff.json().contains("\"a\":{\"n\":4,\"mean\":11,"), diff::json);
        assertTrue(diff.json().contains("\"paired\":true"), diff::json);
        assertEquals(
                "means ± half of their 95 % intervals; differences of pairs with the same seed, of 4 of 5 runs of A and 4 of 4"
                        + " of B; p is adjusted for 1 figure (Holm), DIFFERENT below 0.05",
                note(a, b));
    }

    @Test
    void pairs_are_two_and_half_of_the_runs_at_least() throws SweepException {
        double[] six = {1, 5, 9, 13, 17, 21};

        assertTrue(new RunDiff(set("a", 1, six), set("b", 4, six), List.of())
                .json()
                .contains("\"paired\":true"));
        assertTrue(new RunDiff(set("a", 1, six), set("b", 5, six), List.of())
                .json()
                .contains("\"paired\":false"));
        assertFalse(new RunDiff(set("a", 1, 1, 5), set("b", 2, 1, 5), List.of())
                .json()
                .contains("\"paired\":true"));
        assertTrue(note(set("a", 1, six), set("b", 5, six)).contains("; too few of the same seeds: Welch's test; "));
        assertTrue(note(set("a", 1, six), set("b", 9, six)).contains("; no pairs by seed: Welch's test; "));
        assertTrue(note(set("a", 1, six), set("b", 1, six)).contains("; the same seeds: differences of pairs; "));
    }

    @Test
    void a_figure_that_a_run_lacks_is_compared_by_the_other_pairs_and_the_note_is_true_of_all() throws SweepException {
        RunSet a = set("a", 1, 1, 5, 9, 13, 17);
        RunSet b = set("b", 1, 1.5, 5.6, 9.5, 13.6, 17.5);
        for (RunSet each : List.of(a, b)) {
            List<RunSet.Run> runs = new ArrayList<>();
            for (RunSet.Run run : each.points().getOrDefault("", List.of())) {
                Map<String, Double> figures = new LinkedHashMap<>(run.figures());
                if (!run.seed().equals("0x3") || each == a) {
                    figures.put("late", 1.0 + runs.size());
                }
                if (run.seed().equals("0x2") || run.seed().equals("0x4")) {
                    figures.put("rare", 1.0 + runs.size());
                }
                runs.add(new RunSet.Run("s", run.seed(), "", figures));
            }
            each.points().put("", runs);
        }

        assertTrue(
                note(a, b)
                        .contains(
                                "; differences of pairs with the same seed, of 4 of 5 runs of A and 4 of 5 of B at least;"
                                        + " too few pairs of 1 of 3 figures: Welch's test; "),
                note(a, b));
    }

    @Test
    void the_number_that_p_is_adjusted_for_is_that_of_the_figures_that_have_one() throws SweepException {
        RunSet a = set("a", 1, 1, 5, 9);
        RunSet b = set("b", 1, 2, 5, 9);
        for (RunSet each : List.of(a, b)) {
            List<RunSet.Run> runs = new ArrayList<>(each.points().getOrDefault("", List.of()));
            runs.set(0, new RunSet.Run("s", "0x1", "", Map.of("pdr", 1.0, "once", 4.0)));
            each.points().put("", runs);
        }

        assertTrue(note(a, b).contains("; p is adjusted for 1 figure (Holm)"), note(a, b));
    }
}
