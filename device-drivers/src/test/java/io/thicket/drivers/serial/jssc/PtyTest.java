package io.thicket.drivers.serial.jssc;

import static io.thicket.drivers.serial.jssc.PtyPair.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.serial.PortConfig;
import io.thicket.drivers.serial.PortException;
import io.thicket.drivers.serial.PortException.Problem;
import io.thicket.drivers.serial.PortListener;
import io.thicket.drivers.serial.PortState;
import io.thicket.drivers.serial.PortStatus;
import io.thicket.drivers.serial.PortSystem;
import io.thicket.drivers.serial.PortWorker;
import io.thicket.drivers.serial.Transport;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real library on real pseudo terminals: what a simulated port cannot prove. */
class PtyTest {
    private static final byte[] PMS =
            HexFormat.of().parseHex("424d001c00000008000800000008000800d20046002d001e00000000970002c5");

    @TempDir
    Path directory;

    private final List<List<Observation>> readings = new CopyOnWriteArrayList<>();
    private final List<PortState> states = new CopyOnWriteArrayList<>();

    @BeforeEach
    void needPty() throws IOException {
        PtyPair.assumeUsable();
        Files.createDirectories(locks());
    }

    private Path locks() {
        return directory.resolve("locks");
    }

    private Path host() {
        return directory.resolve("host");
    }

    private PtyPair plugIn() throws IOException {
        return PtyPair.open(host(), directory.resolve("device"));
    }

    private PortWorker worker(String driver) {
        PortListener listener = new PortListener() {
            @Override
            public void observed(long arrivedAtNanos, List<Observation> observations) {
                readings.add(observations);
            }

            @Override
            public void portChanged(PortStatus status) {
                states.add(status.state());
            }
        };
        return new PortWorker(
                "test",
                PortConfig.of(host().toString(), LineParameters.of8N1(9600)),
                DriverCatalogue.find(driver).orElseThrow().open(Map.of()),
                listener,
                JsscTransport::open,
                new PortSystem(Path.of("/dev"), Path.of("/sys"), locks()),
                new SplittableRandom(1));
    }

    private static void awaitState(PortWorker worker, PortState state) {
        await(state + " instead of " + worker.status(), () -> worker.status().state() == state);
    }

    @Test
    void frames_arrive_through_a_real_terminal() throws IOException {
        try (PtyPair pty = plugIn();
                PortWorker worker = worker("plantower.pms5003")) {
            worker.start();
            awaitState(worker, PortState.READY);
            pty.send(PMS);
            await("a reading", () -> readings.size() == 1);

            assertEquals("pm2_5", readings.get(0).get(4).name());
            assertEquals(1, worker.status().frames().good());
            assertTrue(worker.status().resolved().startsWith("/dev/pts/"));
            assertTrue(worker.recorder().lines().get(0).contains("RX 424d001c"));
        }
    }

    @Test
    void a_terminal_that_vanishes_and_returns_under_another_name_is_opened_again() throws IOException {
        try (PortWorker worker = worker("text.keyvalue")) {
            PtyPair first = plugIn();
            worker.start();
            awaitState(worker, PortState.READY);
            String firstNode = worker.status().resolved();
            // Takes the number of the first one, so that the second terminal gets another.
            first.close();
            awaitState(worker, PortState.LOST);
            assertTrue(worker.status().problem().length() > 20, worker.status().problem());
            long before = cpuNanos("port-test");
            Files.deleteIfExists(host());
            await("a second of absence", new Elapsed(1000)::isOver);
            long spent = cpuNanos("port-test") - before;
            assertTrue(spent < TimeUnit.MILLISECONDS.toNanos(100), "waiting cost " + spent + " ns of a second");

            try (PtyPair blocker = PtyPair.open(directory.resolve("x"), directory.resolve("y"));
                    PtyPair second = plugIn()) {
                awaitState(worker, PortState.READY);
                second.send("\na=1\n");
                await("a reading", () -> !readings.isEmpty());
                assertTrue(!firstNode.equals(worker.status().resolved()), firstNode);
                assertEquals(2, worker.status().openings());
            }
        }
    }

