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

    /** Whether it may use the airtime that is kept for what matters most: an RREP may. */
    default boolean isUrgent() {
        return false;
    }

    /** It never left: there was no airtime, or no reason to send it any more. The neighbour is not to blame. */
    default void unsent(Neighbor hop) {
        unanswered(hop);
    }

    /** No answer, or no reason to send it any more. */
    void unanswered(Neighbor hop);
}
