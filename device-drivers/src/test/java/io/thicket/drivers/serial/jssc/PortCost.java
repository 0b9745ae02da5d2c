package io.thicket.drivers.serial.jssc;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.serial.PortListener;
import io.thicket.drivers.serial.PortState;
import io.thicket.drivers.serial.PortStatus;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.PortWorker;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures what open ports cost, and how late what they say is heard. Arguments: ports, seconds, milliseconds between lines of each (0:
 * silence). Needs socat. The time is from before the device's write until the listener has the reading, so it includes two copies by
 * socat and the kernel.
 */
final class PortCost {
    private static final int WARM_UP_SECONDS = 5;

    private PortCost() {}

    public static void main(String[] args) throws Exception {
        int ports = Integer.parseInt(args[0]);
        long seconds = Long.parseLong(args[1]);
        long paceMs = Long.parseLong(args[2]);
        Path directory = Files.createTempDirectory("port-cost");
        Heard heard = new Heard();
        List<AutoCloseable> open = new ArrayList<>();
        try {
            List<OutputStream> devices = new ArrayList<>();
            List<PortWorker> workers = new ArrayList<>();
            for (int i = 0; i < ports; i++) {
                Path host = directory.resolve("host" + i);
                PtyPair pty = PtyPair.open(host, directory.resolve("device" + i));
                open.add(pty);
                devices.add(new FileOutputStream(pty.device().toFile()));
                PortWorker worker = worker(i, host, directory, heard);
                open.add(0, worker);
                workers.add(worker);
                worker.start();
            }
            for (PortWorker worker : workers) {
                PtyPair.await("a port", () -> worker.status().state() == PortState.READY);
            }
            talk(devices, WARM_UP_SECONDS, paceMs);
            heard.clear();
            long before = cpuNanos();
            talk(devices, seconds, paceMs);
            double percent = (cpuNanos() - before) / 1e7 / seconds;
            System.out.printf(
                    "java %s, %d ports, line every %d ms: port threads %.2f %% of a core%s%n",
                    System.getProperty("java.version"), ports, paceMs, percent, heard.summary());
        } finally {
            for (AutoCloseable each : open) {
                each.close();
            }
        }
    }

    private static PortWorker worker(int number, Path host, Path locks, PortListener listener) {
        return new PortWorker(
                Integer.toString(number),
                PortConfig.of(host.toString(), LineParameters.of8N1(9600)),
                DriverCatalogue.find("text.keyvalue").orElseThrow().open(Map.of()),
                listener,
                JsscTransport::open,
                new PortSystem(Path.of("/dev"), Path.of("/sys"), locks),
                new SplittableRandom(number));
    }

    private static void talk(List<OutputStream> devices, long seconds, long paceMs) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            if (paceMs > 0) {
                for (OutputStream device : devices) {
                    // The number is when it was sent, in microseconds of half an hour: as many digits as a text line
                    // keeps.
                    String line = "sent=" + System.nanoTime() / 1000 % Heard.ROUND + "\n";
                    device.write(line.getBytes(StandardCharsets.US_ASCII));
                }
            }
            Thread.sleep(paceMs > 0 ? paceMs : 200);
        }
    }

    private static long cpuNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("port-")) {
                nanos += threads.getThreadCpuTime(id);
            }
        }
        return nanos;
    }

    private static final class Heard implements PortListener {
        static final long ROUND = 1_800_000_000L;

        private final List<Double> micros = new ArrayList<>();

        @Override
        public synchronized void observed(long arrivedAtNanos, List<Observation> observations) {
            double sent = ((Observation.Value.Numeric) observations.get(0).value()).value();
            micros.add((System.nanoTime() / 1000 % ROUND - sent + ROUND) % ROUND);
        }

        @Override
        public void portChanged(PortStatus status) {}

        synchronized void clear() {
            micros.clear();
        }

        synchronized String summary() {
            if (micros.isEmpty()) {
                return "";
            }
            double[] sorted =
                    micros.stream().mapToDouble(each -> each / 1000).sorted().toArray();
            return String.format(
                    "; heard %d, after %.2f ms (median), %.2f ms (95 %%), %.2f ms (most), mean %.2f ms",
                    sorted.length,
                    sorted[sorted.length / 2],
                    sorted[sorted.length * 95 / 100],
                    sorted[sorted.length - 1],
                    Arrays.stream(sorted).average().orElse(0));
        }
    }
}
