package io.thicket.routing.check;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import java.util.List;

/** One running router, as the judge reads it right after an event that touched it. */
public interface RouterView {
    NodeId self();

    Seq ownSeq();

    int bootTag();

    /** One for each held destination, in any order that is the same in every run. */
    List<HeldRoute> routes();

    /** DATA messages held. */
    int queued();

    /** Neighbour sessions held. */
    int neighbors();

    long counter(RoutingCounter counter);
}
