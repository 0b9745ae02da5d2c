package io.thicket.agent.outbox;

import io.thicket.agent.senml.ReadingBatch;

/** What the outbox needs from its node. */
public interface OutboxPort {
    /** Largest encoded batch in bytes that the mesh takes now. */
    int maxPayloadBytes();

    /**
     * Hands a batch to the router for the anycast service GATEWAY. Returns the message number, or a refusal of
     * {@code MeshRouter.Refusal}. Calls the outbox only afterwards: what becomes of other messages meanwhile is told later.
     *
     * @param repeats number of the message that this sends anew, 0 for a new one
     * @param turn 0 for a new message, then growing by one
     */
    long send(ReadingBatch batch, long repeats, int turn);

    /** Wall-clock milliseconds if the clock is synchronised, else {@link Outbox#NO_WALL_TIME}. */
    long wallTimeMs();

    /** A reading of that boot will never arrive: tell the owner. */
    void lost(long epoch, long seq, LossReason reason);

    /** A reading of that boot was settled by a gateway. */
    void settled(long epoch, long seq);

    /** A message was sent anew. */
    void repeated();
}
