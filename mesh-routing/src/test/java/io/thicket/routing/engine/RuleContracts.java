package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.GatewayEntry;

/**
 * The rules whose absence no random search notices, because another rule makes up for it: each as the shortest story
 * that goes otherwise without it. L 300 s, A 60 s, D 10 s, H 377.4 s.
 */
final class RuleContracts {
    private static final NodeId SELF = new NodeId(1);
    private static final NodeId D = new NodeId(99);
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);

    private final RoutingTable table;
    private final FixedHop b = new FixedHop(2);
    private final FixedHop c = new FixedHop(3);

    private RuleContracts(RuleSwitches rules) {
        table = new RoutingTable(SELF, 2, rules, (entry, reason, lost) -> {});
    }

    /** U2: an alternate older than A is not used. (Its life would be over L after its advert all the same.) */
    static void u2Age(RuleSwitches rules) {
        RuleContracts story = new RuleContracts(rules);
        story.advert(0, story.b, 1, 90);
        story.advert(0, story.c, 1, 95);
        story.b.usable = false;

        story.table.linkUnusable(60_000, story.b, Reason.LINK_DOWN);

        assertNull(story.entry().nextHop());
    }

    /** U2: the distance improves when a route is chosen, not only when it is announced. */
    static void u2ImprovesFd(RuleSwitches rules) {
        RuleContracts story = new RuleContracts(rules);
        story.advert(0, story.b, 1, 90);
        story.advert(1, story.b, 2, 50);

        assertEquals(new FeasibilityDistance(seq(2), 60), story.entry().feasibility());
    }

    /** U4: a worse metric of the same Seq from the next hop keeps the route. */
    static void u4KeepsRoute(RuleSwitches rules) {
        RuleContracts story = new RuleContracts(rules);
        story.advert(0, story.b, 1, 90);

        story.advert(1, story.b, 1, 900);

        assertSame(story.b, story.entry().nextHop());
    }

    /** U5: a RERR of somebody else is no news. */
    static void u5NextHopOnly(RuleSwitches rules) {
        RuleContracts story = new RuleContracts(rules);
        story.advert(0, story.b, 1, 90);

        story.table.withdrawn(1, D, story.c, Reason.RERR);

        assertSame(story.b, story.entry().nextHop());
    }

    /** U6: a full table refuses, and evicts nothing that is held. */
    static void u6TableFull(RuleSwitches rules) {
        RuleContracts story = new RuleContracts(rules);
        story.advert(0, story.b, 1, 90);
        story.table.advertise(0, D, WIFI);
        story.table.withdrawn(1, D, story.b, Reason.REFUSED);
        story.table.advert(2, new NodeId(98), story.b, seq(1), 5, 1);

        assertFalse(story.table.advert(3, new NodeId(97), story.b, seq(1), 5, 1));
        assertNotNull(story.table.get(D));
    }

    /** U8: DATA from a hop that is not farther is refused. */
    static void u8Descent(RuleSwitches rules) {
        Peer.Bench bench = new Peer.Bench(WIFI, rules);
        new Peer(bench, 1).join().hello(Peer.entry(D, 10, 100));
        Peer previous = new Peer(bench, 2).join();

        HopCode code = previous.data(1, Peer.message(previous.id, 1, 0, D, new Distance(seq(10), 1)))
                .code();

        assertEquals(HopCode.DESCENT_VIOLATED, code);
    }

    /** U9: only the acknowledgement of the route's own next hop prolongs it. */
    static void u9AckOfTheRoute(RuleSwitches rules) {
        RuleContracts story = new RuleContracts(rules);
        story.advert(0, story.b, 1, 90);

        story.table.acknowledged(D, story.c, 100_000);

        assertEquals(300_000, story.entry().validUntilMs(0));
    }

    /** U9: an acknowledgement prolongs from when its DATA was first sent, not from when it came. */
    static void u9FirstSent(RuleSwitches rules) {
        Peer.Bench bench = new Peer.Bench(WIFI, rules);
        Peer next = new Peer(bench, 1).join();
        GatewayEntry entry = Peer.entry(D, 10, 100);
        next.hello(entry);
        for (long ms = 1_000; ms <= 50_000; ms += 200) {
            bench.runTo(ms);
            next.acceptAll(); // the link stays good
        }
        RouteEntry route = bench.router.routes().get(D);
        assertNotNull(route);
        Peer previous = new Peer(bench, 2).join();
        bench.sent.clear();
        long sentAtMs = bench.now;
        previous.data(1, Peer.message(previous.id, 1, 0, D, new Distance(seq(10), 90_000)));
        bench.runTo(bench.now + 300); // sent again meanwhile

        next.acceptAll();

        assertEquals(sentAtMs + WIFI.routeLifeMs(), route.validUntilMs(sentAtMs));
    }

    private void advert(long nowMs, NextHop hop, long count, long metric) {
        table.advert(nowMs, D, hop, seq(count), metric, 3);
    }

    private RouteEntry entry() {
        RouteEntry entry = table.get(D);
        assertNotNull(entry);
        return entry;
    }

    private static Seq seq(long count) {
        return new Seq(1, count);
    }
}
