package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.WireLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is booked of an own request is what left. */
class OwnRequestsTest {
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);
    private static final NodeId FAR = new NodeId(0x1234);
    private static final Seq ANY = new Seq(0, 0);

    private final Bench bench = new Bench();
    private final SplittableRandom random = new SplittableRandom(5);
    private final Core core = new Core(
            new RouterConfig(
                    TestKeys.signer(0),
                    TestKeys.VERIFIER,
                    "one",
                    Set.of(),
                    1,
                    99,
                    new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY),
                    random,
                    Map.of(LinkClass.WIFI, WIFI),
                    10,
                    Set.of()),
            RuleSwitches.ALL_ON);
    private final Interface link = new Interface(
            Peer.LINK, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), WIFI, new Trickle(WIFI, random, 0), 0);
    private final FrameGuard guard = new FrameGuard(new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY), core.self, 1, 99, 7);
    private final FrameSender frames = new FrameSender(core, guard);
    private static final long LAST_ID = WireLimits.MAX_U32 - 1;

    private final HopSender hops = new HopSender(core, frames, new Nobody());
    private final ControlBudget budget;
    private final RequestCache requests;
    private final OwnRequests own;

    OwnRequestsTest() {
        core.begin(0, bench);
        budget = new ControlBudget(core);
        RoutingTable routes = new RoutingTable(core.self, 10, RuleSwitches.ALL_ON, (entry, reason, lost) -> {});
        GatewayTable gateways = new GatewayTable(routes);
        Coverage coverage = new Coverage(new NeighborTable(core, new CoverageTest.Nobody()));
        FloodRelay floods = new FloodRelay(core, frames, routes, gateways, coverage, budget, List.of(link));
        requests = new RequestCache(core.agenda, 60_000, 0);
        Proofs proofs = new Proofs(core, new Identities(core, new GatewayTrust(core, Set.of())), budget);
        own = new OwnRequests(core, routes, requests, floods, hops, proofs, budget, LAST_ID);
        bench.sent.clear();
    }

    @Test
    void a_key_was_not_shown_by_a_request_that_did_not_leave() {
        while (budget.spend(link, 1_200, true)) {
            assertTrue(bench.sent.isEmpty());
        }
        flood();
        assertEquals(0, bench.sent.size(), "no airtime for it");

        core.begin(10_000, bench);
        flood();
        flood();

        assertEquals(2, bench.sent.size());
        int withKey = bench.sent.get(0).frame().length;
        int without = bench.sent.get(1).frame().length;
        assertTrue(withKey - without > 100, withKey + " and " + without + " bytes");
    }

    @Test
    void ids_follow_the_one_given_and_come_round() {
        flood();
        flood();

        assertNotNull(requests.find(core.self, LAST_ID + 1));
        assertNotNull(requests.find(core.self, 0));
    }

    @Test
    void a_directed_request_that_finds_no_room_was_refused() {
        NodeId id = new NodeId(7);
        Neighbor way = new Neighbor(0, id, 1, link, LinkAddress.of((byte) 1));
        boolean[] refused = new boolean[2];
        own.direct(FAR, ANY, way, hop -> false, () -> refused[0] = true);
        assertFalse(refused[0], "it is on its way");
        for (int i = 1; i < HopSender.MAX_EXCHANGES; i++) {
            hops.sendControl(new Probe(i), way);
        }

        own.direct(FAR, ANY, way, hop -> false, () -> refused[1] = true);

        assertTrue(refused[1]);
    }

    private void flood() {
        own.flood(FAR, ANY, 5, true, false);
    }

    private static final class Nobody implements ExchangeOwner {
        @Override
        public MeshMessage stamp(Held message, Neighbor hop) {
            throw new AssertionError();
        }

        @Override
        public void takenOver(Held message, Neighbor hop, long firstSentMs, long nearer) {}

        @Override
        public void refused(Held message, Neighbor hop, HopResult result) {}

        @Override
        public void foundNoRoom(Held message, Neighbor hop) {}

        @Override
        public void unanswered(Held message, Neighbor hop) {}

        @Override
        public int waitingOver(Interface link, int limit) {
            return 0;
        }

        @Override
        public boolean isElsewhere(Held message, Neighbor hop, boolean slow) {
            return false;
        }

        @Override
        public void linkProved(Neighbor hop) {}

        @Override
        public void linkFailed(Neighbor hop, boolean dead, boolean probed) {}
    }
}
