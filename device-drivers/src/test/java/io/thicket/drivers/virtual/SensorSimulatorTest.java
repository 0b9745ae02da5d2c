package io.thicket.drivers.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorSimulatorTest {
    private static SensorSimulator simulator(String text, long seed) {
        return new SensorSimulator(SensorSimulator.parse(text), new SplittableRandom(seed));
    }

    private static double first(List<Observation> values) {
        return ((Observation.Value.Numeric) values.get(0).value()).value();
    }

    private static List<List<Observation>> samples(String text, long seed) {
        SensorSimulator simulator = simulator(text, seed);
        List<List<Observation>> samples = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            samples.add(simulator.sample(i * 1000L));
        }
        return samples;
    }

    @Test
    void sources_move_as_they_are_called() {
        assertEquals(5, first(simulator("a=constant(5)", 1).sample(99)));
        assertEquals(1.5, first(simulator("a=ramp(1,2,10)", 1).sample(5_000)));
        assertEquals(1, first(simulator("a=ramp(1,2,10)", 1).sample(10_000)));
        assertEquals(24, first(simulator("a=sine(21,3,60)", 1).sample(15_000)));
        assertEquals(18, first(simulator("a=sine(21,3,60)", 1).sample(45_000)));
    }

    @Test
    void units_are_primary_ones() {
        assertEquals(
                List.of(Observation.good("p", 101_300, "Pa")),
                simulator("p:hPa = constant( 1013 )", 1).sample(0));
    }

    @Test
    void the_same_seed_gives_the_same_walk_within_its_limits() {
        String walk = "h:%RH=walk(45,5,40,50)";

        assertEquals(samples(walk, 7), samples(walk, 7));
        assertNotEquals(samples(walk, 7), samples(walk, 8));
        for (List<Observation> sample : samples(walk, 7)) {
            assertTrue(first(sample) >= 40 && first(sample) <= 50);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a=5",
                "a=sine(1,2)",
                "a=sine(1,2,0)",
                "a=wave(1)",
                "a=constant(x)",
                "a=constant(1e9)",
                "a:xyz=constant(1)",
                "a=constant(1);a=constant(2)",
                "a b=constant(1)",
                "a=walk(1,-1,0,2)",
                "a=walk(1,1,3,2)",
            })
    void faults_are_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SensorSimulator.parse(text));
    }
}
