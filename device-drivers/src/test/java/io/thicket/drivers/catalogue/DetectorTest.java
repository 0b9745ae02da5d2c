package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.capture.Detector;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DetectorTest {
    private static List<DeviceDriver> real() {
        return DriverCatalogue.all().stream()
                .filter(driver -> !(driver instanceof VirtualDevice))
                .toList();
    }

    static List<String> ids() {
        return real().stream()
                .map(driver -> driver.descriptor().id())
                .filter(id -> !DriverCatalogueTest.vectors(id).isEmpty() && opensWithoutOptions(id))
                .toList();
    }

    /** What must be told something cannot be found. */
    private static boolean opensWithoutOptions(String id) {
        try {
            DriverCatalogue.find(id).orElseThrow().open(Map.of());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The device is among those with the best score; models that talk alike cannot be told apart. */
    @ParameterizedTest
    @MethodSource("ids")
    void each_device_is_found_among_all(String id) {
        Detector detector = new Detector(real());
        for (int round = 0; round < 4; round++) {
            for (byte[] frame : DriverCatalogueTest.vectors(id)) {
                detector.onBytes(round, frame, 0, frame.length);
            }
        }

        List<Detector.Score> scores = detector.scores();

        assertFalse(scores.isEmpty());
        double best = scores.get(0).share();
        assertTrue(
                scores.stream().anyMatch(score -> score.driver().id().equals(id) && score.share() >= best - 1e-9),
                scores.toString());
    }

    @Test
    void noise_is_no_device() {
        Detector detector = new Detector(real());
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);

        detector.onBytes(0, noise, 0, noise.length);

        assertEquals(List.of(), detector.scores());
        assertEquals(100_000, detector.bytes());
    }

    @Test
    void silence_is_no_device() {
        assertEquals(List.of(), new Detector(real()).scores());
    }
}
