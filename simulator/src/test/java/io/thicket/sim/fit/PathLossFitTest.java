package io.thicket.sim.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.sim.scenario.file.MeasuredLinks.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk") // it only computes
final class PathLossFitTest {
    /** All links of sixteen nodes on a grid of 10 m, of which every fourth sends 6 dB louder; sorted by name. */
    private static List<Row> loudAndQuiet() {
        List<Row> rows = new ArrayList<>();
        for (int from = 0; from < 16; from++) {
            for (int to = 0; to < 16; to++) {
                if (from != to) {
                    double distanceM = 10 * Math.hypot(from % 4 - to % 4, from / 4 - to / 4);
                    rows.add(row(from, to, distanceM, -60 + (from % 4 == 0 ? 6 : 0)));
                }
            }
        }
        return rows;
    }

    private static Row row(int from, int to, double distanceM, double rssiDbm) {
        return new Row("n" + from, "n" + to, distanceM, rssiDbm, Double.NaN, Double.NaN);
    }

    @Test
    void asymmetry_does_not_depend_on_the_order_of_rows() {
        List<Row> shuffled = loudAndQuiet();
        Collections.shuffle(shuffled, new Random(1));

        // Of 120 pairs 48 have one loud end, and a difference of 6 dB.
        double expected = Math.sqrt(48 * 36 / 120.0 / 2);
        assertEquals(expected, PathLossFit.of(loudAndQuiet()).asymmetryDb(), 1e-9);
        assertEquals(expected, PathLossFit.of(shuffled).asymmetryDb(), 1e-9);
    }

    @Test
    void asymmetry_of_a_loud_hub_is_seen() {
        List<Row> star = new ArrayList<>();
        for (int leaf = 1; leaf <= 12; leaf++) {
            star.add(row(0, leaf, 10 * leaf, -52));
            star.add(row(leaf, 0, 10 * leaf, -60));
        }

        assertEquals(8 / Math.sqrt(2), PathLossFit.of(star).asymmetryDb(), 1e-9);
    }

    @Test
    void what_was_measured_more_than_once_counts_with_its_mean_whatever_the_order() {
        List<Row> rows = new ArrayList<>();
        for (int leaf = 1; leaf <= 12; leaf++) {
            rows.add(row(0, leaf, 10 * leaf, -51));
            rows.add(row(leaf, 0, 10 * leaf, -60));
            rows.add(row(0, leaf, 10 * leaf, -53));
        }
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(1));

        assertEquals(8 / Math.sqrt(2), PathLossFit.of(rows).asymmetryDb(), 1e-9);
        assertEquals(8 / Math.sqrt(2), PathLossFit.of(shuffled).asymmetryDb(), 1e-9);
    }
}
