package io.thicket.sim.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import io.thicket.sim.lab.Carried;
import io.thicket.sim.lab.FrameClass;
import io.thicket.sim.lab.LabObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events are public (docs/view.md). */
final class RunRecorderTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/src/test/resources/view/events.txt");

    private static final NodeId GATEWAY = new NodeId(10);
    private static final NodeId RELAY = new NodeId(11);
    private static final NodeId SENSOR = new NodeId(12);

    @TempDir
    private Path directory;

    private static final class Sight implements RunRecorder.Sight {
        @Override
        public @Nullable NodeSnapshot node(int number) {
            return null;
        }

        @Override
        public @Nullable RoutingSnapshot router(int number) {
            if (number != 2) {
                return null;
            }
            return new RoutingSnapshot(
                    SENSOR,
                    new Seq(0, 1),
                    7,
                    false,
                    GATEWAY,
                    3,
                    List.of(new RoutingSnapshot.Neighbor(
                            RELAY,
                            8,
                            new LinkId(0),
                            LinkAddress.of((byte) 1),
                            RoutingSnapshot.NeighborState.TWO_WAY,
                            100,
                            1.26,
                            4,
                            100,
                            87)),
                    List.of(new RoutingSnapshot.Route(
                            GATEWAY,
                            RoutingSnapshot.RouteState.ACTIVE,
                            RELAY,
                            8,
                            new Seq(0, 4),
                            200,
                            2,
                            new Seq(0, 4),
                            200,
                            10_000,
                            0,
                            RouteChange.Reason.FIRST)),
                    List.of(),
                    Map.of());
        }
    }

    private Path record() throws IOException {
        Path path = directory.resolve("a.run");
        try (RunFileWriter file = new RunFileWriter(path, "{}")) {
            RunRecorder recorder = new RunRecorder(file, List.of(GATEWAY, RELAY, SENSOR), 60_000_000, new Sight());
            MessageId message = new MessageId(SENSOR, 1, 5);
            List<Carried> carried = List.of(new Carried(message, List.of(1L)));
            List<Carried> settled = List.of(new Carried(message, List.of()));
            recorder.begin();
            recorder.power(100, 2, true);
            recorder.created(1_000_000, 2, 1, LabObserver.EVERYONE);
            recorder.transmitted(1_000_100, 2, 1, FrameClass.DATA, 180, false, carried);
            recorder.heard(1_000_900, 1, 2, FrameClass.DATA, carried);
            recorder.transmitted(1_001_000, 1, LabObserver.EVERYONE, FrameClass.HELLO, 90, false, List.of());
            recorder.transmitted(1_002_000, 1, 0, FrameClass.DATA, 180, true, carried);
            recorder.gaveUp(1_003_000, 1, 0, FrameClass.DATA, carried);
            recorder.dropped(1_004_000, 1, message, DropReason.NO_ROUTE);
            recorder.vanished(1_004_500, 1, carried.get(0));
            recorder.routeChanged(
                    1_005_000, 1, new RouteChange(GATEWAY, null, new Seq(0, 4), 0, RouteChange.Reason.LINK_DOWN));
            recorder.alarm(1_006_000, 1, new Alarm(Alarm.Kind.STALLED, RELAY, "it says \"<b>\""));
            recorder.fault(1_100_000, 0, true);
            recorder.moved(1_200_000, 1, 10.4, 20);
            recorder.crossed(1_300_000, 1, false, FrameClass.HELLO, 90, List.of());
            recorder.crossed(1_400_000, 1, true, FrameClass.DATA, 120, carried);
            recorder.foreign(1_500_000, "real-1", 3);
            recorder.step(2_000_000);
            recorder.arrived(2_100_000, 2, 1, 2);
            recorder.arrived(2_150_000, 2, 1, 3);
            recorder.transmitted(2_200_000, 0, 1, FrameClass.E2E_ACK, 80, false, settled);
            recorder.created(2_300_000, 2, 2, 1);
            recorder.lost(2_400_000, 2, 2, "EXPIRED");
            recorder.fault(2_500_000, 0, false);
            recorder.broken(2_600_000, "no loops");
            recorder.step(3_000_000);
        }
        return path;
    }

    @Test
    void every_kind_of_event_is_as_documented() throws IOException {
        StringBuilder text = new StringBuilder();
        try (RunFileReader reader = RunFileReader.open(record())) {
            for (int i = 0; i < reader.blocks().size(); i++) {
                text.append(reader.block(i));
                text.append("summary ").append(reader.blocks().get(i).summary()).append('\n');
            }
        }

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertEquals(Files.readString(GOLDEN), text.toString());
        String kinds = Files.readString(
                Path.of(System.getProperty("thicket.root", "..")).resolve("docs/view.md"));
        text.toString().lines().filter(line -> line.startsWith("{")).forEach(line -> {
            String kind = line.replaceAll(".*?\"k\":\"([a-z]+)\".*", "$1");
            assertTrue(kinds.contains("| `" + kind + "` |"), () -> kind + " is not in docs/view.md");
        });
    }

    /** Seed of the failure: a run that ends at the very moment when a block was full. */
    @Test
    void a_block_in_which_nothing_happened_yet_has_a_summary() throws IOException {
        Path path = directory.resolve("c.run");
        try (RunFileWriter file = new RunFileWriter(path, "{}")) {
            RunRecorder recorder = new RunRecorder(file, List.of(GATEWAY, RELAY, SENSOR), 60_000_000, new Sight());
            recorder.begin();
            for (int i = 0; i < 12_000; i++) {
                recorder.transmitted(1_000 + i, 1, LabObserver.EVERYONE, FrameClass.HELLO, 90, false, List.of());
            }
            recorder.step(1_000_000);
        }

        try (RunFileReader reader = RunFileReader.open(path)) {
            assertEquals(2, reader.blocks().size());
            assertEquals(
                    "{\"rows\":[],\"notes\":[],\"made\":[],\"ended\":[]}",
                    reader.blocks().get(1).summary());
        }
    }

    /** The first second of ten thousand nodes is too much for one. */
    @Test
    void a_block_ends_between_two_steps_when_it_is_full() throws IOException {
        Path path = directory.resolve("d.run");
        try (RunFileWriter file = new RunFileWriter(path, "{}")) {
            RunRecorder recorder = new RunRecorder(file, List.of(GATEWAY, RELAY, SENSOR), 60_000_000, new Sight());
            recorder.begin();
            recorder.transmitted(900, 1, LabObserver.EVERYONE, FrameClass.HELLO, 90, false, List.of());
            recorder.slice(1_000);
            for (int i = 0; i < 12_000; i++) {
                recorder.transmitted(1_000 + i, 1, LabObserver.EVERYONE, FrameClass.HELLO, 90, false, List.of());
            }
            recorder.slice(100_000);
            recorder.step(1_000_000);
        }

        try (RunFileReader reader = RunFileReader.open(path)) {
            assertEquals(2, reader.blocks().size());
            assertEquals(100_000, reader.blocks().get(0).toUs());
            assertEquals(100_000, reader.blocks().get(1).fromUs());
            assertTrue(
                    reader.blocks().get(0).summary().contains("12001"),
                    reader.blocks().get(0).summary());
        }
    }

    @Test
    void a_block_begins_with_everything_that_is_known() throws IOException {
        Path path = directory.resolve("b.run");
        try (RunFileWriter file = new RunFileWriter(path, "{}")) {
            RunRecorder recorder = new RunRecorder(file, List.of(GATEWAY, RELAY, SENSOR), 60_000_000, new Sight());
            recorder.begin();
            recorder.moved(100, 1, 5, 5);
            recorder.fault(200, 3, true);
            for (int i = 0; i < 12_000; i++) {
                recorder.transmitted(1_000 + i, 1, LabObserver.EVERYONE, FrameClass.HELLO, 90, false, List.of());
            }
            recorder.step(1_000_000);
            recorder.step(2_000_000);
        }

        try (RunFileReader reader = RunFileReader.open(path)) {
            assertEquals(2, reader.blocks().size());
            List<String> second = reader.block(1).lines().toList();
            assertTrue(second.get(0).contains("\"faults\":[3]"), second.get(0));
            assertTrue(second.stream().anyMatch(line -> line.contains("\"place\"") && line.contains("\"x\":5")));
            assertEquals(
                    3, second.stream().filter(line -> line.contains("\"node\"")).count());
            assertEquals(1_000_000, reader.blocks().get(1).fromUs());
        }
    }
}
