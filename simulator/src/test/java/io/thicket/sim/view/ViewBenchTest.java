package io.thicket.sim.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.senml.JsonWriter;
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
import io.thicket.sim.recording.RunFileReader;
import io.thicket.sim.recording.RunFileWriter;
import io.thicket.sim.recording.RunRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The figures of docs/bench/viewer.md: {@code mvn test -Dtest=ViewBenchTest -Dview.bench=MEGABYTES}, or with
 * {@code -Dview.bench.file} a recording that is there already. */
@EnabledIfSystemProperty(named = "view.bench", matches = "[0-9]+", disabledReason = "a measurement, not a test")
final class ViewBenchTest {
    private static final int NODES = 1_000;
    private static final int LINKS = 3_000;

    /** Packets of the network in a second, each over this many hops. */
    private static final int PACKETS = 17;

    private static final int HOPS = 5;
    private static final int HELLOS = 250;

    @TempDir
    private Path directory;

    /** A network of the wanted size without routers: links at random, whose quality changes all the time. */
    private static final class MadeUp implements RunRecorder.Sight {
        final Random random = new Random(1);
        final List<List<Integer>> neighbors = new ArrayList<>();
        final int[] x = new int[NODES];
        final int[] y = new int[NODES];

        MadeUp() {
            for (int i = 0; i < NODES; i++) {
                neighbors.add(new ArrayList<>());
                x[i] = i % 32 * 100 + random.nextInt(60);
                y[i] = i / 32 * 100 + random.nextInt(60);
            }
            int links = 0;
            while (links < LINKS) {
                int one = random.nextInt(NODES);
                int other = one + new int[] {1, 31, 32, 33}[random.nextInt(4)];
                if (other < NODES && !neighbors.get(one).contains(other)) {
                    neighbors.get(one).add(other);
                    neighbors.get(other).add(one);
                    links++;
                }
            }
        }

        @Override
        public @Nullable NodeSnapshot node(int number) {
            return null;
        }

        @Override
        public RoutingSnapshot router(int number) {
            List<RoutingSnapshot.Neighbor> all = new ArrayList<>();
            for (int other : neighbors.get(number)) {
                all.add(new RoutingSnapshot.Neighbor(
                        new NodeId(other + 1),
                        1,
                        new LinkId(0),
                        LinkAddress.of((byte) 1),
                        RoutingSnapshot.NeighborState.TWO_WAY,
                        100,
                        1 + random.nextInt(10) / 10.0,
                        5,
                        100,
                        50 + random.nextInt(51)));
            }
            int next =
                    neighbors.get(number).isEmpty() ? 0 : neighbors.get(number).get(0);
            RoutingSnapshot.Route route = new RoutingSnapshot.Route(
                    new NodeId(1),
                    RoutingSnapshot.RouteState.ACTIVE,
                    new NodeId(next + 1),
                    1,
                    new Seq(0, 1),
                    100,
                    5,
                    new Seq(0, 1),
                    100,
                    1_000,
                    0,
                    RouteChange.Reason.FIRST);
            return new RoutingSnapshot(
                    new NodeId(number + 1),
                    new Seq(0, 1),
                    1,
                    number == 0,
                    new NodeId(1),
                    0,
                    all,
                    List.of(route),
                    List.of(),
                    Map.of());
        }
    }

