package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.GatewayState;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.security.ChaChaSealCipher;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A line of nodes with two links each, as with two radios: what one hears on the left the next one can only hear on the right.
 * The gateway stays in the mesh while its uplink is out, so that no route changes and only the entries tell that it is back.
 */
class GatewayReturnTest {
    private static final int NODES = 6;
    private static final LinkId LEFT = new LinkId(0);
    private static final LinkId RIGHT = new LinkId(1);
    private static final long OUTAGE_MS = 75_000;

    private record Event(long atMs, long order, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::order));
    private final List<Node> line = new ArrayList<>();
    private long now;
    private long order;

    @Test
    void a_gateway_whose_uplink_returns_is_known_at_the_end_of_a_line_of_two_link_nodes_within_seconds() {
        start();
        line.get(0).uplink(true);
        runTo(200_000);
        assertEquals(NODES - 1, offered(), "everybody knows the gateway");

        line.get(0).uplink(false);
        runTo(now + OUTAGE_MS);
        assertEquals(0, offered(), "everybody knows that it is out");
        line.get(0).uplink(true);
        long backAtMs = now;
        while (offered() < NODES - 1 && now - backAtMs < 120_000) {
            runTo(now + 100);
        }

        // Half of Imin and the jitter for each hop. A regular HELLO may take a minute.
        assertTrue(now - backAtMs <= 5_000, now - backAtMs + " ms until all know");
    }

    /** Nodes that would send a reading at once. */
    private int offered() {
        int known = 0;
        for (Node node : line.subList(1, line.size())) {
            known += node.router.snapshot(now).pinnedGateway() != null ? 1 : 0;
        }
        return known;
    }

    private void start() {
        for (int i = 0; i < NODES; i++) {
            line.add(new Node(i));
        }
        for (Node node : line) {
            LinkInfo info = new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true);
            node.router.onLink(now, LEFT, info, node);
            node.router.onLink(now, RIGHT, info, node);
            node.reschedule();
        }
    }

    private void runTo(long ms) {
        while (!events.isEmpty() && events.peek().atMs <= ms) {
            Event next = events.remove();
            now = Math.max(now, next.atMs);
            next.action.run();
        }
        now = ms;
    }

    private void at(long atMs, Runnable action) {
        events.add(new Event(atMs, order++, action));
    }

    private final class Node implements RouterEffects {
        final int index;
        final Router router;

        Node(int index) {
            this.index = index;
            this.router = new Router(new RouterConfig(
                    TestKeys.signer(index),
                    TestKeys.VERIFIER,
                    "node-" + index,
                    Set.of(Identity.Role.RELAY),
                    1,
                    index,
                    new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY),
                    new SplittableRandom(index),
                    Map.of(LinkClass.WIFI, RoutingParameters.of(LinkClass.WIFI)),
                    100,
                    Set.of()));
        }

        void uplink(boolean works) {
            router.gatewayState(now, new GatewayState(works, true, 0, 0), this);
            reschedule();
        }

        void reschedule() {
            long dueMs = router.nextDeadlineMs();
            if (dueMs != MeshRouter.NEVER) {
                at(Math.max(now, dueMs), () -> {
                    if (router.nextDeadlineMs() <= now) {
                        router.onDeadline(now, this);
                        reschedule();
                    }
                });
            }
        }

        /** The one at the other end of {@code link}, if the line goes on there; it hears it on its other link. */
        private void carry(LinkId link, ByteBuffer sealed, Arrival arrival) {
            int other = index + (link.equals(LEFT) ? -1 : 1);
            if (other >= 0 && other < line.size()) {
                byte[] copy = new byte[sealed.remaining()];
                sealed.duplicate().get(copy);
                Node to = line.get(other);
                LinkId on = link.equals(LEFT) ? RIGHT : LEFT;
                at(now + 2, () -> {
                    arrival.at(to, on, LinkAddress.of((byte) index), ByteBuffer.wrap(copy));
                    to.reschedule();
                });
            }
        }

        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            carry(link, sealed, (to, on, from, frame) -> to.router.onFrame(now, on, from, frame, exchange, to));
        }

        @Override
        public void reply(LinkId link, LinkAddress toAddress, int exchange, HopCode code, ByteBuffer sealed) {
            carry(link, sealed, (to, on, from, frame) -> to.router.onReply(now, on, from, exchange, frame, to));
        }

        @Override
        public void deliver(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {}

        @Override
        public void settled(long messageNumber, NodeId gateway, SettleStatus status) {}

        @Override
        public void drop(MessageId message, Destination destination, DropReason reason) {}

        @Override
        public void routeChanged(RouteChange change) {}

        @Override
        public void identified(Identity identity) {}

        @Override
        public void persistEpoch(long epoch) {}

        @Override
        public void alarm(Alarm alarm) {}
    }

    private interface Arrival {
        void at(Node to, LinkId on, LinkAddress from, ByteBuffer frame);
    }
}
