package io.thicket.drivers.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.serial.PortException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a port in virtual time. */
class PortMachineTest {
    private static final long MS = 1_000_000;

    @TempDir
    Path root;

    private final SimulatedPort port = new SimulatedPort();
    private final List<String> heard = new ArrayList<>();
    private final List<Long> arrivals = new ArrayList<>();
    private Path node;
    private long nowNanos = 5_000 * MS;

    @BeforeEach
    void plugIn() throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.createDirectories(root.resolve("locks"));
        root = root.toRealPath();
        node = root.resolve("dev/ttyS7");
        Files.createFile(node);
    }

    private PortSystem system() {
        return new PortSystem(root.resolve("dev"), root.resolve("sys"), root.resolve("locks"));
    }

    private PortMachine machine(long settleMs) {
        PortListener listener = new PortListener() {
            @Override
            public void observed(long arrivedAtNanos, List<Observation> observations) {
                heard.add(observations.get(0).name());
                arrivals.add(arrivedAtNanos / MS);
            }

            @Override
            public void portChanged(PortStatus status) {
                heard.add(status.state().toString());
            }
        };
        PortConfig config = new PortConfig(PortAddress.parse(node.toString()), LineParameters.of8N1(9600), settleMs);
        return new PortMachine(
                config,
                DriverCatalogue.find("text.keyvalue").orElseThrow().open(Map.of()),
                listener,
                port,
                system(),
                new SplittableRandom(1));
    }

    /** Runs the machine as its thread would. */
    private void run(PortMachine machine, long forMs) {
        long end = nowNanos + forMs * MS;
        while (nowNanos < end) {
            nowNanos = Math.min(end, nowNanos + Math.max(1, machine.step(nowNanos)));
        }
    }

    private String problem(PortMachine machine) {
        return String.valueOf(machine.status(nowNanos).problem());
    }

    @Test
    void a_port_opens_reads_and_stops() {
        PortMachine machine = machine(0);
        run(machine, 10);
        port.send("\na=1\n");
        run(machine, 10);
        port.send("b=1\n");
        run(machine, 10);
        machine.stop();

        assertEquals(List.of("READY", "a", "b", "CLOSED"), heard);
        assertEquals(0, port.open);
        assertEquals(1, machine.status(nowNanos).openings());
        assertEquals(9, machine.status(nowNanos).bytesRead());
    }

    @Test
    void arrival_is_when_the_first_byte_was_read() {
        PortMachine machine = machine(0);
        run(machine, 1000);
        port.send("\na=");
        run(machine, 300);
        long readAtMs = nowNanos / MS;
        port.send("1\n");
        run(machine, 100);

        assertEquals(1, arrivals.size());
        assertTrue(arrivals.get(0) < readAtMs - 200, arrivals + " " + readAtMs);
    }

    @Test
    void input_before_opening_and_while_settling_is_thrown_away() {
        port.send("\nold=1\n");
        PortMachine machine = machine(2000);
        run(machine, 100);
        port.send("\nboot=1\n");
        run(machine, 1890);
        port.send("half\nlast=1\n");
        run(machine, 100);
        port.send("half\nnew=1\n");
        run(machine, 100);

        assertEquals(List.of("SETTLING", "READY", "new"), heard);
    }

    @Test
    void an_unplugged_port_is_closed_at_once_and_opened_when_it_is_back() throws IOException {
        PortMachine machine = machine(0);
        run(machine, 3000);
        port.unplugged = true;
        Files.delete(node);
        run(machine, 25);

        assertEquals(PortState.LOST, machine.status(nowNanos).state());
        assertEquals(0, port.open);
        assertTrue(problem(machine).contains("plug it in"));

        run(machine, 60_000);
        assertEquals(PortState.LOST, machine.status(nowNanos).state());
        assertTrue(problem(machine).contains("does not exist"), problem(machine));

        Files.createFile(node);
        run(machine, 800);
        assertEquals(PortState.READY, machine.status(nowNanos).state());
        assertNull(machine.status(nowNanos).problem());
        port.send("\nback=1\n");
        run(machine, 25);
        assertEquals("back", heard.get(heard.size() - 1));
    }

    @Test
    void a_port_that_opens_late_is_waited_for() throws IOException {
        Files.delete(node);
        PortMachine machine = machine(0);
        run(machine, 5000);

        assertEquals(PortState.OPENING, machine.status(nowNanos).state());
        assertTrue(problem(machine).contains("no serial adapter is plugged in"), problem(machine));

        Files.createFile(node);
        run(machine, 800);
        assertEquals(PortState.READY, machine.status(nowNanos).state());
    }

    @Test
    void a_port_without_rights_is_opened_when_they_are_given() {
        port.refusal = new PortException(Problem.PERMISSION_DENIED, "this user may not use it; run usermod");
        PortMachine machine = machine(0);
        run(machine, 5000);

        assertEquals(PortState.OPENING, machine.status(nowNanos).state());
        assertTrue(problem(machine).contains("may not use it"), problem(machine));
        port.refusal = null;
        run(machine, 30_000);
        assertEquals(PortState.READY, machine.status(nowNanos).state());
        assertNull(machine.status(nowNanos).problem());
    }

    @Test
    void a_thousand_unplugs_leave_one_open_port_and_one_lock() throws IOException {
        PortMachine machine = machine(0);
        run(machine, 100);
        for (int i = 0; i < 1000; i++) {
            port.unplugged = true;
            Files.delete(node);
            run(machine, 1_000);
            assertEquals(0, port.open);
            Files.createFile(node);
            run(machine, 1_500);
            assertEquals(PortState.READY, machine.status(nowNanos).state(), "cycle " + i);
            assertEquals(1, port.open);
        }

        assertEquals(1001, port.opened);
        try (Stream<Path> locks = Files.list(root.resolve("locks"))) {
            assertEquals(1, locks.count());
        }
        machine.stop();
        assertEquals(0, port.open);
    }

    @Test
    void attempts_back_off_to_half_a_minute() {
        port.refusal = new PortException(Problem.BUSY, "busy");
        PortMachine machine = machine(0);
        List<Long> attempts = new ArrayList<>();
        SimulatedPort counting = port;
        long end = nowNanos + 300_000 * MS;
        Transport.Opener opener = (n, line) -> {
            attempts.add(nowNanos / MS);
            return counting.open(n, line);
        };
        PortMachine counted = new PortMachine(
                new PortConfig(PortAddress.parse(node.toString()), LineParameters.of8N1(9600), 0),
                DriverCatalogue.find("text.keyvalue").orElseThrow().open(Map.of()),
                new Ignoring(),
                opener,
                system(),
                new SplittableRandom(1));
        while (nowNanos < end) {
            nowNanos += Math.max(1, counted.step(nowNanos));
        }

        long first = attempts.get(1) - attempts.get(0);
        assertTrue(first >= 375 && first <= 500, "first pause " + first);
        for (int i = 8; i < attempts.size(); i++) {
            long pause = attempts.get(i) - attempts.get(i - 1);
            assertTrue(pause >= 22_500 && pause <= 30_000, "pause " + pause);
        }
        assertTrue(attempts.size() >= 14 && attempts.size() <= 22, attempts.size() + " attempts");
        assertEquals(PortState.CLOSED, machine.status(nowNanos).state());
    }

    private static final class Ignoring implements PortListener {
        @Override
        public void observed(long arrivedAtNanos, List<Observation> observations) {}

        @Override
        public void portChanged(PortStatus status) {}
    }

    /** Found in review: a server that says "port in use" and hangs up was called twice a second, for ever. */
    @Test
    void a_server_that_says_a_word_and_hangs_up_is_called_ever_less_often() {
        PortMachine machine = machine(0);
        long end = nowNanos + 300_000 * MS;
        int openings = 0;
        while (nowNanos < end) {
            nowNanos += Math.max(1, machine.step(nowNanos));
            if (port.opened > openings) {
                openings = port.opened;
                port.send("Port already in use\r\n");
            } else if (port.open == 1 && port.input.isEmpty()) {
                port.unplugged = true;
            }
        }

        assertTrue(openings >= 14 && openings <= 22, openings + " openings");
    }

    @Test
    void a_port_that_worked_for_a_while_is_opened_again_soon() {
        PortMachine machine = machine(0);
        for (int i = 0; i < 20; i++) {
            run(machine, 3_000);
            port.send("a=1\n");
            run(machine, 100);
            port.unplugged = true;
            run(machine, 700);
            assertEquals(PortState.READY, machine.status(nowNanos).state(), "after loss " + i);
        }
    }

    /** Found in review: opening a port behind a network takes seconds, and they were taken off the time to settle. */
    @Test
    void the_time_to_settle_begins_when_the_port_is_open() {
        PortMachine machine = machine(2_000);
        long unused = machine.step(nowNanos);
        nowNanos += 6_000 * MS;
        port.send("boot=1\n");
        run(machine, 1_900);
        port.send("boot=2\n");
        assertEquals(PortState.SETTLING, machine.status(nowNanos).state());
        run(machine, 500);
        port.send("\nreal=3\n");
        run(machine, 100);

        assertEquals(List.of("SETTLING", "READY", "real"), heard);
    }

    @Test
    void an_idle_port_is_asked_fifty_times_a_second_and_a_busy_one_a_thousand() {
        PortMachine machine = machine(0);
        run(machine, 2000);

        assertEquals(20 * MS, machine.step(nowNanos));
        port.send("x");
        assertEquals(MS, machine.step(nowNanos));
        for (int i = 0; i < 17; i++) {
            machine.step(nowNanos);
        }
        assertEquals(5 * MS, machine.step(nowNanos));
    }

    @Test
    void a_flood_does_not_keep_a_step_from_ending() {
        PortMachine machine = machine(0);
        run(machine, 10);
        port.send("x".repeat(100_000));
        machine.step(nowNanos);

        assertEquals(100_000 - PortMachine.MAX_BYTES_PER_STEP, port.input.size());
    }

    @Test
    void a_command_is_written_as_the_line_takes_it() {
        PortMachine machine = machine(0);
        run(machine, 10);
        port.outputRoom = 3;
        PortCommand command = new PortCommand("hello".getBytes(StandardCharsets.US_ASCII), nowNanos + 1000 * MS);
        assertTrue(machine.submit(command));
        run(machine, 100);
        assertFalse(command.done.isDone());
        port.outputRoom = 3;
        run(machine, 10);

        command.done.join();
        assertEquals("hello", port.written.toString(StandardCharsets.US_ASCII));
        assertTrue(
                machine.recorder().lines().get(0).endsWith("TX 68656c"),
                machine.recorder().lines().toString());
    }

    @Test
    void a_refused_frame_is_kept_with_the_bytes_until_then_and_a_flood_of_them_once_a_second() {
        PortMachine machine = machine(0);
        run(machine, 10);
        port.send("\nt=1\n");
        run(machine, 10);
        assertTrue(machine.faults().newest().isEmpty());

        long brokenAtNanos = nowNanos;
        port.send("=2\n");
        run(machine, 10);
        for (int i = 0; i < 90; i++) {
            port.send("=3\n");
            run(machine, 10);
        }

        DecodeFault first = machine.faults().newest().orElseThrow();
        assertTrue(first.atNanos() - brokenAtNanos <= 10 * MS);
        assertTrue(first.lines().get(1).endsWith(" RX 3d320a"), first.lines().toString());
        assertEquals(2, first.lines().size());
        run(machine, 100);
        port.send("=4\n");
        run(machine, 10);
        DecodeFault next = machine.faults().newest().orElseThrow();
        assertTrue(
                next.lines().get(next.lines().size() - 1).endsWith(" RX 3d340a"),
                next.lines().toString());
        assertTrue(
                next.lines().size() > 50 && next.lines().size() < 90,
                next.lines().toString());
    }

    @Test
    void a_command_that_is_not_taken_in_time_fails_and_is_purged() {
        PortMachine machine = machine(0);
        run(machine, 10);
        port.outputRoom = 0;
        PortCommand command = new PortCommand(new byte[5], nowNanos + 100 * MS);
        machine.submit(command);
        int purges = port.purges;
        run(machine, 200);

        CompletionException error = assertThrows(CompletionException.class, command.done::join);
        assertEquals(Problem.TIMEOUT, ((PortException) error.getCause()).problem());
        assertEquals(purges + 1, port.purges);
        assertEquals(PortState.READY, machine.status(nowNanos).state());
    }

    @Test
    void commands_fail_when_the_port_is_lost_and_when_it_never_opens() {
        PortMachine machine = machine(0);
        run(machine, 10);
        PortCommand lost = new PortCommand(new byte[5], nowNanos + 1000 * MS);
        machine.submit(lost);
        port.unplugged = true;
        run(machine, 2);
        port.refusal = new PortException(Problem.PERMISSION_DENIED, "denied");
        PortCommand late = new PortCommand(new byte[5], nowNanos + 1000 * MS);
        machine.submit(late);
        run(machine, 3000);

        assertTrue(lost.done.isCompletedExceptionally());
        assertTrue(late.done.isCompletedExceptionally());
        assertEquals("denied", problem(machine));
    }

    @Test
    void an_error_in_our_own_code_gives_the_port_up_and_tries_again() {
        PortMachine machine = machine(0);
        run(machine, 10);
        machine.fault(nowNanos, new IllegalStateException("oops"));

        assertTrue(problem(machine).contains("oops"));
        assertEquals(0, port.open);
        run(machine, 1000);
        assertEquals(PortState.READY, machine.status(nowNanos).state());
    }

    @Test
    void two_sensors_on_one_port_are_told_apart() {
        PortMachine first = machine(0);
        run(first, 10);
        PortMachine second = machine(0);
        run(second, 10);

        assertEquals(PortState.OPENING, second.status(nowNanos).state());
        assertTrue(problem(second).contains("another sensor"), problem(second));
        first.stop();
        run(second, 2000);
        assertEquals(PortState.READY, second.status(nowNanos).state());
        second.stop();
        assertFalse(Files.exists(root.resolve("locks")
                .resolve("LCK.." + node.toString().substring(1).replace('/', '_'))));
    }

    @Test
    void a_lock_file_of_a_live_process_is_respected_and_of_a_dead_one_taken_over() throws IOException {
        Path lock = root.resolve("locks")
                .resolve("LCK.." + node.toString().substring(1).replace('/', '_'));
        Files.writeString(
                lock,
                String.format(
                        "%10d\n", ProcessHandle.current().parent().orElseThrow().pid()));
        PortMachine machine = machine(0);
        run(machine, 10);
        assertTrue(problem(machine).contains("is used by process"), problem(machine));

        Files.writeString(lock, " 999999999\n");
        run(machine, 2000);
        assertEquals(PortState.READY, machine.status(nowNanos).state());
    }

    /** Linux numbers threads among the processes: a file of one that was killed kept a port from being used while any thread had its number. */
    @Test
    void a_lock_file_with_the_number_of_a_thread_is_a_dead_process_s() throws IOException {
        Path threads = Path.of("/proc/self/task");
        assumeTrue(Files.isDirectory(threads), "no /proc: only Linux numbers threads so");
        String self = Long.toString(ProcessHandle.current().pid());
        String thread;
        try (Stream<Path> all = Files.list(threads)) {
            thread = all.map(each -> each.getFileName().toString())
                    .filter(number -> !number.equals(self))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(
                root.resolve("locks")
                        .resolve("LCK.." + node.toString().substring(1).replace('/', '_')),
                String.format("%10s\n", thread));

        PortMachine machine = machine(0);
        run(machine, 2000);

        assertEquals(PortState.READY, machine.status(nowNanos).state(), problem(machine));
    }
}
