package io.thicket.drivers.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.LineAction;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.ObservationSink;
import io.thicket.drivers.PolledSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port whose session speaks, in virtual time. */
class PolledPortTest {
    private static final long MS = 1_000_000;

    @TempDir
    Path root;

    private final SimulatedPort port = new SimulatedPort();
    private final Asking session = new Asking();
    private long nowNanos = 5_000 * MS;

    /** Asks two bytes every 100 ms. */
    private static final class Asking implements PolledSession {
        private final List<Long> askedMs = new ArrayList<>();
        private final List<Long> sentMs = new ArrayList<>();
        private long dueMs;
        private int heard;
        private int resets;
        private final Deque<LineAction> actions = new ArrayDeque<>();

        @Override
        public @Nullable LineAction takeLineAction(long nowMs) {
            return actions.poll();
        }

        @Override
        public byte[] poll(long nowMs) {
            if (nowMs - dueMs < 0) {
                return null;
            }
            dueMs = nowMs + 100;
            askedMs.add(nowMs);
            return new byte[] {'h', 'i'};
        }

        @Override
        public void onSent(long nowMs) {
            sentMs.add(nowMs);
        }

        @Override
        public long waitMs(long nowMs) {
            return Math.max(0, dueMs - nowMs);
        }

        @Override
        public void onBytes(long nowMs, byte[] bytes, int offset, int length, ObservationSink sink) {
            heard += length;
            sink.observed(nowMs, List.of(Observation.good("a", 1, null)));
        }

        @Override
        public void onSilence(long nowMs, ObservationSink sink) {}

        @Override
        public void reset() {
            resets++;
        }

        @Override
        public FrameCounts counts() {
            return FrameCounts.NONE;
        }
    }

    @BeforeEach
    void plugIn() throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Files.createDirectories(root.resolve("locks"));
        root = root.toRealPath();
        Files.createFile(root.resolve("dev/ttyS7"));
    }

    private PortMachine machine() {
        PortListener listener = new PortListener() {
            @Override
            public void observed(long arrivedAtNanos, List<Observation> observations) {}

            @Override
            public void portChanged(PortStatus status) {}
        };
        return new PortMachine(
                PortConfig.of(root.resolve("dev/ttyS7").toString(), LineParameters.of8N1(9600)),
                session,
                listener,
                port,
                new PortSystem(root.resolve("dev"), root.resolve("sys"), root.resolve("locks")),
                new SplittableRandom(1));
    }

    private int run(PortMachine machine, long forMs) {
        long end = nowNanos + forMs * MS;
        int steps = 0;
        while (nowNanos < end) {
            nowNanos = Math.min(end, nowNanos + Math.max(1, machine.step(nowNanos)));
            steps++;
        }
        return steps;
    }

    @Test
    void what_a_session_asks_is_written_in_time() {
        PortMachine machine = machine();
        int steps = run(machine, 10_000);

        assertEquals(100, session.askedMs.size(), 2);
        assertEquals("hi".repeat(session.askedMs.size()), port.written.toString());
        for (int i = 1; i < session.askedMs.size(); i++) {
            assertTrue(session.askedMs.get(i) - session.askedMs.get(i - 1) <= 102, session.askedMs.toString());
        }
        assertEquals(session.askedMs.size(), session.sentMs.size());
        // One step each ms would be 10 000.
        assertTrue(steps < 4_500, steps + " steps");
        assertTrue(machine.recorder().lines().get(0).contains("TX 6869"));
    }

    @Test
    void a_request_that_the_line_takes_in_parts_is_sent_once_it_is_out() {
        PortMachine machine = machine();
        port.outputRoom = 1;
        run(machine, 50);
        assertEquals(List.of(), session.sentMs);
        port.outputRoom = Integer.MAX_VALUE;
        run(machine, 20);

        assertEquals(1, session.sentMs.size());
        assertEquals("hi", port.written.toString());
    }

    @Test
    void what_a_session_wants_of_the_line_comes_between_its_requests() {
        PortMachine machine = machine();
        run(machine, 50);
        session.actions.add(new LineAction.Break(15));
        session.actions.add(new LineAction.Speed(2400));
        run(machine, 100);
        session.actions.add(new LineAction.Speed(LineAction.Speed.CONFIGURED));
        run(machine, 100);

        assertEquals(List.of("break 15 after 'hi'", "2400 8N1 after 'hi'", "9600 8N1 after 'hihi'"), port.line);
    }

    @Test
    void the_line_is_not_changed_before_a_request_is_out() {
        PortMachine machine = machine();
        port.outputRoom = 1;
        run(machine, 50);
        session.actions.add(new LineAction.Speed(2400));
        run(machine, 50);
        assertEquals(List.of(), port.line);
        port.outputRoom = Integer.MAX_VALUE;
        run(machine, 20);

        assertEquals(List.of("2400 8N1 after 'hi'"), port.line);
    }

    @Test
    void a_line_that_takes_nothing_is_opened_anew() {
        PortMachine machine = machine();
        port.outputRoom = 0;
        run(machine, 6_000);

        assertTrue(port.opened >= 2, port.opened + " openings");
        assertTrue(session.resets >= 2);
    }

    @Test
    void a_request_cut_off_by_an_unplug_is_not_continued_on_the_next_opening() {
        PortMachine machine = machine();
        port.outputRoom = 1;
        run(machine, 50);
        port.unplugged = true;
        run(machine, 5);
        port.outputRoom = Integer.MAX_VALUE;
        port.written.reset();
        run(machine, 2_000);

        assertTrue(port.written.toString().startsWith("hi"), port.written.toString());
    }
}
