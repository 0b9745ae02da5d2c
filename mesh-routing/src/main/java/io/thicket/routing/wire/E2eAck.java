package io.thicket.routing.wire;

import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import org.jspecify.annotations.Nullable;

/**
 * Type 9: a gateway settles messages of {@code origin} end to end. It travels back to the origin hop by hop.
 *
 * @param epoch the origin's, of the messages
 * @param base the first message number settled
 * @param bitmap bit i (0 to 63) settles message base + 1 + i too
 * @param gateway who settles
 * @param descent the sending hop's feasibility distance to the origin (U8), null if it has none
 * @param ttl hops it may still go
 */
public record E2eAck(
        NodeId origin,
        long epoch,
        long base,
        long bitmap,
        SettleStatus status,
        NodeId gateway,
        @Nullable Distance descent,
        int ttl)
        implements MeshMessage {
    static final int TYPE = 9;

    /** Message numbers that one E2EACK covers. */
    public static final int SPAN = 65;

    public E2eAck {
        WireLimits.u32(epoch, "epoch");
        WireLimits.u32(base, "message number");
        WireLimits.within(ttl, WireLimits.MAX_HOPS, "ttl");
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Whether it settles message {@code number} of the epoch. */
    public boolean settles(long number) {
        return nextSettled(number) == number;
    }

    /** The first message number from {@code number} on that it settles, -1 if there is none. */
    public long nextSettled(long number) {
        long distance = number - base;
        if (distance <= 0) {
            return base;
        }
        long left = distance < SPAN ? bitmap >>> (distance - 1) : 0;
        return left == 0 ? -1 : number + Long.numberOfTrailingZeros(left);
    }

    /** The copy that a relay sends on. */
    public E2eAck forwarded(@Nullable Distance newDescent, int newTtl) {
        return new E2eAck(origin, epoch, base, bitmap, status, gateway, newDescent, newTtl);
    }
}
