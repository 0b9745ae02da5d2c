package io.thicket.drivers.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.drivers.catalogue.SpecDriver;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.CommandOutcome.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders for a port that is there, away, lost or closed; in virtual time. */
class PortOrdersTest {
    private static final long MS = 1_000_000;
    private static final String SLEEP = "aab406010000000000000000000000ffff05ab";

    @TempDir
    Path root;

    private final SimulatedPort port = new SimulatedPort();
    private final List<CommandOutcome> outcomes = new ArrayList<>();
    private Path node;
    private PortMachine machine;
    private long nowNanos = 5_000 * MS;

    @BeforeEach
    void a_dust_sensor() throws IOException {
        node = root.resolve("ttyS7");
        Files.createDirectories(root.resolve("locks"));
        SpecDriver driver = (SpecDriver) DriverCatalogue.find("nova.sds011").orElseThrow();
        PortListener none = new PortListener() {
            @Override
            public void observed(long arrivedAtNanos, List<Observation> observations) {}

            @Override
            public void portChanged(PortStatus status) {}
        };
        machine = new PortMachine(
                new PortConfig(PortAddress.parse(node.toString()), LineParameters.of8N1(9600), 0),
                driver.openForCommands(Map.of()),
                none,
                port,
                new PortSystem(root, root, root.resolve("locks")),
                new SplittableRandom(1));
    }

    private void run(long forMs) {
        for (long end = nowNanos + forMs * MS; nowNanos < end; ) {
            nowNanos += Math.max(MS, machine.step(nowNanos));
        }
    }

    private void order(String command) {
        machine.orders().offer(nowNanos, new CommandOrder("air", command, null, 5_000, outcomes::add));
    }

    private String written() {
        return HexFormat.of().formatHex(port.written.toByteArray());
    }

    private List<Kind> ends() {
        return outcomes.stream().map(CommandOutcome::kind).toList();
    }

    @Test
    void an_order_is_written_when_the_port_is_ready() throws IOException {
        Files.createFile(node);
        run(100);
        order("sleep");
        run(100);
        assertEquals(SLEEP, written());
        for (byte b : HexFormat.of().parseHex("aac506010000" + "58d938ab")) {
            port.input.add(b);
        }
        run(100);

        assertEquals(List.of(Kind.CONFIRMED), ends());
    }

    @Test
    void an_order_for_a_port_that_is_away_waits_its_time_and_is_never_written_late() throws IOException {
        run(100);
        order("sleep");
        run(4_000);
        assertEquals(List.of(), ends());
        run(2_000);
        assertEquals(List.of(Kind.NOT_SENT), ends());
        assertTrue(
                outcomes.get(0).text().contains("does not exist"),
                outcomes.get(0).text());
        Files.createFile(node);
        run(10_000);
        assertEquals("", written());
    }

    @Test
    void an_order_for_a_port_that_comes_in_time_is_written() throws IOException {
        run(100);
        order("sleep");
        run(1_000);
        Files.createFile(node);
        run(2_500);

        assertEquals(SLEEP, written());
    }

    /** Found in review: the time began anew when the port was ready. */
    @Test
    void the_time_before_the_port_was_ready_counts() throws IOException {
        run(100);
        order("sleep");
        order("wake");
        run(3_900);
        Files.createFile(node);
        run(3_000);

        // The second one's time was over before the first one's answer was overdue.
        assertEquals(List.of(Kind.NOT_SENT, Kind.UNCONFIRMED), ends());
        assertEquals(SLEEP, written());
    }

    /** Found in review: a network port's thread is busy for seconds when it opens the port. */
    @Test
    void an_order_that_was_given_while_the_thread_was_busy_is_not_written_late() throws IOException {
        Files.createFile(node);
        run(100);
        order("sleep");
        nowNanos += 6_000 * MS;
        run(100);

        assertEquals(List.of(Kind.NOT_SENT), ends());
        assertEquals("", written());
    }

    @Test
    void a_lost_port_ends_what_was_written_as_unknown() throws IOException {
        Files.createFile(node);
        run(100);
        order("sleep");
        order("wake");
        run(100);
        port.unplugged = true;
        run(100);

        assertEquals(List.of(Kind.UNCONFIRMED, Kind.NOT_SENT), ends());
    }

    @Test
    void a_closed_port_takes_none() throws IOException {
        Files.createFile(node);
        run(100);
        order("sleep");
        machine.stop();
        assertEquals(List.of(Kind.NOT_SENT), ends());
    }

    @Test
    void more_than_fit_are_refused_at_once() {
        for (int i = 0; i < PortOrders.MAX_WAITING + 3; i++) {
            order("sleep");
        }
        assertEquals(List.of(Kind.BUSY, Kind.BUSY, Kind.BUSY), ends());
    }
}
