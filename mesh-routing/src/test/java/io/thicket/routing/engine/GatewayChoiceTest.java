package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.GatewayEntry;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 2.5: which gateway is chosen, when another one takes over, and when at once. The link to all of them costs 10. */
class GatewayChoiceTest {
    private static final NodeId PRESENT = new NodeId(50);
    private static final NodeId OTHER = new NodeId(60);
    private static final NodeId THIRD = new NodeId(70);
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);
    private static final int LIFE_S = 750;

    private final Core core = TestCore.relay();
    private final E2eScores scores = new E2eScores(core);
    private final RoutingTable routes =
            new RoutingTable(core.self, 10, RuleSwitches.ALL_ON, (entry, reason, lost) -> {});
    private final GatewayTable gateways = new GatewayTable(routes);
    private final GatewayChoice choice = new GatewayChoice(gateways, scores);
    private final Neighbor hop = neighbor();
    private long count;

    GatewayChoiceTest() {
        core.begin(0, new Bench());
        routes.setScores(scores);
    }

    @Test
    void without_gateways_there_is_none_to_choose() {
        assertNull(choice.choose(0));
        assertNull(choice.pinned(0));
        assertNull(choice.settled());
        assertTrue(choice.isSettled(0));
        assertEquals(LinkInfo.MAX_MTU_BYTES, choice.pathMtuBytes(0));
    }

    @Test
    void the_nearest_is_chosen_at_first() {
        offered(0, THIRD, 300, 0);
        offered(0, OTHER, 100, 0);
        offered(0, PRESENT, 200, 0);

        assertEquals(OTHER, choice.choose(0));
    }

    @Test
    void a_gateway_is_as_far_away_as_its_load_makes_it() {
        offered(0, PRESENT, 100, 100);
        offered(0, OTHER, 199, 0);

        assertEquals(OTHER, choice.choose(0));
    }

    @Test
    void of_two_equally_near_ones_the_smaller_name_is_chosen() {
        offered(0, OTHER, 100, 0);
        offered(0, PRESENT, 100, 0);

        assertEquals(PRESENT, choice.choose(0));
    }

    @Test
    void one_that_is_less_than_25_percent_better_never_takes_over() {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 801, 0);

        for (long ms = 0; ms <= 300_000; ms += 1_000) {
            assertEquals(PRESENT, choice.choose(ms));
            assertTrue(choice.isSettled(ms));
        }
    }

    @Test
    void one_that_is_25_percent_better_takes_over_after_30_seconds() {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 800, 0);

        assertFalse(choice.isSettled(1_000));
        assertEquals(PRESENT, choice.choose(1_000));
        assertFalse(choice.isSettled(30_999));
        assertEquals(PRESENT, choice.choose(30_999));
        assertEquals(OTHER, choice.choose(31_000));
        assertTrue(choice.isSettled(31_000));
    }

    @ParameterizedTest(name = "then as far away as {0}")
    @ValueSource(longs = {801, 1_000, 1_001})
    void one_that_was_not_so_much_better_meanwhile_waits_from_then_on(long metric) {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 800, 0);
        choice.choose(0);

        offered(20_000, OTHER, metric, 0);
        assertEquals(PRESENT, choice.choose(20_000));
        assertTrue(choice.isSettled(20_000));
        offered(21_000, OTHER, 800, 0);
        choice.choose(21_000);

        assertEquals(PRESENT, choice.choose(50_999));
        assertEquals(OTHER, choice.choose(51_000));
    }

    @Test
    void one_that_overtakes_another_on_its_way_waits_for_itself() {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 800, 0);
        choice.choose(0);

        offered(20_000, THIRD, 500, 0);
        choice.choose(20_000);

        assertEquals(PRESENT, choice.choose(49_999));
        assertEquals(THIRD, choice.choose(50_000));
    }

    @Test
    void the_time_in_which_no_gateway_can_be_used_is_none_of_waiting() {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 800, 0);
        choice.choose(0);

        withdrawn(10_000, PRESENT);
        withdrawn(10_000, OTHER);
        assertNull(choice.choose(10_000));
        offered(20_000, PRESENT, 1_000, 0);
        offered(20_000, OTHER, 800, 0);
        choice.choose(20_000);

        assertEquals(PRESENT, choice.choose(49_999));
        assertEquals(OTHER, choice.choose(50_000));
    }

    @Test
    void nothing_is_waited_for_once_all_are_forgotten() {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 800, 0);
        choice.choose(0);
        assertFalse(choice.isSettled(0));

        lost(PRESENT);
        lost(OTHER);
        gateways.sweep(10_000_000);
        assertEquals(0, gateways.size());

        assertNull(choice.choose(10_000_000));
        assertTrue(choice.isSettled(10_000_000));
    }

    @Test
    void a_withdrawn_one_is_left_at_once() {
        chosen(0, PRESENT, 100);
        offered(0, OTHER, 5_000, 0);

        withdrawn(1_000, PRESENT);

        assertFalse(choice.isSettled(1_000));
        assertEquals(OTHER, choice.choose(1_000));
    }

    @Test
    void one_whose_entry_is_over_is_left_at_once() {
        heard(0, PRESENT, 100, true, true, 60, 0, 1_200);
        offered(0, OTHER, 5_000, 0);
        assertEquals(PRESENT, choice.choose(59_999));

        assertFalse(choice.isSettled(60_000));
        assertEquals(OTHER, choice.choose(60_000));
    }

    @Test
    void one_that_takes_nothing_is_left_at_once() {
        chosen(0, PRESENT, 100);
        offered(0, OTHER, 5_000, 0);

        heard(1_000, PRESENT, 100, true, false, LIFE_S, 0, 1_200);

        assertFalse(choice.isSettled(1_000));
        assertEquals(OTHER, choice.choose(1_000));
    }

    @Test
    void one_that_no_way_leads_to_is_left_at_once() {
        chosen(0, PRESENT, 100);
        offered(0, OTHER, 5_000, 0);

        lost(PRESENT);

        assertFalse(choice.isSettled(1_000));
        assertEquals(OTHER, choice.choose(1_000));
    }

    @Test
    void one_that_is_forgotten_is_left_at_once() {
        chosen(0, PRESENT, 100);
        lost(PRESENT);
        gateways.sweep(10_000_000);
        assertNull(gateways.get(PRESENT));
        offered(10_000_000, OTHER, 5_000, 0);

        assertFalse(choice.isSettled(10_000_000));
        assertEquals(OTHER, choice.choose(10_000_000));
    }

    @Test
    void who_was_left_at_once_must_be_much_better_for_as_long_as_any_other_to_come_back() {
        chosen(0, PRESENT, 100);
        offered(0, OTHER, 5_000, 0);
        withdrawn(1_000, PRESENT);
        choice.choose(1_000);

        offered(2_000, PRESENT, 100, 0);
        choice.choose(2_000);

        assertEquals(OTHER, choice.choose(31_999));
        assertEquals(PRESENT, choice.choose(32_000));
    }

    /** Else each short outage of all uplinks would shuffle whose readings go where. */
    @Test
    void the_pin_outlasts_a_time_in_which_no_gateway_can_be_used() {
        chosen(0, PRESENT, 1_000);
        withdrawn(1_000, PRESENT);
        assertNull(choice.choose(1_000));
        assertNull(choice.pinned(1_000));
        assertTrue(choice.isSettled(1_000), "there is nothing to choose from");
        assertSame(gateways.get(PRESENT), choice.settled());

        offered(2_000, PRESENT, 1_000, 0);
        offered(2_000, OTHER, 900, 0);

        assertEquals(PRESENT, choice.choose(2_000));
    }

    @Test
    void to_ask_for_the_pin_changes_nothing() {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 100, 0);
        for (long ms = 0; ms <= 60_000; ms += 1_000) {
            assertEquals(PRESENT, choice.pinned(ms));
        }

        withdrawn(60_000, PRESENT);

        assertNull(choice.pinned(60_000));
        assertSame(gateways.get(PRESENT), choice.settled());
    }

    @Test
    void one_whose_way_is_distrusted_is_left_at_once_for_one_much_farther() {
        chosen(0, PRESENT, 100);
        offered(0, OTHER, 60_000, 0);

        distrust(PRESENT);

        assertFalse(choice.isSettled(0));
        assertEquals(OTHER, choice.choose(0));
        assertTrue(choice.isSettled(0));
    }

    @Test
    void one_whose_way_is_distrusted_is_better_than_none() {
        offered(0, PRESENT, 100, 0);
        distrust(PRESENT);

        assertEquals(PRESENT, choice.choose(0));
    }

    @Test
    void one_that_can_not_be_used_is_no_better_for_being_trusted() {
        chosen(0, PRESENT, 100);
        offered(0, OTHER, 100, 0);
        distrust(PRESENT);

        heard(0, OTHER, 100, true, false, LIFE_S, 0, 1_200);

        assertEquals(PRESENT, choice.choose(0));
    }

    @Test
    void of_two_whose_ways_are_distrusted_the_better_one_has_to_wait() {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 500, 0);
        distrust(PRESENT);
        distrust(OTHER);

        choice.choose(0);

        assertEquals(PRESENT, choice.choose(29_999));
        assertEquals(OTHER, choice.choose(30_000));
    }

    @Test
    void of_two_whose_ways_are_distrusted_one_little_better_is_not_waited_for() {
        chosen(0, PRESENT, 1_000);
        offered(0, OTHER, 900, 0);
        distrust(PRESENT);
        distrust(OTHER);

        assertTrue(choice.isSettled(0));
        assertEquals(PRESENT, choice.choose(0));
    }

    @Test
    void the_mtu_is_that_of_the_way_to_the_gateway_in_use() {
        heard(0, PRESENT, 100, true, true, LIFE_S, 0, 900);
        heard(0, OTHER, 200, true, true, LIFE_S, 0, 700);
        assertEquals(LinkInfo.MAX_MTU_BYTES, choice.pathMtuBytes(0), "none is yet");

        choice.choose(0);
        assertEquals(900, choice.pathMtuBytes(0));

        heard(1_000, PRESENT, 100, true, false, LIFE_S, 0, 900); // it takes nothing
        assertEquals(LinkInfo.MAX_MTU_BYTES, choice.pathMtuBytes(1_000), "none is any more");
        choice.choose(1_000);
        assertEquals(700, choice.pathMtuBytes(1_000));
    }

    @Test
    void two_gateways_over_ways_no_longer_are_enough() {
        offered(0, PRESENT, 110, 0);
        assertFalse(choice.hasNearer(1, 110), "one");

        offered(0, OTHER, 110, 0);

        assertTrue(choice.hasNearer(1, 110));
        assertFalse(choice.hasNearer(1, 109), "they are farther away");
    }

    @Test
    void a_loaded_gateway_is_none_of_the_nearer_ones() {
        offered(0, PRESENT, 110, 0);
        offered(0, OTHER, 110, 50);

        assertFalse(choice.hasNearer(1, 164));
        assertTrue(choice.hasNearer(1, 165));
    }

    @Test
    void a_gateway_that_takes_nothing_or_is_over_is_none_of_the_nearer_ones() {
        offered(0, PRESENT, 110, 0);
        heard(0, OTHER, 110, true, false, 60, 0, 1_200);
        heard(0, THIRD, 110, true, true, 30, 0, 1_200);

        assertTrue(choice.hasNearer(29_999, 1_000));
        assertFalse(choice.hasNearer(30_000, 1_000));
    }

    @Test
    void a_gateway_whose_way_is_distrusted_is_none_of_the_nearer_ones() {
        offered(0, PRESENT, 110, 0);
        offered(0, OTHER, 110, 0);
        assertTrue(choice.hasNearer(0, 100_000));

        distrust(PRESENT);

        assertFalse(choice.hasNearer(0, 100_000));
    }

    /** A node that sleeps through its seconds because nothing is to be chosen must not miss that something is. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void to_choose_changes_nothing_when_it_is_settled_and_something_when_it_is_not(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NodeId[] names = {PRESENT, OTHER, THIRD};
        boolean waits = false;
        int settled = 0;
        int unsettled = 0;
        for (long ms = 0; ms < 20_000_000; ms += random.nextInt(20_000)) {
            core.begin(ms, new Bench());
            NodeId name = names[random.nextInt(names.length)];
            switch (random.nextInt(20)) {
                case 0 -> distrust(name);
                case 1 -> withdrawn(ms, name);
                case 2 -> lost(ms, name);
                case 3, 4, 5 -> offered(ms, name, random.nextInt(100, 1_000), random.nextInt(100));
                default -> scores.sweep(gateways, routes);
            }

            boolean was = choice.isSettled(ms);
            KnownGateway before = choice.settled();
            NodeId chosen = choice.choose(ms);
            boolean changed = choice.settled() != before;

            assertEquals(chosen, choice.pinned(ms), ms + " ms");
            if (was) {
                assertFalse(changed || waits || !choice.isSettled(ms), ms + " ms");
                settled++;
            } else {
                assertTrue(changed || waits || !choice.isSettled(ms), ms + " ms");
                unsettled++;
            }
            waits = !choice.isSettled(ms);
        }
        assertTrue(settled > 100 && unsettled > 100, settled + " and " + unsettled);
    }

    private void chosen(long nowMs, NodeId gateway, long metric) {
        offered(nowMs, gateway, metric, 0);
        assertEquals(gateway, choice.choose(nowMs));
    }

    /** {@code metric} is that of the whole way from this node. */
    private void offered(long nowMs, NodeId gateway, long metric, int loadPercent) {
        heard(nowMs, gateway, metric, true, true, LIFE_S, loadPercent, 1_200);
    }

    private void withdrawn(long nowMs, NodeId gateway) {
        heard(nowMs, gateway, 1_000, false, true, 0, 0, 1_200);
    }

    private void heard(
            long nowMs,
            NodeId gateway,
            long metric,
            boolean uplink,
            boolean accepting,
            int lifetimeS,
            int loadPercent,
            int mtuBytes) {
        Seq seq = new Seq(1, ++count);
        long advertised = metric - hop.cost();
        routes.advert(nowMs, gateway, hop, seq, advertised, 2);
        gateways.update(
                nowMs,
                new GatewayEntry(
                        gateway, seq, advertised, 2, uplink, false, accepting, lifetimeS, loadPercent, mtuBytes, null),
                hop,
                1_200);
    }

    private void lost(NodeId gateway) {
        lost(0, gateway);
    }

    private void lost(long nowMs, NodeId gateway) {
        routes.withdrawn(nowMs, gateway, hop, RouteChange.Reason.RERR);
    }

    private void distrust(NodeId gateway) {
        for (int i = 0; i < 8; i++) {
            scores.tooLarge(gateway, hop);
        }
        scores.sweep(gateways, routes);
    }

    private static Neighbor neighbor() {
        Interface link = new Interface(
                Peer.LINK,
                new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true),
                WIFI,
                new Trickle(WIFI, new SplittableRandom(1), 0),
                0);
        Neighbor neighbor = new Neighbor(0, new NodeId(7), 1, link, LinkAddress.of((byte) 1));
        neighbor.enter(NeighborState.TWO_WAY);
        return neighbor;
    }
}
