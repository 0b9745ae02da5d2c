package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Hello;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** 2.1: airtime times ETX in 10 us units plus energy, comparable over link classes. */
class MetricTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);

    @Test
    void hops_of_different_link_classes_compare_by_the_time_they_take() {
        long ethernet = costOf(LinkClass.ETHERNET, 100_000);
        long wifi = costOf(LinkClass.WIFI, 6_000);
        long lora = costOf(LinkClass.LORA, 2);

        assertEquals(5, ethernet);
        assertEquals(50, wifi);
        assertTrue(lora > 50_000 && lora < 70_000, "" + lora);
        assertTrue(9 * wifi < lora, "nine hops of Wi-Fi are nearer than one of LoRa");
    }

    @Test
    void a_battery_counts_as_two_hops_more_on_every_link_class_and_a_leaf_as_none() {
        for (long airtime : new long[] {5, 50, 65_000}) {
            assertEquals(0, Neighbor.energyCost(airtime, Hello.MAX_WILLINGNESS));
            assertEquals(airtime, Neighbor.energyCost(airtime, 5));
            assertEquals(2 * airtime, Neighbor.energyCost(airtime, 3));
            assertEquals(0, Neighbor.energyCost(airtime, 0));
        }
    }

    @Test
    void the_way_over_a_relay_on_battery_is_avoided_if_another_is_as_near() {
        Bench bench = new Bench();
        Peer battery = new Peer(bench, 1).join();
        Peer mains = new Peer(bench, 2).join();
        hello(battery, 3, 100);
        hello(mains, 7, 140);

        assertEquals(mains.id, bench.router.routes().get(GATEWAY).nextHop().id());
    }

    private int count;

    private void hello(Peer peer, int willingness, long metric) {
        Hello.Heard heard =
                new Hello.Heard(peer.bench.router.self().prefix(), peer.bench.router.bootTag() & 0xff, 255, 0);
        peer.send(
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                List.of(new Hello(
                        100 + ++count,
                        60_000,
                        List.of(heard),
                        List.of(Peer.entry(GATEWAY, 10, metric)),
                        Set.of(),
                        willingness,
                        0,
                        null)));
    }

    private static long costOf(LinkClass linkClass, int rateKbps) {
        RoutingParameters parameters = RoutingParameters.of(linkClass);
        Interface link = new Interface(
                Peer.LINK,
                new LinkInfo(linkClass, rateKbps, 200, true),
                parameters,
                new Trickle(parameters, new SplittableRandom(1), 0),
                0);
        return new Neighbor(0, GATEWAY, 1, link, LinkAddress.of((byte) 1)).cost();
    }
}
