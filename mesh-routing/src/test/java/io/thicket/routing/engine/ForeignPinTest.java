package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.GatewayState;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import org.junit.jupiter.api.Test;

/**
 * A gateway takes messages that are pinned to another gateway. The sender's route to that other one lives on by the
 * acknowledgement (U9), so the taker must not forget its distance meanwhile (U6): the case u6-ack-unheld of the formal
 * model, which ends in a loop.
 */
class ForeignPinTest {
    private static final NodeId OTHER = new NodeId(0x1234);
    private static final long H = RoutingParameters.of(LinkClass.WIFI).tombstoneMs();

    @Test
    void taking_what_is_pinned_to_another_gateway_holds_the_distance_to_that_gateway() {
        Bench bench = gateway();
        Peer previous = new Peer(bench, 2).join();
        bench.runTo(5_000);

        HopResult result = previous.data(1, pinned(previous.id, 1));

        assertEquals(HopCode.CUSTODY, result.code());
        assertEquals(1, bench.delivered.size());
        assertTrue(bench.router.routes().get(OTHER).holdUntilMs(5_000) >= 5_000 + H);
    }

    @Test
    void without_memory_of_the_pinned_gateway_it_is_refused_so_that_the_sender_pins_anew() {
        Bench bench = new Bench();
        bench.router.gatewayState(0, new GatewayState(true, true, 0, 0), bench);
        Peer previous = new Peer(bench, 2).join();

        HopResult result = previous.data(1, pinned(previous.id, 1));

        assertNull(bench.router.routes().get(OTHER));
        assertEquals(HopCode.NO_ROUTE, result.code());
        assertEquals(0, bench.delivered.size());
    }

    private static Bench gateway() {
        Bench bench = new Bench();
        bench.router.gatewayState(0, new GatewayState(true, true, 0, 0), bench);
        new Peer(bench, 1).join().hello(Peer.entry(OTHER, 10, 100));
        return bench;
    }

    private static Data pinned(NodeId origin, long number) {
        return new Data(
                new MessageId(origin, 1, number),
                Destination.GATEWAY,
                OTHER,
                new Distance(new Seq(1, 10), 10_000),
                20,
                0,
                0,
                0,
                true,
                false,
                null,
                0,
                PayloadType.READINGS,
                Bytes.copyOf((byte) 1));
    }
}
