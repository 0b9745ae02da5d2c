package io.thicket.drivers.serial.jssc;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.serial.PortListener;
import io.thicket.drivers.serial.PortStatus;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.PortWorker;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Measures what one open port costs. Arguments: seconds, milliseconds between lines (0: silence). Needs socat. */
final class IdleCost {
    private IdleCost() {}

    public static void main(String[] args) throws Exception {
        long seconds = Long.parseLong(args[0]);
        long paceMs = Long.parseLong(args[1]);
        Path directory = Files.createTempDirectory("idle");
        try (PtyPair pty = PtyPair.open(directory.resolve("host"), directory.resolve("device"));
                PortWorker worker = new PortWorker(
                        "idle",
                        PortConfig.of(directory.resolve("host").toString(), LineParameters.of8N1(9600)),
                        DriverCatalogue.find("text.keyvalue").orElseThrow().open(Map.of()),
                        new Silent(),
                        JsscTransport::open,
                        new PortSystem(Path.of("/dev"), Path.of("/sys"), directory),
                        new SplittableRandom(1))) {
            worker.start();
            measure(pty, 5, paceMs);
            long before = cpuNanos();
            measure(pty, seconds, paceMs);
            double percent = (cpuNanos() - before) / 1e7 / seconds;
            System.out.printf(
                    "java %s, line every %d ms: port thread %.2f %% of a core, %s%n",
                    System.getProperty("java.version"),
                    paceMs,
                    percent,
                    worker.status().frames());
        }
    }

    private static void measure(PtyPair pty, long seconds, long paceMs) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            if (paceMs > 0) {
                pty.send("temp=21.5 hum=40\n");
            }
            Thread.sleep(paceMs > 0 ? paceMs : 200);
        }
    }

    private static long cpuNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            if (threads.getThreadInfo(id).getThreadName().equals("port-idle")) {
                return threads.getThreadCpuTime(id);
            }
        }
        throw new AssertionError("no port thread");
    }

    private static final class Silent implements PortListener {
        @Override
        public void observed(long arrivedAtNanos, List<Observation> observations) {}

        @Override
        public void portChanged(PortStatus status) {}
    }
}
