package io.thicket.agent.sensing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Sensor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.bus.BusParameters;
import io.thicket.drivers.bus.EchoMode;
import io.thicket.drivers.bus.Priority;
import io.thicket.drivers.bus.UnitHealth;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sensors that share a line. */
class BusSensorTest {
    private static final LineParameters LINE = LineParameters.of8N1(9600);

    private final FakeTimers timers = new FakeTimers();
    private final Map<String, List<Observation>> readings = new TreeMap<>();

    @TempDir
    Path directory;

    /** Answers known requests; others are for devices that are not there. */
    private static final class Answering implements Transport {
        private final Map<String, String> answers;
        private final Deque<Byte> input = new ArrayDeque<>();

        Answering(Map<String, String> answers) {
            this.answers = answers;
        }

        @Override
        public int pending() {
            return input.size();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            for (int i = 0; i < length; i++) {
                buffer[offset + i] = input.remove();
            }
            return length;
        }

        @Override
        public int write(byte[] bytes, int offset, int length) {
            String answer = answers.get(HexFormat.of().formatHex(bytes, offset, offset + length));
            for (byte b : HexFormat.of().parseHex(answer == null ? "" : answer)) {
                input.add(b);
            }
            return length;
        }

        @Override
        public void purge() {
            input.clear();
        }

        @Override
        public void setLine(LineParameters line) {}

        @Override
        public void setLines(boolean rts, boolean dtr) {}

        @Override
        public void close() {}
    }

    private SensorSpec spec(String name, String driver, String bus, int unit, Path port) {
        return new SensorSpec(
                name,
                driver,
                bus.isEmpty() ? port.toString() : "",
                bus.isEmpty() ? LINE : null,
                0,
                60_000,
                0,
                Map.of(),
                new UnitSpec(bus, unit, Priority.NORMAL));
    }

    private List<Sensor> sensors(List<BusSpec> buses, List<SensorSpec> specs) {
        Map<String, String> answers = Map.of(
                "01040000000a700d", "01041408d1006c000000f400000026000001f4006400005134",
                "fe0400000004e5c6", "fe0408000000000000019016e6");
        return new SensorFactory(
                        (node, line) -> new Answering(answers), new PortSystem(directory, directory, directory))
                .createAll(buses, specs, timers, new SplittableRandom(1));
    }

    private void start(List<Sensor> sensors) {
        timers.nowMs = 1_000_000;
        for (Sensor sensor : sensors) {
            sensor.start(new Sensor.SensorListener() {
                @Override
                public void onReading(long takenAtMs, List<Observation> observations) {
                    assertTrue(takenAtMs <= timers.nowMs && takenAtMs > timers.nowMs - 20_000, "taken at " + takenAtMs);
                    readings.put(sensor.name(), observations);
                }

                @Override
                public void onStatus(Sensor.Status status) {}
            });
        }
    }

    @Test
    @Timeout(20)
    void each_device_of_a_line_has_its_own_readings_and_health() throws IOException {
        Path node = Files.createFile(directory.resolve("ttyS7"));
        BusSpec bus = new BusSpec(
                "meters", PortConfig.of(node.toString(), LINE), new BusParameters(LINE, EchoMode.AUTO), 100L, null);
        List<Sensor> sensors = sensors(
                List.of(bus),
                List.of(
                        spec("dead", "pzem.016", "meters", 9, node),
                        spec("power", "pzem.016", "meters", 1, node),
                        spec("air", "senseair.s8", "meters", 254, node)));
        start(sensors);
        while (readings.size() < 2 || sensors.get(0).status().unit().state() != UnitHealth.State.SILENT) {
            timers.runPosted();
            Thread.onSpinWait();
        }
        List<String> states = new ArrayList<>();
        sensors.forEach(sensor -> states.add(sensor.status().state()));
        sensors.forEach(Sensor::close);

        assertEquals(List.of("silent", "ready", "ready"), states);
        assertEquals(
                Observation.good("voltage", 225.7, "V"), readings.get("power").get(0));
        assertEquals(Observation.good("co2", 400e-6, "/"), readings.get("air").get(0));
        assertEquals(1, sensors.get(1).status().unit().answers());
        assertEquals("closed", sensors.get(1).status().state());
        assertEquals(node.toString(), sensors.get(1).status().port());
    }

    @Test
    @Timeout(20)
    void a_device_alone_on_its_port_needs_no_bus() throws IOException {
        Path node = Files.createFile(directory.resolve("ttyS8"));
        List<Sensor> sensors = sensors(List.of(), List.of(spec("air", "senseair.s8", "", 254, node)));
        start(sensors);
        while (readings.isEmpty()) {
            timers.runPosted();
            Thread.onSpinWait();
        }
        sensors.forEach(Sensor::close);

        assertEquals(
                400e-6, ((Observation.Value.Numeric) readings.get("air").get(0).value()).value());
        assertEquals("senseair.s8", sensors.get(0).status().driver());
    }
}
