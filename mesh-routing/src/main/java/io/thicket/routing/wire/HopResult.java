package io.thicket.routing.wire;

import io.thicket.routing.HopCode;
import org.jspecify.annotations.Nullable;

/**
 * Type 14: the result of a hop, in the sealed reply only: one for each DATA, E2EACK, PROBE, RREQ, RREP, REG or CHAL of the frame, in
 * their order. A reply may carry other messages after it (CHAL, RERR, E2EACK).
 *
 * @param distance the replier's feasibility distance to the destination, null if it has none or need not say
 * @param retryMs with FULL: when to try again, else 0
 * @param mtuBytes with TOO_LARGE: the largest sealed frame that the next link takes, else 0
 * @param nearer with CUSTODY: the NodeId prefix of the replier's next hop if that hears whoever gets this, else {@link #NOBODY}
 */
public record HopResult(HopCode code, @Nullable Distance distance, long retryMs, int mtuBytes, long nearer)
        implements MeshMessage {
    static final int TYPE = 14;

    /** No node is named: one with this prefix cannot be. */
    public static final long NOBODY = 0;

    private static final HopResult[] PLAIN = plain();

    public HopResult {
        WireLimits.u32(retryMs, "retry time");
        Checks.mtu(mtuBytes);
        WireLimits.u32(nearer, "prefix");
    }

    public HopResult(HopCode code, @Nullable Distance distance, long retryMs, int mtuBytes) {
        this(code, distance, retryMs, mtuBytes, NOBODY);
    }

    /** A result with nothing but its code. */
    @SuppressWarnings("EnumOrdinal") // An index of this class alone.
    public static HopResult of(HopCode code) {
        return PLAIN[code.ordinal()];
    }

    static HopResult of(HopCode code, @Nullable Distance distance, long retryMs, int mtuBytes, long nearer) {
        boolean plain = distance == null && retryMs == 0 && mtuBytes == 0 && nearer == NOBODY;
        return plain ? of(code) : new HopResult(code, distance, retryMs, mtuBytes, nearer);
    }

    @SuppressWarnings("EnumOrdinal") // As above.
    private static HopResult[] plain() {
        HopCode[] codes = HopCode.values();
        HopResult[] results = new HopResult[codes.length];
        for (HopCode code : codes) {
            results[code.ordinal()] = new HopResult(code, null, 0, 0);
        }
        return results;
    }

    @Override
    public int type() {
        return TYPE;
    }
}
