package io.thicket.agent.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.BadFrame;
import io.thicket.agent.port.Sensor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.filter.FilterSet;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SerialSensorTest {
    private final FakeTimers timers = new FakeTimers();

    @TempDir
    Path directory;

    @Test
    @Timeout(20)
    void a_least_interval_thins_what_a_device_says() throws IOException {
        Path node = Files.createFile(directory.resolve("ttyS8"));
        SensorFactory factory = new SensorFactory(
                (n, line) -> new OneText("\na=1\na=2\na=3\n", new CountDownLatch(1)),
                new PortSystem(directory, directory, directory));
        SensorSpec spec = new SensorSpec("air", "text.keyvalue", node.toString(), null, 0, 1000, 60_000, Map.of());
        List<List<Observation>> readings = new ArrayList<>();
        timers.nowMs = 1_000_000;
        try (Sensor sensor = factory.create(spec, timers, new SplittableRandom(1))) {
            sensor.start(new Sensor.SensorListener() {
                @Override
                public void onReading(long takenAtMs, List<Observation> observations) {
                    readings.add(observations);
                }

                @Override
                public void onStatus(Sensor.Status status) {}
            });
            while (sensor.status().goodFrames() < 3) {
                Thread.onSpinWait();
            }
            timers.runPosted();
        }

        assertEquals(List.of(List.of(Observation.good("a", 1, null))), readings);
    }

    /** A port on which one text is waiting to be read. */
    private static final class OneText implements Transport {
        private final byte[] text;
        private final CountDownLatch closed;
        private int at;

        OneText(String text, CountDownLatch closed) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
            this.closed = closed;
        }

        @Override
        public int pending() {
            return text.length - at;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            System.arraycopy(text, at, buffer, offset, length);
            at += length;
            return length;
        }

        @Override
        public int write(byte[] bytes, int offset, int length) {
            return length;
        }

        @Override
        public void purge() {}

        @Override
        public void setLine(LineParameters line) {}

        @Override
        public void setLines(boolean rts, boolean dtr) {}

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    @Timeout(20)
    void a_frame_that_was_refused_is_there_to_be_looked_at() throws IOException {
        Path node = Files.createFile(directory.resolve("ttyS7"));
        SensorFactory factory = new SensorFactory(
                (n, line) -> new OneText("\n=1\n", new CountDownLatch(1)),
                new PortSystem(directory, directory, directory));
        timers.nowMs = 1_000_000;
        try (Sensor sensor = new FilteredSensor(
                factory.create(
                        SensorSpec.serial("air", "text.keyvalue", node.toString()), timers, new SplittableRandom(1)),
                FilterSet.parse(Map.of()),
                timers)) {
            sensor.start(new Sensor.SensorListener() {
                @Override
                public void onReading(long takenAtMs, List<Observation> observations) {}

                @Override
                public void onStatus(Sensor.Status status) {}
            });
            while (sensor.lastBadFrame().isEmpty()) {
                Thread.onSpinWait();
            }

            BadFrame refused = sensor.lastBadFrame().orElseThrow();
            assertEquals(List.of("+0.000000 RX 0a3d310a"), refused.lines());
            assertTrue(refused.atMs() > 980_000 && refused.atMs() <= 1_000_000, "at " + refused.atMs());
        }
    }

    @Test
    @Timeout(20)
    void readings_of_the_port_arrive_on_the_loop_in_its_time() throws IOException, InterruptedException {
        Path node = Files.createFile(directory.resolve("ttyS9"));
        CountDownLatch closed = new CountDownLatch(1);
        SensorFactory factory = new SensorFactory(
                (n, line) -> new OneText("\ntemp=21.5\n", closed), new PortSystem(directory, directory, directory));
        Sensor sensor = factory.create(
                SensorSpec.serial("air", "text.keyvalue", node.toString()), timers, new SplittableRandom(1));
        List<List<Observation>> readings = new ArrayList<>();
        AtomicBoolean ready = new AtomicBoolean();
        timers.nowMs = 1_000_000;
        sensor.start(new Sensor.SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                assertTrue(takenAtMs <= timers.nowMs && takenAtMs > timers.nowMs - 20_000, "taken at " + takenAtMs);
                readings.add(observations);
            }

            @Override
            public void onStatus(Sensor.Status status) {
                ready.set(status.state().equals("ready"));
            }
        });
        while (readings.isEmpty() || !ready.get()) {
            timers.runPosted();
            Thread.onSpinWait();
        }

        assertEquals(List.of(List.of(Observation.good("temp", 21.5, null))), readings);
        assertEquals("text.keyvalue", sensor.status().driver());
        assertEquals("ready", sensor.status().state());
        assertEquals("", sensor.status().problem());
        assertEquals(node.toString(), sensor.status().port());
        sensor.close();
        assertTrue(closed.await(2, TimeUnit.SECONDS));
        assertEquals("closed", sensor.status().state());
    }
}
