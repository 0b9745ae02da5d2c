package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.Observation;
import io.thicket.drivers.spec.CommandSpec;
import io.thicket.drivers.spec.DeviceSpec;
import io.thicket.drivers.spec.FrameSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every built-in specification, shown on its own examples. */
class SpecCatalogueTest {
    static List<SpecDriver> drivers() {
        List<SpecDriver> drivers = new ArrayList<>();
        for (DeviceDriver driver : DriverCatalogue.all()) {
            if (driver instanceof SpecDriver its) {
                drivers.add(its);
            }
        }
        return drivers;
    }

    static List<String> ids() {
        return drivers().stream().map(driver -> driver.descriptor().id()).toList();
    }

    private static List<byte[]> examples(String id) {
        return DriverCatalogueTest.examples(id);
    }

    private static DeviceSpec spec(String id) {
        return ((SpecDriver) DriverCatalogue.find(id).orElseThrow()).spec();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void the_index_says_what_the_file_says(String id) {
        SpecDriver driver = (SpecDriver) DriverCatalogue.find(id).orElseThrow();

        assertEquals(SpecDriver.describe(driver.spec(), driver.model()), driver.descriptor());
    }

    @ParameterizedTest
    @MethodSource("ids")
    void examples_byte_by_byte_give_what_they_give_at_once(String id) {
        for (byte[] example : examples(id)) {
            Decoded whole = Decoded.by(id).feed(0, example);
            Decoded pieces = Decoded.by(id);
            for (byte b : example) {
                pieces.feed(0, new byte[] {b});
            }

            assertEquals(1, whole.readings.size());
            assertEquals(whole.lines(), pieces.lines());
            assertEquals(whole.counts(), pieces.counts());
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void every_example_is_found_after_noise_and_after_half_a_frame(String id) {
        Random random = new Random(17);
        for (byte[] example : examples(id)) {
            List<String> wanted = Decoded.by(id).feed(0, example).lines();
            for (int round = 0; round < 100; round++) {
                Decoded device = Decoded.by(id);
                byte[] noise = new byte[random.nextInt(40)];
                random.nextBytes(noise);
                int cut = random.nextInt(example.length);
                device.feed(0, noise).feed(1, java.util.Arrays.copyOf(example, cut));
                // The noise may promise a long frame: it is over when the line falls silent.
                device.session.onSilence(10_000, (at, values) -> {});
                device.readings.clear();
                device.feed(20_000, noise).feed(20_001, example);
                device.session.onSilence(40_000, (at, values) -> device.readings.add(values));

                List<String> lines = device.lines();
                assertTrue(lines.containsAll(wanted), "round " + round + ": " + lines);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void an_example_with_a_flipped_bit_is_refused(String id) {
        FrameSpec frame = spec(id).frame();
        if (frame.check() == null && !(frame instanceof FrameSpec.VeDirect)) {
            assertEquals("hilink.ld2410", id, "the one device whose frames have no checksum");
            return;
        }
        for (byte[] example : examples(id)) {
            for (int bit = 0; bit < example.length * 8; bit++) {
                byte[] damaged = example.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                Decoded device = Decoded.by(id).feed(0, damaged);
                device.session.onSilence(100_000, (at, values) -> device.readings.add(values));

                List<List<Observation>> wrong = new ArrayList<>(device.readings);
                wrong.removeIf(values -> isHarmless(id, example, values));
                assertEquals(List.of(), wrong, "bit " + bit);
            }
        }
    }

    /** A message in hex that is no longer one is part of nothing; the block around it may still be right. */
    private static boolean isHarmless(String id, byte[] example, List<Observation> values) {
        return Decoded.by(id).feed(0, example).readings.contains(values);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void names_of_commands_are_unique_and_a_device_without_answers_has_no_polls(String id) {
        DeviceSpec spec = spec(id);
        Set<String> names = new HashSet<>();
        for (CommandSpec command : spec.commands()) {
            assertTrue(names.add(command.name()));
            assertTrue(command.send().length() > 0);
        }
        assertTrue(!spec.docs().about().isEmpty() && !spec.docs().wiring().isEmpty(), "texts for people");
        assertTrue(
                spec.examples().stream().noneMatch(example -> example.source().isEmpty()), "where examples are from");
    }
}
