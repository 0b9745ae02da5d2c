package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.Rreq;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The rank by which relays wait in line (2.5, step 8): what it is, and that it stays cheap in a crowd. */
class CoverageTest {
    private final Interface link = link();

    @Test
    void the_rank_is_the_number_of_those_who_have_the_request_and_reach_more_new_nodes() {
        int[] seen = new int[Coverage.MAX_RANK + 1];
        for (long seed = 1; seed <= 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            NeighborTable table = crowd(random, 4 + random.nextInt(20), 40, 12);
            RouteRequest request = request(table, 1 + random.nextInt(3));

            int rank = new Coverage(table).rank(request, link);

            assertEquals(Math.min(Coverage.MAX_RANK, naiveRank(request, table)), rank, "seed " + seed);
            seen[rank]++;
        }
        for (int rank = 0; rank <= Coverage.MAX_RANK; rank++) {
            Assertions.assertTrue(seen[rank] > 0, "rank " + rank + " never seen");
        }
    }

    /** The bounds: 512 neighbours with 128 nodes each, 64 relays. Looking through all lists for each takes seconds. */
    @Test
    void the_rank_in_the_largest_crowd_is_known_at_once() {
        NeighborTable table = crowd(new SplittableRandom(1), NeighborTable.MAX_NEIGHBORS, 100_000, HeardList.MAX_HEARD);
        RouteRequest request = request(table, RouteRequest.MAX_RELAYS);
        int named = 0;
        for (Neighbor relay : request.relays) {
            List<Hello.Heard> some = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                some.add(new Hello.Heard(1 + named++ % NeighborTable.MAX_NEIGHBORS, 1, 255, 0)); // all have the request
            }
            some.set(63, Hello.Heard.MORE);
            relay.heardList = HeardList.updated(relay.heardList, hello(some));
        }
        Coverage coverage = new Coverage(table);

        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); // not the time of other processes
        for (int i = 0; i < 100; i++) {
            coverage.rank(request, link);
        }
        long cpuMs = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1_000_000;
        Assertions.assertTrue(cpuMs < 3_000, cpuMs + " ms of CPU");
    }

    /** By the definition, list by list. */
    private int naiveRank(RouteRequest request, NeighborTable table) {
        Coverage coverage = new Coverage(table);
        int mine = coverage.uncovered(request, link, coverage.audience(request, link));
        int rank = 0;
        for (Neighbor other : table.all()) {
            int missing = 0;
            for (int i = 0; i < HeardList.size(other.heardList); i++) {
                missing += isCovered(request, HeardList.get(other.heardList, i)) ? 0 : 1;
            }
            boolean sent = request.relays.contains(other);
            rank += !sent && isCovered(request, other.id().prefix()) && missing > mine ? 1 : 0;
        }
        return rank;
    }

    private static boolean isCovered(RouteRequest request, int prefix) {
        for (Neighbor relay : request.relays) {
            if (relay.id().prefix() == prefix || HeardList.hears(relay.heardList, prefix)) {
                return true;
            }
        }
        return false;
    }

    private RouteRequest request(NeighborTable table, int relays) {
        Seq seq = new Seq(1, 1);
        RouteRequest request = new RouteRequest(
                new Rreq(new NodeId(7), seq, 1, new NodeId(8), seq, 1, seq, 1, 9, false, false, false, 300, null), 0);
        table.all().stream().limit(relays).forEach(request.relays::add);
        return request;
    }

    /** Neighbours that hear each other and others, of {@code nodes} prefixes in all. */
    private NeighborTable crowd(SplittableRandom random, int neighbors, int nodes, int heard) {
        NeighborTable table = new NeighborTable(core(), new Nobody());
        for (int i = 0; i < neighbors; i++) {
            NodeId id = new NodeId((long) (i + 1) << 32 | random.nextInt() & 0xffff_ffffL);
            Neighbor neighbor = table.heard(null, id, 1, link, LinkAddress.of((byte) 1));
            Assertions.assertNotNull(neighbor);
            table.proved(neighbor);
            List<Hello.Heard> list = new ArrayList<>();
            for (int j = 0; j < Math.min(64, heard); j++) {
                int prefix = random.nextInt(nodes);
                list.add(new Hello.Heard(prefix, 1, 255, 0));
            }
            if (heard > 64) {
                list.set(63, Hello.Heard.MORE);
                neighbor.heardList = HeardList.updated(neighbor.heardList, hello(list));
                list.replaceAll(each -> new Hello.Heard(random.nextInt(nodes), 1, 255, 0));
                list.set(63, Hello.Heard.MORE);
            }
            neighbor.heardList = HeardList.updated(neighbor.heardList, hello(list));
        }
        return table;
    }

    private static Hello hello(List<Hello.Heard> heard) {
        return new Hello(1, 1_000, heard, List.of(), Set.of(), 7, 0, null);
    }

    private static Core core() {
        Core core = new Core(
                new RouterConfig(
                        TestKeys.signer(0),
                        TestKeys.VERIFIER,
                        "one",
                        Set.of(),
                        1,
                        99,
                        new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY),
                        new SplittableRandom(5),
                        Map.of(LinkClass.WIFI, RoutingParameters.of(LinkClass.WIFI)),
                        10,
                        Set.of()),
                RuleSwitches.ALL_ON);
        core.begin(0, new Bench());
        return core;
    }

    private static Interface link() {
        RoutingParameters parameters = RoutingParameters.of(LinkClass.WIFI);
        return new Interface(
                Peer.LINK,
                new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true),
                parameters,
                new Trickle(parameters, new SplittableRandom(1), 0),
                0);
    }

    static final class Nobody implements NeighborTable.Listener {
        @Override
        public void linkUsable(Neighbor neighbor) {}

        @Override
        public void linkUnusable(Neighbor neighbor) {}

        @Override
        public void linkDown(Neighbor neighbor) {}

        @Override
        public void sessionEnded(Neighbor neighbor, boolean rebooted) {}

        @Override
        public void sessionBegan(Neighbor neighbor) {}

        @Override
        public void shouldProbe(Neighbor neighbor) {}
    }
}
