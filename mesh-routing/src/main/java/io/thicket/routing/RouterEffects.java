package io.thicket.routing;

import java.nio.ByteBuffer;

/**
 * What the router wants done. An implementation never calls back into the router during a call. Buffers are the
 * router's: read them from position to limit during the call only.
 */
public interface RouterEffects {
    /**
     * Send a sealed frame. {@code exchange} is {@link MeshRouter#NO_EXCHANGE} for a frame that wants no reply (CoAP NON);
     * otherwise (CoAP CON) 0..65535, and the reply comes back through {@link MeshRouter#onReply}. The adapter never repeats.
     */
    void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed);

    /** Answer the frame that came in from {@code to} under {@code exchange} (CoAP ACK). */
    void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed);

    /** A message for this node arrived, once per (origin, epoch, number). {@code hops} is counted from the DATA received. */
    void deliver(MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload);

    /** A message of this node was settled end to end by {@code gateway}. */
    void settled(long messageNumber, NodeId gateway, SettleStatus status);

    /** A message ended here undelivered. If this node is its origin, {@code send} may repeat it. */
    void drop(MessageId message, Destination destination, DropReason reason);

    void routeChanged(RouteChange change);

    /** An IDENT was verified: of a neighbour, or of an originator whose IDENT passed through or ended here. */
    void identified(Identity identity);

    /** Write this epoch durably before returning (routing.md 2.1, epoch repair). */
    void persistEpoch(long epoch);

    void alarm(Alarm alarm);

    /** A trace of this node ended. */
    default void traced(TraceReport report) {}
}
