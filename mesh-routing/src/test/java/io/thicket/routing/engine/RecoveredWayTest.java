package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Tell;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A way over one that moves and was not heard for an interval is no way until it is heard again; then it is one, without a search. */
class RecoveredWayTest {
    private static final NodeId FAR = new NodeId(0x1234);
    private static final Seq SEQ = new Seq(1, 5);
    private static final long RESTLESS_MS = 2_000;

    /** Short intervals are no start and no other news after so long. */
    private static final long SHORT_MS = 8_000;

    private final Bench bench = new Bench();
    private final Peer usual = new Peer(bench, 1).join();
    private final Peer mover = new Peer(bench, 2).every(RESTLESS_MS).join();

    RecoveredWayTest() {
        mover.hello();
        for (long ms = 0; ms < SHORT_MS; ms += RESTLESS_MS) {
            bench.runTo(bench.now + RESTLESS_MS);
            mover.hello();
        }
        usual.unicast(new Tell(FAR, new Distance(SEQ, 1_000), 2));
        mover.unicast(new Tell(FAR, new Distance(SEQ, 900), 2));
        loseWhileTheMoverIsSilent();
    }

    private void loseWhileTheMoverIsSilent() {
        bench.runTo(bench.now + RESTLESS_MS + 1);
        usual.broadcast(new Rerr(List.of(new Rerr.Unreachable(FAR, SEQ, Rerr.Reason.LINK))));
        RouteEntry entry = bench.router.routes().get(FAR);
        assertNull(entry.nextHop());
        assertEquals(1, entry.countAlternates());
        bench.sent.clear();
    }

    /** No other frame and no timer helps it on its way. */
    @Test
    void a_message_takes_it_in_the_same_call() {
        mover.hello();
        send();
        assertTrue(isSentTo(mover));
    }

    @Test
    void nobody_is_asked_for_it() {
        mover.hello();
        send();
        assertEquals(0, bench.router.counter(RoutingCounter.SEARCHES_STARTED));
        assertEquals(0, bench.router.counter(RoutingCounter.ASKS_SENT));
    }

    @Test
    void while_it_is_silent_nothing_goes_there() {
        send();
        assertEquals(1, bench.router.counter(RoutingCounter.SEARCHES_STARTED));
        bench.runTo(bench.now + 900);
        assertTrue(!isSentTo(mover));
    }

    private void send() {
        bench.router.send(
                bench.now,
                Destination.node(FAR),
                PayloadType.COAP,
                Priority.NORMAL,
                600_000,
                false,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
    }

    private boolean isSentTo(Peer peer) {
        return bench.sent.stream()
                .filter(frame -> frame.to().equals(peer.address))
                .anyMatch(frame ->
                        peer.open(frame.frame(), frame.exchange()).stream().anyMatch(Data.class::isInstance));
    }
}
