package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.wire.GatewayEntry;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What of a gateway's announcement is news. On Wi-Fi an entry lives 750 s. */
class GatewayTableTest {
    private static final NodeId GATEWAY = new NodeId(99);
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);

    private final RoutingTable routes =
            new RoutingTable(new NodeId(1), 4, RuleSwitches.ALL_ON, (entry, reason, lost) -> {});
    private final GatewayTable gateways = new GatewayTable(routes, new E2eScores(core()));
    private final NextHop hop = new Hop();

    @Test
    void a_newer_seq_with_most_of_its_life_before_it_waits_for_the_next_regular_hello() {
        assertTrue(heard(0, 1, 700), "the first one is news");

        assertFalse(heard(300_000, 2, 700));
    }

    /** Found on a 10x10 grid: the far corner, 18 hops away, was without a gateway for half a minute in half an hour. */
    @Test
    void a_newer_seq_that_has_been_on_its_way_for_long_is_passed_on_soon() {
        heard(0, 1, 400);

        assertTrue(heard(300_000, 2, 400));
        assertFalse(heard(301_000, 2, 399), "once for each Seq");
        assertFalse(heard(302_000, 1, 100), "an older one is none");
    }

    private static Core core() {
        RouterConfig config = new RouterConfig(
                TestKeys.signer(1),
                TestKeys.VERIFIER,
                "node-1",
                Set.of(Identity.Role.RELAY),
                1,
                7,
                new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY),
                new SplittableRandom(1));
        return new Core(config, RuleSwitches.ALL_ON);
    }

    private boolean heard(long nowMs, long seq, int lifetimeS) {
        routes.advert(nowMs, GATEWAY, hop, new Seq(1, seq), 100, 2);
        GatewayEntry entry =
                new GatewayEntry(GATEWAY, new Seq(1, seq), 100, 2, true, false, true, lifetimeS, 0, 1_200, null);
        return gateways.update(nowMs, entry, hop, 1_200);
    }

    private static final class Hop implements NextHop {
        @Override
        public NodeId id() {
            return new NodeId(2);
        }

        @Override
        public int bootTag() {
            return 1;
        }

        @Override
        public boolean isUsable() {
            return true;
        }

        @Override
        public long cost() {
            return 10;
        }

        @Override
        public RoutingParameters parameters() {
            return WIFI;
        }

        @Override
        public long settleMs() {
            return 2_000;
        }
    }
}
