package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Tell;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Where a duty holds repetitions up: the wait is this node's own and no round trip. */
class HeldUpAnswerTest {
    private static final NodeId FAR = new NodeId(0x1234);

    private final Bench bench = new Bench(RoutingParameters.of(LinkClass.LORA), RuleSwitches.ALL_ON);

    @Test
    void a_repetition_that_waited_for_airtime_does_not_make_the_timeout_longer() {
        bench.router.onLink(0, Peer.LINK, MixedMesh.LORA, bench);
        Peer hop = new Peer(bench, 1).every(1_800_000).join();
        hop.hello();
        hop.unicast(new Tell(FAR, new Distance(new Seq(1, 5), 100_000), 2));
        bench.runTo(1_200_000); // the HELLOs of the beginning are over
        bench.sent.clear();
        Interface link = bench.router.links().iterator().next();
        send();
        while (link.duty.waitMs(bench.now, DutyBudget.Use.DATA) < 60_000) {
            assertTrue(link.duty.take(bench.now, DutyBudget.Use.URGENT, 20));
        }
        long waits = bench.router.counter(RoutingCounter.AIRTIME_WAITS);
        bench.runTo(bench.now + 13_000); // the first timeout is 8 to 12 s
        assertTrue(bench.router.counter(RoutingCounter.AIRTIME_WAITS) > waits);
        assertEquals(1, frames(hop));
        while (frames(hop) < 2) {
            bench.runTo(bench.now + 1_000);
        }
        bench.runTo(bench.now + 3_000);
        hop.acceptAll();
        bench.runTo(bench.now + 3_600_000);
        hop.hello();
        bench.sent.clear();

        send();
        bench.runTo(bench.now + 12_001);

        assertEquals(2, frames(hop), "repeated after 8 to 12 s, as before");
    }

    private int frames(Peer to) {
        return (int) bench.sent.stream()
                .filter(frame -> frame.to().equals(to.address) && frame.exchange() != MeshRouter.NO_EXCHANGE)
                .count();
    }

    private void send() {
        long number = bench.router.send(
                bench.now,
                Destination.node(FAR),
                PayloadType.COAP,
                Priority.NORMAL,
                3_600_000,
                false,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
        assertTrue(number > 0, "refused: " + number);
    }
}
