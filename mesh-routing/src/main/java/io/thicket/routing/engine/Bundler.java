package io.thicket.routing.engine;

import io.thicket.routing.Destination;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.WireLimits;
import java.util.List;

/**
 * Which of the waiting messages leave in one frame (2.2: a frame is a sequence of messages). All that go to the same
 * next hop do, up to the link's MTU: what arrived together, or waited while the window was closed, shares a frame and
 * its acknowledgement. Urgent ones (settlement first) leave before the others.
 */
final class Bundler {
    /** Messages in one frame at most. Bounds what the loss of one frame costs, and the reply, which has one result each. */
    static final int MAX_MESSAGES = 24;

    /** A refusal with a distance, a retry time and an MTU. */
    private static final int RESULT_BYTES = 32;

    private static final int DATA_BYTES = largestDataBytes();
    private static final int ACK_BYTES = largestAckBytes();

    private final CustodyQueue queue;
    private final Scratch scratch;

    Bundler(CustodyQueue queue, Scratch scratch) {
        this.queue = queue;
        this.scratch = scratch;
    }

    /** Largest encoding of a DATA message without its payload. */
    static int dataHeaderBytes() {
        return DATA_BYTES;
    }

    /**
     * Takes the messages for one frame to {@code hop} from the queue, urgent ones only if there is airtime for no others; at
     * least one if any waits for it. The list is valid until the next call.
     */
    List<Held> take(long nowMs, Neighbor hop, RoutingTable routes, boolean urgentOnly) {
        List<Held> taken = scratch.bundle;
        List<NodeId> all = scratch.waiting;
        List<NodeId> targets = scratch.bundled;
        taken.clear();
        int mtuBytes = hop.mtuBytes();
        int room = mtuBytes - FrameForm.UNICAST.overheadBytes();
        int limit = Math.min(MAX_MESSAGES, Math.max(1, (mtuBytes - FrameForm.REPLY.overheadBytes()) / RESULT_BYTES));
        targets.clear();
        queue.targets(all);
        for (int i = 0; i < all.size(); i++) {
            NodeId target = all.get(i);
            if (queue.isWaiting(target)
                    && !target.equals(Held.ANY_GATEWAY)
                    && routes.nextHop(target) == hop
                    && queue.mayOfferAtMs(nowMs, target, hop) - nowMs <= 0) {
                targets.add(target);
            }
        }
        room = take(true, limit, room);
        if (!urgentOnly) {
            take(false, limit, room);
        }
        return taken;
    }

    /** Whether anything waits for {@code hop}. */
    boolean isWaiting(Neighbor hop, RoutingTable routes) {
        List<NodeId> all = scratch.waiting;
        queue.targets(all);
        for (int i = 0; i < all.size(); i++) {
            NodeId target = all.get(i);
            if (queue.isWaiting(target) && !target.equals(Held.ANY_GATEWAY) && routes.nextHop(target) == hop) {
                return true;
            }
        }
        return false;
    }

    private int take(boolean urgent, int limit, int roomBytes) {
        List<Held> taken = scratch.bundle;
        List<NodeId> targets = scratch.bundled;
        int room = roomBytes;
        for (int i = 0; i < targets.size(); i++) {
            NodeId target = targets.get(i);
            Held next = queue.peek(target, urgent);
            while (next != null && taken.size() < limit) {
                int bytes = largestBytes(next);
                // The first one goes whatever the bound says: it was cut to the MTU, and the bound may be above it.
                if (bytes > room && !taken.isEmpty()) {
                    break;
                }
                room -= bytes;
                queue.poll(target, urgent);
                taken.add(next);
                next = queue.peek(target, urgent);
                queue.served(target); // or a queue that never ends would leave no room for any other
            }
        }
        return room;
    }

    private static int largestBytes(Held message) {
        DataFields data = message.data;
        return data == null ? ACK_BYTES : DATA_BYTES + data.payloadBytes();
    }

    private static int largestDataBytes() {
        NodeId widest = new NodeId(-1);
        Seq seq = new Seq(WireLimits.MAX_U32, WireLimits.MAX_U32);
        Distance far = new Distance(seq, WireLimits.MAX_U32);
        Bytes payload = Bytes.copyOf(new byte[1_000]);
        Data data = new Data(
                new MessageId(widest, WireLimits.MAX_U32, WireLimits.MAX_U32),
                Destination.GATEWAY,
                widest,
                far,
                WireLimits.MAX_HOPS,
                WireLimits.MAX_HOPS,
                Data.MAX_TURN,
                Data.MAX_REPINS,
                true,
                true,
                new Data.Registration(seq, WireLimits.MAX_U32, 1_200),
                WireLimits.MAX_U32,
                PayloadType.IDENT,
                payload);
        return FrameCodec.encodedBytes(data) - payload.length();
    }

    private static int largestAckBytes() {
        Seq seq = new Seq(WireLimits.MAX_U32, WireLimits.MAX_U32);
        return FrameCodec.encodedBytes(new E2eAck(
                new NodeId(-1),
                WireLimits.MAX_U32,
                WireLimits.MAX_U32,
                -1,
                SettleStatus.REFUSED,
                new NodeId(-1),
                new Distance(seq, WireLimits.MAX_U32),
                WireLimits.MAX_HOPS));
    }
}