    @Test
    void a_terminal_that_vanishes_within_a_frame_costs_that_frame_only() throws IOException {
        byte[] half = Arrays.copyOf(PMS, 20);
        try (PortWorker worker = worker("plantower.pms5003")) {
            try (PtyPair first = plugIn()) {
                worker.start();
                awaitState(worker, PortState.READY);
                first.send(half);
                await("half a frame", () -> worker.status().bytesRead() == half.length);
            }
            awaitState(worker, PortState.LOST);
            Files.deleteIfExists(host());
            try (PtyPair second = plugIn()) {
                awaitState(worker, PortState.READY);
                second.send(PMS);
                await("a reading", () -> readings.size() == 1);
            }
            assertEquals(1, worker.status().frames().good());
            assertEquals(0, worker.status().frames().badChecksum());
        }
    }

    @Test
    void a_terminal_that_another_worker_has_is_busy_until_it_is_free() throws IOException {
        try (PtyPair pty = plugIn();
                PortWorker second = worker("text.keyvalue")) {
            try (PortWorker first = worker("text.keyvalue")) {
                first.start();
                awaitState(first, PortState.READY);
                second.start();
                await("the reason", () -> second.status().problem() != null);
                assertEquals(PortState.OPENING, second.status().state());
                assertTrue(
                        second.status().problem().contains("another sensor"),
                        second.status().problem());
                pty.send("\na=1\n");
                await("a reading", () -> readings.size() == 1);
            }
            awaitState(second, PortState.READY);
            pty.send("\na=2\n");
            await("a second reading", () -> readings.size() == 2);
        }
    }

    /**
     * Linux does not say how full a pseudo terminal is, so a write to one whose peer takes nothing blocks its thread, as it cannot on a
     * serial port. What must hold all the same: whoever closes is not held up, and the thread ends when the terminal takes again.
     */
    @Test
    void a_blocked_writer_holds_nobody_up_and_ends_when_its_terminal_takes_again() throws Exception {
        try (PtyPair pty = plugIn();
                PortWorker worker = worker("text.keyvalue")) {
            worker.start();
            awaitState(worker, PortState.READY);
            pty.freeze();
            CompletableFuture<?> written = worker.write(new byte[256 * 1024], 60_000);
            await("a write that blocks", () -> isInWrite("port-test"));
            long begin = System.nanoTime();
            worker.close();
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(tookMs < PortWorker.STOP_MS + 500, "took " + tookMs + " ms");

            pty.thaw();
            await("the end of the thread", () -> portThreads() == 0);
            assertEquals(PortState.CLOSED, worker.status().state());
            assertTrue(written.isCompletedExceptionally());
        }
    }

    /** Whether a thread was in the library's write for a tenth of a second. */
    private static boolean isInWrite(String thread) {
        for (Elapsed tenth = new Elapsed(100); !tenth.isOver(); ) {
            boolean inWrite = Thread.getAllStackTraces().entrySet().stream()
                    .filter(each -> each.getKey().getName().equals(thread))
                    .anyMatch(each -> each.getValue().length > 0
                            && each.getValue()[0].getMethodName().equals("writeBytes"));
            if (!inWrite) {
                return false;
            }
        }
        return true;
    }

    @Test
    void a_terminal_that_comes_late_is_waited_for() throws IOException {
        try (PortWorker worker = worker("text.keyvalue")) {
            worker.start();
            awaitState(worker, PortState.OPENING);
            await("the reason", () -> worker.status().problem() != null);
            try (PtyPair pty = plugIn()) {
                awaitState(worker, PortState.READY);
                pty.send("\na=1\n");
                await("a reading", () -> readings.size() == 1);
            }
        }
    }

    @Test
    void a_worker_stops_within_a_second_while_a_device_talks_without_end() throws Exception {
        try (PtyPair pty = plugIn()) {
            PortWorker worker = worker("text.keyvalue");
            worker.start();
            awaitState(worker, PortState.READY);
            Thread talker = new Thread(() -> {
                try {
                    for (int i = 0; i < 100_000 && !Thread.currentThread().isInterrupted(); i++) {
                        pty.send("a=1 b=2 c=3\n".repeat(20));
                    }
                } catch (IOException e) {
                    // The terminal was closed under it.
                }
            });
            talker.setDaemon(true);
            talker.start();
            await("readings", () -> readings.size() > 10);

            long begin = System.nanoTime();
            worker.close();
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(tookMs < PortWorker.STOP_MS, "took " + tookMs + " ms");
            assertEquals(PortState.CLOSED, worker.status().state());
            talker.interrupt();
        }
    }

