package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.GatewayEntry;
import org.junit.jupiter.api.Test;

/**
 * 2.5, settling, against the life of a gateway entry. On a grid of 10x10 whose nodes read once a minute (simulator, seeds 2 and 4)
 * each hop settled for up to 90 s, the entry ended 18 hops away, and a reading waited for 23 s.
 */
class AgedGatewayTest {
    private static final NodeId GATEWAY = new NodeId(0x33);

    private final Bench bench = new Bench();
    private final Peer present = new Peer(bench, 1).join();
    private final Peer other = new Peer(bench, 2).join();

    @Test
    void a_young_seq_of_another_neighbour_settles() {
        present.hello(entry(10, 1_000, 700));
        other.hello(entry(11, 1_100, 400));

        assertEquals(present.id, nextHop());
    }

    @Test
    void one_that_is_old_already_is_taken_at_once() {
        present.hello(entry(10, 1_000, 700));
        other.hello(entry(11, 1_100, 350));

        assertEquals(other.id, nextHop());
    }

    @Test
    void but_not_over_a_way_that_is_much_worse() {
        present.hello(entry(10, 1_000, 700));
        other.hello(entry(11, 1_400, 350));

        assertEquals(present.id, nextHop());
    }

    private NodeId nextHop() {
        return bench.router.snapshot(bench.now).routes().stream()
                .filter(route -> route.destination().equals(GATEWAY))
                .findFirst()
                .orElseThrow()
                .nextHop();
    }

    private static GatewayEntry entry(long count, long metric, int lifetimeS) {
        return new GatewayEntry(GATEWAY, new Seq(1, count), metric, 3, true, false, true, lifetimeS, 0, 1_200, null);
    }
}
