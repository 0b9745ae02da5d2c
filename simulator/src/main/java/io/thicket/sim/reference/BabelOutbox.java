package io.thicket.sim.reference;

import io.thicket.routing.MeshRouter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** TLVs to be broadcast soon. They wait a little for each other, and whatever waits goes with the first that is due. */
final class BabelOutbox {
    /** TLVs beside updates; updates are bounded by the address plan. */
    static final int MAX_TLVS = 256;

    private final RandomGenerator random;
    private final List<BabelTlv> tlvs = new ArrayList<>();
    private final LinkedHashSet<Integer> updates = new LinkedHashSet<>();
    private long flushAtMs = MeshRouter.NEVER;

    BabelOutbox(RandomGenerator random) {
        this.random = random;
    }

    void add(long nowMs, BabelTlv tlv, int withinMs) {
        if (tlvs.size() < MAX_TLVS) {
            tlvs.add(tlv);
            flushWithin(nowMs, withinMs);
        }
    }

    /** An update of {@code prefix}; what it says is decided when it is sent. */
    void update(long nowMs, int prefix, int withinMs) {
        updates.add(prefix);
        flushWithin(nowMs, withinMs);
    }

    private void flushWithin(long nowMs, int withinMs) {
        flushAtMs = Math.min(flushAtMs, nowMs + random.nextInt(withinMs + 1));
    }

    long nextMs() {
        return flushAtMs;
    }

    List<BabelTlv> takeTlvs() {
        List<BabelTlv> taken = List.copyOf(tlvs);
        tlvs.clear();
        flushAtMs = MeshRouter.NEVER;
        return taken;
    }

    Set<Integer> takeUpdates() {
        Set<Integer> taken = new LinkedHashSet<>(updates);
        updates.clear();
        flushAtMs = MeshRouter.NEVER;
        return taken;
    }
}
