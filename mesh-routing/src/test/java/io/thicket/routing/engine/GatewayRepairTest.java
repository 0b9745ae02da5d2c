package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rreq;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A way to a gateway broke and the neighbours' ways are infeasible: one of them carries a request. Seed 5 of the killed grid had a node
 * whose two nearest neighbours died at once: it asked the dead one, and the third only 6 s later.
 */
class GatewayRepairTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);

    private final Bench bench = new Bench();
    private final Peer way = new Peer(bench, 1).join();
    private final Peer second = new Peer(bench, 2).join();
    private final Peer third = new Peer(bench, 3).join();

    /** The first neighbour is gone; those of the others that answer their probes are there. */
    private void lose() {
        way.hello(Peer.entry(GATEWAY, 10, 100));
        second.hello(Peer.entry(GATEWAY, 10, 900));
        third.hello(Peer.entry(GATEWAY, 10, 1_000));
        bench.runTo(2_000);
        bench.sent.clear();
        way.hello(); // it has lost the gateway, too
    }

    @Test
    void the_next_neighbour_is_asked_at_once_if_one_is_silent() {
        lose();

        List<Long> toSecond = new ArrayList<>();
        List<Long> toThird = new ArrayList<>();
        for (long ms = bench.now; ms < 10_000; ms += 20) {
            bench.runTo(ms);
            note(toSecond, second);
            note(toThird, third);
            bench.sent.clear();
        }

        assertTrue(!toSecond.isEmpty(), "the better one first");
        assertTrue(!toThird.isEmpty(), "and then the other");
        long afterMs = toThird.get(0) - toSecond.get(0);
        assertTrue(afterMs > 0 && afterMs <= 2_000, afterMs + " ms later");
    }

    @Test
    void neighbours_that_refuse_are_asked_ever_more_rarely() {
        lose();

        int asked = 0;
        for (long ms = bench.now; ms < 120_000; ms += 20) {
            if (ms % 20_000 == 0) {
                second.hello(Peer.entry(GATEWAY, 10, 900));
                third.hello(Peer.entry(GATEWAY, 10, 1_000));
            }
            bench.runTo(ms);
            for (Bench.Sent frame : List.copyOf(bench.sent)) {
                for (Peer peer : List.of(second, third)) {
                    if (frame.to().equals(peer.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                        boolean request = holds(peer, frame);
                        asked += request ? 1 : 0;
                        peer.reply(frame.exchange(), HopResult.of(request ? HopCode.FULL : HopCode.CUSTODY));
                    }
                }
            }
            bench.sent.clear();
        }

        assertTrue(asked >= 5 && asked <= 12, "requests in two minutes: " + asked);
    }

    /** The one that refused is left out only while there is another way. */
    @Test
    void the_last_way_left_is_asked_again_though_it_refused() {
        lose();

        int asked = 0;
        int refusals = 0;
        for (long ms = bench.now; ms < 60_000; ms += 20) {
            if (ms % 20_000 == 0) {
                second.hello(Peer.entry(GATEWAY, 10, 900));
            }
            bench.runTo(ms);
            for (Bench.Sent frame : List.copyOf(bench.sent)) {
                if (frame.to().equals(second.address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                    boolean request = holds(second, frame);
                    second.reply(frame.exchange(), HopResult.of(request ? HopCode.FULL : HopCode.CUSTODY));
                    asked += request ? 1 : 0;
                    if (request && refusals++ == 0) {
                        third.hello(); // it has lost its way before it could be asked
                    }
                }
            }
            bench.sent.clear();
        }

        assertTrue(asked >= 3, "requests in a minute: " + asked);
    }

    private void note(List<Long> times, Peer peer) {
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(peer.address) && holds(peer, frame)) {
                times.add(bench.now);
            }
        }
    }

    private static boolean holds(Peer peer, Bench.Sent frame) {
        for (MeshMessage message : peer.open(frame.frame(), frame.exchange())) {
            if (message instanceof Rreq rreq) {
                assertEquals(GATEWAY, rreq.target());
                assertTrue(!frame.to().equals(LinkAddress.ALL));
                return true;
            }
        }
        return false;
    }
}
