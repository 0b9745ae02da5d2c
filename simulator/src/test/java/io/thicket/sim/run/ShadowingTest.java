package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.sim.kernel.Normal;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Positions;
import org.junit.jupiter.api.Test;

final class ShadowingTest {
    private static final double WIDTH_M = 20;

    /** Two ends far apart, and others so many widths beside each. */
    private record Street(int nodes) implements Positions {
        @Override
        public double x(int node, long atUs) {
            return node % 2 == 0 ? 0 : 1_000;
        }

        @Override
        public double y(int node, long atUs) {
            return WIDTH_M * (node / 2);
        }

        @Override
        public boolean isStatic() {
            return true;
        }
    }

    private static Shadowing draw(double share, long seed) {
        return new Shadowing(WIDTH_M, share, new Street(8), new Seeds(seed));
    }

    @Test
    void links_are_alike_by_the_distances_of_both_ends_whichever_way_round() {
        int seeds = 3_000;
        double[] products = new double[5];
        for (int seed = 0; seed < seeds; seed++) {
            Shadowing shadowing = draw(0.8, seed);
            double first = shadowing.of(0, 1);
            products[0] += first * first / seeds;
            products[1] += first * shadowing.of(0, 3) / seeds; // one end a width away
            products[2] += first * shadowing.of(3, 2) / seeds; // both, and the other way round
            products[3] += first * shadowing.of(4, 1) / seeds; // one end two widths away
            products[4] += first * shadowing.of(6, 5) / seeds; // three and two
        }

        assertEquals(1, products[0], 0.08);
        assertEquals(0.8 * Math.exp(-1), products[1], 0.06);
        assertEquals(0.8 * Math.exp(-2), products[2], 0.06);
        assertEquals(0.8 * Math.exp(-2), products[3], 0.06);
        assertEquals(0.8 * Math.exp(-5), products[4], 0.06);
    }

    /** Near ends are near each other's, too, which must not make short links luckier or unluckier than others. */
    @Test
    void short_links_have_the_same_deviation() {
        int seeds = 3_000;
        double squares = 0;
        for (int seed = 0; seed < seeds; seed++) {
            double its = draw(1, seed).of(0, 2);
            squares += its * its / seeds;
        }

        assertEquals(1, squares, 0.08);
    }

    @Test
    void it_is_the_same_both_ways_and_a_node_more_changes_no_link() {
        Shadowing few = draw(0.7, 5);
        Shadowing more = new Shadowing(WIDTH_M, 0.7, new Street(12), new Seeds(5));

        assertEquals(few.of(2, 5), few.of(5, 2));
        assertEquals(few.of(2, 5), more.of(2, 5));
    }

    @Test
    void without_a_width_or_a_share_each_link_is_drawn_alone_as_it_was_before_there_were_any() {
        Seeds seeds = new Seeds(9);
        double alone = Normal.draw(seeds.generator("shadow", 1L << 32 | 4));

        assertEquals(alone, new Shadowing(0, 0, new Street(8), seeds).of(4, 1));
        assertEquals(alone, new Shadowing(WIDTH_M, 0, new Street(8), seeds).of(1, 4));
    }
}
