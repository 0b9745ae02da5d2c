package io.thicket.routing.security;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import io.thicket.routing.table.LinkedTable;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.NodeIds;

/**
 * Equal immutable values that the routers of one thread keep, each only once: in a simulation of a thousand nodes every IDENT would
 * else be there fifteen times. Bounded by the number of nodes; what is forgotten here is only made anew, so nothing that a router
 * does depends on it.
 */
public final class SharedValues {
    private final int nodes;
    private final LinkedTable<ProvenIdent> idents;
    private final NodeIds names;

    /** For {@code nodes} of them, 0 to share nothing but names that were read lately; {@code seed}: see {@link LinkedTable}. */
    SharedValues(int nodes, int names, long seed) {
        this.nodes = nodes;
        this.idents = new LinkedTable<>(seed);
        this.names = new NodeIds(Math.max(nodes, names), seed);
    }

    /** The NodeIds that are shared. */
    public NodeIds names() {
        return names;
    }

    /** What {@code ident}, which may be a view of a frame and whose signature was verified, and {@code identity} are to be kept as. */
    public ProvenIdent proven(Ident ident, Identity identity) {
        if (nodes == 0) {
            return new ProvenIdent(ident.detached(), identity);
        }
        NodeId id = identity.id();
        int slot = idents.find(id.value(), 0);
        if (slot != LinkedTable.NONE) {
            ProvenIdent known = idents.value(slot);
            if (known.ident().equals(ident) && known.identity().equals(identity)) {
                return known;
            }
            idents.remove(slot);
        } else if (idents.size() >= nodes) {
            idents.remove(idents.oldest());
        }
        ProvenIdent proven = new ProvenIdent(ident.detached(), identity);
        idents.add(id.value(), 0, proven);
        return proven;
    }
}