    private static void write(Path path, long megabytes) throws IOException {
        MadeUp network = new MadeUp();
        JsonWriter header = new JsonWriter().beginObject();
        header.name("name").value("bench").name("description").value("made up");
        header.name("seed")
                .value("0x1")
                .name("commit")
                .value("")
                .name("protocol")
                .value("thicket");
        header.name("durationUs")
                .value(36_000_000_000L)
                .name("warmUpUs")
                .value(0)
                .name("placed")
                .value(true);
        header.name("nodes").beginArray();
        List<NodeId> ids = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            ids.add(new NodeId(i + 1));
            header.beginObject().name("name").value("n" + i);
            header.name("role").value(i == 0 ? "gateway" : "sensor");
            header.name("x").value(network.x[i]).name("y").value(network.y[i]).endObject();
        }
        header.endArray().name("faults").beginArray().endArray().endObject();
        try (RunFileWriter file = new RunFileWriter(path, header.toString())) {
            RunRecorder recorder = new RunRecorder(file, ids, 36_000_000_000L, network);
            recorder.begin();
            int[] made = new int[NODES];
            long second = 0;
            for (; Files.size(path) < megabytes << 20 || second < 120; second++) {
                long fromUs = second * 1_000_000;
                List<int[]> events = new ArrayList<>();
                for (int i = 0; i < HELLOS; i++) {
                    events.add(new int[] {network.random.nextInt(1_000_000), network.random.nextInt(NODES), -1});
                }
                for (int i = 0; i < PACKETS; i++) {
                    events.add(new int[] {network.random.nextInt(900_000), 1 + network.random.nextInt(NODES - 1), 0});
                }
                events.sort((one, other) -> Integer.compare(one[0], other[0]));
                for (int[] event : events) {
                    if (event[2] < 0) {
                        recorder.transmitted(
                                fromUs + event[0],
                                event[1],
                                LabObserver.EVERYONE,
                                FrameClass.HELLO,
                                120,
                                false,
                                List.of());
                    } else {
                        packet(recorder, network, fromUs + event[0], event[1], ++made[event[1]]);
                    }
                }
                recorder.step(fromUs + 1_000_000);
            }
        }
    }

    private static void packet(RunRecorder recorder, MadeUp network, long atUs, int source, int number) {
        recorder.created(atUs, source, number, LabObserver.EVERYONE);
        List<Carried> carried =
                List.of(new Carried(new MessageId(new NodeId(source + 1), 1, number), List.of((long) number)));
        int at = source;
        for (int i = 0; i < HOPS; i++) {
            List<Integer> around = network.neighbors.get(at);
            int next = around.isEmpty() ? 0 : around.get(network.random.nextInt(around.size()));
            recorder.transmitted(atUs, at, next, FrameClass.DATA, 240, false, carried);
            recorder.heard(atUs, next, at, FrameClass.DATA, carried);
            recorder.transmitted(atUs, next, at, FrameClass.HOP_ACK, 80, false, List.of());
            recorder.heard(atUs, at, next, FrameClass.HOP_ACK, List.of());
            at = next;
        }
        recorder.arrived(atUs, source, number, HOPS);
    }

    @Test
    void frames_and_seeks() throws IOException {
        String ready = System.getProperty("view.bench.file", "");
        Path path = ready.isEmpty() ? directory.resolve("large.run") : Path.of(ready);
        if (ready.isEmpty()) {
            write(path, Long.getLong("view.bench"));
        }
        long openNs = System.nanoTime();
        RunFileReader.open(path).close();
        double openMs = (System.nanoTime() - openNs) / 1e6;
        try (RunFileReader run = RunFileReader.open(path);
                ViewServer server = new ViewServer(run, 0);
                Chromium chromium = Chromium.start()) {
            Page page = chromium.browser()
                    .newContext(new Browser.NewContextOptions().setViewportSize(1400, 900))
                    .newPage();
            long loadNs = System.nanoTime();
            page.navigate(server.url());
            page.waitForSelector("body[data-ready]", new Page.WaitForSelectorOptions().setTimeout(120_000));
            double loadMs = (System.nanoTime() - loadNs) / 1e6;
            @SuppressWarnings("unchecked")
            List<Number> seeks = (List<Number>) page.evaluate("""
                    async () => {
                      const { player, run } = thicket;
                      const times = [];
                      let x = 12345;
                      for (let i = 0; i < 100; i++) {
                        x = (x * 1103515245 + 12345) % 2147483648;
                        const from = performance.now();
                        await player.go(Math.floor(x / 2147483648 * run.endUs));
                        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                        times.push(performance.now() - from);
                      }
                      return times;
                    }""");
            page.evaluate(
                    "() => { thicket.player.go(60e6); thicket.frames.length = 0; thicket.player.speed = 1; thicket.player.play();"
                            + " window.gaps = []; let last = performance.now(); const turn = (now) => { gaps.push(now - last); last = now;"
                            + " requestAnimationFrame(turn); }; requestAnimationFrame(turn); }");
            page.waitForTimeout(15_000);
            @SuppressWarnings("unchecked")
            List<Number> frames =
                    (List<Number>) page.evaluate("() => { thicket.player.pause(); return thicket.frames.slice(); }");
            @SuppressWarnings("unchecked")
            List<Number> gaps = (List<Number>) page.evaluate("() => gaps.slice(5)");
            int nodes = ((Number) page.evaluate("() => thicket.run.nodes.length")).intValue();
            int links = ((Number) page.evaluate("() => thicket.moment.links().length")).intValue();
            Files.writeString(
                    Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/target/view-bench.txt"),
                    String.format(
                            Locale.ROOT,
                            "%d MB, %d blocks, %d nodes, %d links; opened in %.0f ms, page loaded in %.0f ms%n"
                                    + "seek and draw: p50 %.0f ms, p95 %.0f ms, longest %.0f ms (%d)%n"
                                    + "drawing while playing: p50 %.1f ms, p95 %.1f ms, longest %.1f ms (%d)%n"
                                    + "from frame to frame: p50 %.1f ms, p95 %.1f ms, longest %.1f ms (%d)%n",
                            Files.size(path) >> 20,
                            run.blocks().size(),
                            nodes,
                            links,
                            openMs,
                            loadMs,
                            percentile(seeks, 50),
                            percentile(seeks, 95),
                            percentile(seeks, 100),
                            seeks.size(),
                            percentile(frames, 50),
                            percentile(frames, 95),
                            percentile(frames, 100),
                            frames.size(),
                            percentile(gaps, 50),
                            percentile(gaps, 95),
                            percentile(gaps, 100),
                            gaps.size()));
            assertTrue(percentile(gaps, 95) <= 50, "p95 of a frame");
            assertTrue(percentile(seeks, 95) <= 300, "p95 of a seek");
        }
    }

    private static double percentile(List<Number> values, int percent) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
