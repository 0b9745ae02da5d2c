package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 2.7: what a full neighbour refuses takes room in the medium that its own frames need to get it empty. */
class FullNeighborTest {
    private static final NodeId GATEWAY = new NodeId(0x33);

    private final Bench bench = new Bench();
    private final Peer next = new Peer(bench, 1).join();
    private final List<Long> askedAtMs = new ArrayList<>();

    @Test
    void one_that_stays_full_is_asked_ever_more_rarely() {
        hand(1);
        refuseUntil(30_000);

        assertTrue(askedAtMs.size() >= 10 && askedAtMs.size() <= 20, askedAtMs.toString());
        assertTrue(askedAtMs.get(2) - askedAtMs.get(0) <= 500, "a short jam costs nothing: " + askedAtMs);
    }

    @Test
    void once_it_takes_something_it_is_asked_soon_again() {
        hand(1);
        refuseUntil(10_000);
        while (next.acceptAll().isEmpty()) {
            bench.runTo(bench.now + 10);
        }
        askedAtMs.clear();
        hand(2);
        long fromMs = bench.now;
        refuseUntil(fromMs + 700);

        assertTrue(askedAtMs.size() >= 3, askedAtMs.toString());
    }

    private void hand(int number) {
        next.hello(Peer.entry(GATEWAY, 10, 100));
        Peer previous = new Peer(bench, 20 + number).join();
        bench.sent.clear();
        assertEquals(
                HopCode.CUSTODY,
                previous.data(
                                number,
                                Peer.message(previous.id, number, 0, GATEWAY, new Distance(new Seq(1, 10), 10_000)))
                        .code());
    }

    private void refuseUntil(long untilMs) {
        while (bench.now < untilMs) {
            for (Bench.Sent frame : List.copyOf(bench.sent)) {
                if (frame.to().equals(next.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                    askedAtMs.add(bench.now);
                    next.reply(frame.exchange(), new HopResult(HopCode.FULL, null, 200, 0));
                }
            }
            bench.sent.clear();
            bench.runTo(bench.now + 10);
        }
    }
}
