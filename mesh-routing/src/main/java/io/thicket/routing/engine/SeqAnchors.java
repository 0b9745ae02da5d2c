package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Ident;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest Seq that each node has signed here, against which unsigned ones are held (section 3): on LoRa-class links, where
 * there is no room for signatures, nobody may claim one far beyond it. A captured node can then make another's routes look
 * newer than they are by a bounded step only, and epoch repair takes the named node past that (2.1).
 */
final class SeqAnchors {
    /** K: how far an unsigned Seq may be ahead of a signed one, and one more for each second since. */
    static final int MAX_AHEAD = Proofs.MAX_AHEAD;

    /** Restarts that nobody here has seen signed. */
    static final int MAX_EPOCHS_AHEAD = 4;

    static final int MAX_NODES = 1_024;

    private record Anchor(Seq seq, long atMs) {}

    /** The one unused longest first; made with the first one. */
    private Map<NodeId, Anchor> anchors = Collections.emptyMap();

    /** {@code node} signed {@code seq}. */
    void signed(long nowMs, NodeId node, Seq seq) {
        Anchor known = anchors.get(node);
        if (known != null && known.seq.isNewerThan(seq)) {
            return;
        }
        if (known == null && anchors.size() >= MAX_NODES) {
            Iterator<NodeId> eldest = anchors.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        anchors = anchors.isEmpty() ? new LinkedHashMap<>(4, 0.75f, true) : anchors;
        anchors.put(node, new Anchor(seq, nowMs));
    }

    /** Whether {@code node} may have a Seq that nobody signed; its verified {@code ident} bounds the epoch, too. */
    boolean isPlausible(long nowMs, NodeId node, Seq claimed, @Nullable Ident ident) {
        if (ident != null && claimed.epoch() > ident.epoch() + MAX_EPOCHS_AHEAD) {
            return false;
        }
        Anchor known = anchors.get(node);
        if (known == null || !claimed.isNewerThan(known.seq)) {
            return true;
        }
        long ahead = MAX_AHEAD + Math.max(0, nowMs - known.atMs) / 1_000;
        return claimed.epoch() == known.seq.epoch()
                ? claimed.count() - known.seq.count() <= ahead
                : claimed.epoch() - known.seq.epoch() <= MAX_EPOCHS_AHEAD && claimed.count() <= ahead;
    }
}
