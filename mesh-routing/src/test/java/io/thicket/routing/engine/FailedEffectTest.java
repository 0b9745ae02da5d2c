package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouteChange;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An effect that fails (a full disk, a bug) ends one call. The deadlines are right all the same, and the next call works. */
class FailedEffectTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);

    private static final class Breaking extends Bench {
        boolean broken;

        private void may() {
            if (broken) {
                throw new IllegalStateException("broken");
            }
        }

        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            may();
            super.transmit(link, toOrAll, exchange, sealed);
        }

        @Override
        public void identified(Identity identity) {
            may();
        }

        @Override
        public void routeChanged(RouteChange change) {
            may();
        }

        /** Whether the deadline is what a call that does nothing finds. */
        void assertDeadlineIsRight() {
            broken = false;
            long deadlineMs = router.nextDeadlineMs();
            router.onLinkFailure(now, new LinkId(99), LinkAddress.of((byte) 9), this);
            assertEquals(router.nextDeadlineMs(), deadlineMs, "stale");
        }
    }

    private final Breaking bench = new Breaking();

    @Test
    void in_send() {
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(GATEWAY, 10, 100));
        quiet(next);
        bench.broken = true;

        assertThrows(IllegalStateException.class, this::send);

        bench.assertDeadlineIsRight();
        bench.runTo(bench.now + 1_000);
        assertEquals(1, next.acceptAll().stream().map(Data::id).distinct().count(), "repeated");
    }

    @Test
    void in_a_frame() {
        Peer peer = new Peer(bench, 1).join();
        new Peer(bench, 2).join().hello(Peer.entry(GATEWAY, 10, 100));
        bench.runTo(2_500);
        bench.broken = true;
        Hello asks = new Hello(50, 60_000, List.of(), List.of(), Set.of(), 7, 0, null);

        assertThrows(
                IllegalStateException.class,
                () -> peer.send(
                        FrameForm.BROADCAST_INTRODUCED,
                        MeshRouter.NO_EXCHANGE,
                        List.of(asks, IdentSigning.sign(TestKeys.signer(1), "one", Set.of(), 1))));

        bench.assertDeadlineIsRight();
    }

    @Test
    void in_a_reply() {
        Peer next = new Peer(bench, 1).join();
        next.hello(Peer.entry(GATEWAY, 10, 100));
        quiet(next);
        assertTrue(send() > 0);
        bench.broken = true;

        assertThrows(IllegalStateException.class, () -> next.replyAll(HopResult.of(HopCode.NO_ROUTE)));

        bench.assertDeadlineIsRight();
    }

    /** Until nothing is due but the sweep. */
    private void quiet(Peer next) {
        while (bench.now < 8_050) {
            bench.runTo(bench.now + 50);
            next.acceptAll();
        }
    }

    private long send() {
        return bench.router.send(
                bench.now,
                Destination.GATEWAY,
                PayloadType.READINGS,
                Priority.NORMAL,
                60_000,
                true,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
    }
}
