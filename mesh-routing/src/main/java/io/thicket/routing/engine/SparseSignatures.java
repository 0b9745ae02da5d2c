package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.GatewayTrust.Proof;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which gateway entries of one LoRa-class link carry their signature (section 3): 64 bytes cost more airtime there than the rest
 * of a HELLO. A proof is sent twice, and whenever a neighbour may lack it; until it is too old the entries that it vouches for
 * go without.
 */
final class SparseSignatures {
    /** HELLOs that carry a new proof: one may be lost. */
    static final int REPETITIONS = 2;

    /** A new proof is sent when an entry is so far beyond the last one: half of what receivers take. */
    static final int MAX_STEPS = GatewayTrust.MAX_STEPS_UNSIGNED / 2;

    private static final class Sent {
        Proof proof;
        int times;

        Sent(Proof proof) {
            this.proof = proof;
        }
    }

    /** Gateways are few: the network lists them. Made with the first one. */
    private Map<NodeId, Sent> sent = Collections.emptyMap();

    /** A neighbour may know nothing yet: each proof is sent again. */
    void again() {
        for (Sent each : sent.values()) {
            each.times = 0;
        }
    }

    /** Whether the entry of {@code gateway} that leaves now, with {@code seq}, is to carry {@code proof}; it does then. */
    boolean isDue(NodeId gateway, Seq seq, Proof proof) {
        Sent known = sent.get(gateway);
        if (known == null || !vouches(known.proof, seq, proof.uplink())) {
            known = new Sent(proof);
            sent = sent.isEmpty() ? new TreeMap<>() : sent;
            sent.put(gateway, known);
        } else if (known.times < REPETITIONS) {
            known.proof = proof;
        }
        return known.times++ < REPETITIONS;
    }

    private static boolean vouches(Proof proof, Seq seq, boolean uplink) {
        return proof.uplink() == uplink
                && proof.seq().epoch() == seq.epoch()
                && seq.count() <= proof.seq().count() + MAX_STEPS;
    }
}
