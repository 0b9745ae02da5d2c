package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.engine.Peer.Bench;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** On LoRa a node may make three requests at once and six in an hour; a search without a token sleeps until there is one. */
class SearchTokenTest {
    @Test
    void a_search_without_a_token_sleeps_until_there_is_one() {
        Bench bench = new Bench(RoutingParameters.of(LinkClass.LORA), RuleSwitches.ALL_ON);
        new Peer(bench, 1).join();
        for (int target = 1; target <= 4; target++) {
            send(bench, new NodeId(target));
        }
        long made = bench.router.ownSeq().count(); // each request has its own Seq

        int wakes = 0;
        while (bench.router.nextDeadlineMs() <= 590_000) {
            bench.now = Math.max(bench.now, bench.router.nextDeadlineMs());
            bench.router.onDeadline(bench.now, bench);
            wakes++;
        }
        long before = bench.router.ownSeq().count();
        bench.runTo(601_000);

        assertEquals(made, before, "six in an hour: one in ten minutes");
        assertEquals(made + 1, bench.router.ownSeq().count(), "as soon as there is one");
        assertTrue(wakes < 590 + 60, wakes + " deadlines in 590 s, one a second for the sweep");
    }

    private static void send(Bench bench, NodeId target) {
        long number = bench.router.send(
                bench.now,
                Destination.node(target),
                PayloadType.COAP,
                Priority.NORMAL,
                3_600_000,
                false,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
        assertTrue(number > 0);
    }
}
