package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routers that are swept when something can be due, beside routers that are swept each second: nobody could tell them apart. */
class QuietSweepTest {
    private static final int NODES = 8;
    private static final long MINUTES_MS = 20 * 60_000;

    /** Everything that was said and done in one run. */
    private record Run(List<String> story, long sweeps) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 7, 10, 17})
    void a_mesh_in_trouble_behaves_as_one_that_looks_at_everything_each_second(long seed) {
        Run each = run(seed, LinkClass.WIFI, true);
        Run due = run(seed, LinkClass.WIFI, false);

        assertEquals("", difference(each.story(), due.story()));
        assertTrue(due.sweeps() < each.sweeps(), due.sweeps() + " sweeps instead of " + each.sweeps());
    }

    @Test
    void a_mesh_in_peace_is_hardly_swept() {
        Mesh mesh = Mesh.line(1, 3);
        mesh.start(0);
        mesh.runFor(10 * 60_000);
        long before = sweeps(mesh);
        mesh.runFor(60_000);

        long made = sweeps(mesh) - before;
        assertTrue(made <= 12, made + " sweeps of three nodes in a minute");
    }

    /** Its next hop has lost the gateway, and the other neighbour, a leaf that names it still, leads to none. */
    @ParameterizedTest
    @ValueSource(longs = {305, 317, 350, 371, 420})
    void a_node_without_any_way_calls_for_a_gateway_as_one_that_is_swept_each_second(long lostAtS) {
        assertEquals(hellosAfterLoss(lostAtS * 1_000, true), hellosAfterLoss(lostAtS * 1_000, false));
    }

    /** When it says something to all, ms. */
    private static List<Long> hellosAfterLoss(long lostAtMs, boolean everySecond) {
        NodeId gateway = new NodeId(0x1234);
        Peer.Bench bench = new Peer.Bench();
        if (everySecond) {
            bench.router.sweeps().sweepEverySecond();
        }
        Peer hop = new Peer(bench, 1).join();
        Peer leaf = new Peer(bench, 2).join();
        List<Long> hellos = new ArrayList<>();
        for (long ms = 20; ms <= lostAtMs + 140_000; ms += 20) {
            if (ms % 30_000 == 0) {
                leaf.hello(Peer.entry(gateway, 10, WireLimits.MAX_U32));
                if (ms <= lostAtMs) {
                    hop.hello(Peer.entry(gateway, 10, 100));
                }
            }
            if (ms == lostAtMs) {
                hop.broadcast(new Rerr(List.of(new Rerr.Unreachable(gateway, new Seq(1, 10), Rerr.Reason.NO_ROUTE))));
            }
            bench.runTo(ms);
            for (Peer.Bench.Sent frame : List.copyOf(bench.sent)) {
                for (Peer peer : List.of(hop, leaf)) {
                    if (frame.to().equals(peer.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                        peer.reply(frame.exchange(), HopResult.of(HopCode.CUSTODY));
                    }
                }
                if (frame.to().equals(LinkAddress.ALL) && ms >= lostAtMs) {
                    hellos.add(ms);
                }
            }
            bench.sent.clear();
        }
        return hellos;
    }

    private static Run run(long seed, LinkClass link, boolean everySecond) {
        List<String> story = new ArrayList<>();
        List<Router> routers = new ArrayList<>();
        Mesh mesh = new Mesh(seed, RoutingParameters.of(link), RuleSwitches.ALL_ON).glass();
        mesh.onBoot = router -> {
            routers.add(router);
            if (everySecond) {
                router.sweeps().sweepEverySecond();
            }
        };
        mesh.filter = (from, to, frame) -> {
            story.add(mesh.now + " " + from.index + ">" + to.index + " " + frame.length);
            return false;
        };
        mesh.add(NODES);
        SplittableRandom draws = new SplittableRandom(seed);
        for (int i = 1; i < NODES; i++) {
            mesh.connect(i, draws.nextInt(i));
            mesh.connect(i, (i + 1) % NODES);
        }
        mesh.loss = draws.nextInt(3) * 0.1;
        mesh.start(0, NODES - 1);
        for (long atMs = 0; atMs < MINUTES_MS; atMs += draws.nextLong(1_000, 60_000)) {
            trouble(mesh, atMs, draws);
        }
        mesh.runFor(MINUTES_MS);
        for (Mesh.Node node : mesh.nodes) {
            story.add(node.index + " changes " + node.changes);
            story.add(node.index + " deliveries " + node.deliveries);
            story.add(node.index + " drops " + node.drops);
            story.add(node.index + " alarms " + node.alarms);
        }
        return new Run(
                story,
                routers.stream().mapToLong(router -> router.sweeps().sweeps()).sum());
    }

    /** Where two stories part, with what came before: as a whole they are too long to be read. */
    private static String difference(List<String> one, List<String> other) {
        int same = 0;
        while (same < Math.min(one.size(), other.size()) && one.get(same).equals(other.get(same))) {
            same++;
        }
        return same == one.size() && same == other.size()
                ? ""
                : "after " + one.subList(Math.max(0, same - 5), same) + " comes "
                        + one.subList(same, Math.min(same + 1, one.size())) + " or "
                        + other.subList(same, Math.min(same + 1, other.size()));
    }

    private static long sweeps(Mesh mesh) {
        return mesh.nodes.stream()
                .mapToLong(node -> node.router.sweeps().sweeps())
                .sum();
    }

    private static void trouble(Mesh mesh, long atMs, SplittableRandom draws) {
        int one = draws.nextInt(NODES);
        int other = (one + 1 + draws.nextInt(NODES - 1)) % NODES;
        int what = draws.nextInt(10);
        long lastsMs = draws.nextLong(1_000, 240_000);
        mesh.at(atMs, () -> {
            switch (what) {
                case 0 -> {
                    mesh.node(0).gateway(false);
                    mesh.at(atMs + lastsMs, () -> mesh.node(0).gateway(true));
                }
                case 1 -> {
                    if (mesh.node(one).up) {
                        mesh.kill(one);
                        mesh.at(atMs + lastsMs, () -> mesh.restart(one));
                    }
                }
                case 2, 3 -> {
                    if (mesh.connected(one, other)) {
                        mesh.cut(one, other);
                        mesh.at(atMs + lastsMs, () -> mesh.connect(one, other));
                    }
                }
                case 4 -> mesh.pause(one, lastsMs / 20);
                case 5, 6 -> {
                    if (mesh.node(one).up) {
                        mesh.node(one).sendTo(mesh.node(other), "to " + other);
                    }
                }
                default -> {
                    if (mesh.node(one).up) {
                        mesh.node(one).offer("reading " + atMs);
                    }
                }
            }
        });
    }
}
