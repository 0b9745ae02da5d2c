package io.thicket.routing.engine;

import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;

/** What becomes of exchanges. */
interface ExchangeOwner {
    /** The message as it is to be transmitted now, stamped with the present distances (U3, U6). */
    MeshMessage stamp(Held message, Neighbor hop);

    /** The neighbour took custody of what was first sent at {@code firstSentMs}; {@code nearer}: see {@link HopResult#nearer}. */
    void takenOver(Held message, Neighbor hop, long firstSentMs, long nearer);

    void refused(Held message, Neighbor hop, HopResult result);

    /** After all results of a frame of which the neighbour took nothing: it had no room for {@code message}, which waits again. */
    void foundNoRoom(Held message, Neighbor hop);

    /** No result; the message is in this node's hands again. */
    void unanswered(Held message, Neighbor hop);

    /** Messages in custody that go over {@code link} as things are, those in flight among them; {@code limit} or more if there are so many. */
    int waitingOver(Interface link, int limit);

    /** Whether the message would go to another neighbour now, making the alternate current first if {@code slow}. */
    boolean isElsewhere(Held message, Neighbor hop, boolean slow);

    /** A probe or another message that proves the link both ways was answered. */
    void linkProved(Neighbor hop);

    /**
     * An exchange ran out of repetitions and nothing else was answered meanwhile; {@code dead} if it was a probe, or
     * nothing at all was heard.
     */
    void linkFailed(Neighbor hop, boolean dead, boolean probed);
}