    @Test
    void bytes_are_written_within_their_deadline() throws Exception {
        try (PtyPair pty = plugIn();
                PortWorker worker = worker("text.keyvalue");
                InputStream device = new FileInputStream(pty.device().toFile())) {
            worker.start();
            awaitState(worker, PortState.READY);
            byte[] sent = "hello device".getBytes(StandardCharsets.US_ASCII);
            worker.write(sent, 2000).get(5, TimeUnit.SECONDS);

            byte[] arrived = new byte[sent.length];
            for (int i = 0; i < arrived.length; i++) {
                arrived[i] = (byte) device.read();
            }
            assertEquals("hello device", new String(arrived, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void a_thousand_openings_leave_no_thread_and_no_file_open() throws IOException {
        try (PtyPair pty = plugIn()) {
            openOnce();
            long files = openFiles();
            long threads = portThreads();
            for (int i = 0; i < 1000; i++) {
                openOnce();
            }

            assertTrue(openFiles() <= files + 1, files + " -> " + openFiles() + " open files");
            assertEquals(threads, portThreads());
        }
    }

    private void openOnce() {
        try (PortWorker worker = worker("text.keyvalue")) {
            worker.start();
            awaitState(worker, PortState.READY);
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(fd -> {
                        try {
                            String target = Files.readSymbolicLink(fd).toString();
                            return target.startsWith("/dev/pts/") || target.contains("LCK..");
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private static long portThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("port-"))
                .count();
    }

    private static long cpuNanos(String thread) {
        var threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().equals(thread)) {
                return threads.getThreadCpuTime(id);
            }
        }
        throw new AssertionError("no thread " + thread);
    }

    @Test
    void what_is_no_serial_port_is_refused_in_a_sentence() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertEquals(Problem.NOT_A_SERIAL_PORT, problem(file.toString()));
        assertEquals(Problem.NOT_A_SERIAL_PORT, problem(directory.toString()));
        assertEquals(Problem.NOT_A_SERIAL_PORT, problem("/dev/null"));
        assertEquals(Problem.MISSING, problem("/dev/ttyNotThere0"));
    }

    @Test
    void a_port_without_rights_says_who_may_not_use_it() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may open everything: skipped");
        try (PtyPair pty = plugIn()) {
            Files.setPosixFilePermissions(host(), Set.of());
            PortException error = assertThrows(
                    PortException.class, () -> JsscTransport.open(host().toString(), LineParameters.of8N1(9600)));

            assertEquals(Problem.PERMISSION_DENIED, error.problem());
            assertTrue(error.sentence().contains("may not use"), error.sentence());
        }
    }

    private static Problem problem(String node) {
        PortException error =
                assertThrows(PortException.class, () -> JsscTransport.open(node, LineParameters.of8N1(9600)));
        assertTrue(error.sentence().startsWith(node), error.sentence());
        return error.problem();
    }

    @Test
    void a_lost_terminal_fails_every_call_and_closes_all_the_same() throws IOException, PortException {
        Transport transport;
        try (PtyPair pty = plugIn()) {
            transport = JsscTransport.open(host().toRealPath().toString(), LineParameters.of8N1(9600));
            assertEquals(0, transport.pending());
        }

        assertEquals(
                Problem.LOST,
                assertThrows(PortException.class, transport::pending).problem());
        assertThrows(PortException.class, () -> transport.write(new byte[3], 0, 3));
        transport.close();
        transport.close();
    }

    /** A stretch of real time. */
    private static final class Elapsed {
        private final long untilNanos;

        Elapsed(long ms) {
            this.untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        }

        boolean isOver() {
            return System.nanoTime() - untilNanos > 0;
        }
    }
}
