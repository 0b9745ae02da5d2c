package io.thicket.sim.medium.wifi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NearbyTest {
    private record Points(double[] xs, double[] ys) implements Positions {
        @Override
        public int nodes() {
            return xs.length;
        }

        @Override
        public double x(int node, long atUs) {
            return xs[node];
        }

        @Override
        public double y(int node, long atUs) {
            return ys[node];
        }

        @Override
        public boolean isStatic() {
            return true;
        }
    }

    @Test
    void whoever_is_within_reach_is_among_those_around() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 300; round++) {
            int nodes = 1 + random.nextInt(60);
            double wide = round % 3 == 0 ? 0 : 1000;
            double high = round % 4 == 0 ? 0 : 300;
            Points points = new Points(drawn(nodes, wide, random), drawn(nodes, high, random));
            double reachM = random.nextDouble() * 200;
            Nearby nearby = new Nearby(points, reachM);

            for (int i = 0; i < nodes; i++) {
                int[] around = nearby.around(i);
                assertTrue(IntStream.range(1, around.length).allMatch(k -> around[k - 1] < around[k]));
                for (int j = 0; j < nodes; j++) {
                    boolean reached =
                            Math.hypot(points.x(i, 0) - points.x(j, 0), points.y(i, 0) - points.y(j, 0)) <= reachM;
                    assertTrue(!reached || Arrays.binarySearch(around, j) >= 0, i + " reaches " + j);
                }
            }
        }
    }

    @Test
    void in_a_large_field_few_are_looked_at() {
        SplittableRandom random = new SplittableRandom(2);
        Nearby nearby = new Nearby(new Points(drawn(10_000, 10_000, random), drawn(10_000, 10_000, random)), 250);

        double mean = IntStream.range(0, 10_000)
                .map(i -> nearby.around(i).length)
                .average()
                .orElseThrow();

        assertTrue(mean < 70, () -> mean + " on the mean");
    }

    @Test
    void without_a_reach_everybody_is_near() {
        Points points = new Points(new double[] {0, 1e6, -1e6}, new double[] {5, 1e6, 0});

        assertArrayEquals(new int[] {0, 1, 2}, new Nearby(points, Double.POSITIVE_INFINITY).around(1));
    }

    private static double[] drawn(int count, double size, SplittableRandom random) {
        return random.doubles(count).map(share -> share * size - size / 3).toArray();
    }
}
