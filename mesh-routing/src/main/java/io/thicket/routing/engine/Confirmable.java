package io.thicket.routing.engine;

import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import java.util.List;

/** A control message to one neighbour whose outcome matters: RREP, TELL, a directed RREQ. {@link HopSender} repeats it. */
interface Confirmable {
    /** What is transmitted now, with the distances of now (U3). Nothing: there is no reason to send it any more. */
    List<MeshMessage> stamp(Neighbor hop);

    /** Whether another neighbour should get it now, since this one left two transmissions unanswered (2.7). */
    boolean isElsewhere(Neighbor hop);

    void answered(Neighbor hop, HopResult result);

    /** No answer, or no reason to send it any more. */
    void unanswered(Neighbor hop);
}
