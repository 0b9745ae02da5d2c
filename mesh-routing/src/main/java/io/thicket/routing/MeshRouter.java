package io.thicket.routing;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Hop-by-hop routing without I/O, clock or thread. Not thread-safe. All times are ms of one monotonic clock and never
 * go back. No call throws on bad bytes from outside: they are counted and dropped.
 */
public interface MeshRouter {
    /** Result of {@link #nextDeadlineMs()} when there is nothing to wait for. */
    long NEVER = Long.MAX_VALUE;

    /** The {@code exchange} of a frame that wants no reply. */
    int NO_EXCHANGE = -1;

    /** A link came up, changed or went down. */
    void onLink(long nowMs, LinkId link, LinkInfo info, RouterEffects effects);

    /**
     * One sealed frame heard. {@code exchange} (0..65535, the CoAP message id) is what a reply must carry,
     * {@link #NO_EXCHANGE} for a frame that wants none. The buffer is read from position to limit during the call only.
     */
    void onFrame(long nowMs, LinkId link, LinkAddress from, ByteBuffer sealed, int exchange, RouterEffects effects);

    /** The sealed reply (hop acknowledgement with its result) to a frame transmitted under {@code exchange}. */
    void onReply(long nowMs, LinkId link, LinkAddress from, int exchange, ByteBuffer sealed, RouterEffects effects);

    /** The link reports that {@code to} cannot be reached (ICMP, driver, modem). */
    void onLinkFailure(long nowMs, LinkId link, LinkAddress to, RouterEffects effects);

    /**
     * Sends a payload. Returns its message number, or one of the negative refusals of {@link Refusal}.
     *
     * @param maxAgeMs how long it may wait here before it is dropped; with {@code wantsSettle} at least as long as a relayed one
     * @param wantsSettle whether the receiver settles it end to end (E flag); the engine does not repeat end to end,
     *     the caller does
     * @param turn 0 for a new message; the caller's repetition of message {@code repeats} raises it by one each time
     * @param repeats the message number that this repeats, 0 for a new message
     */
    long send(
            long nowMs,
            Destination destination,
            PayloadType type,
            Priority priority,
            long maxAgeMs,
            boolean wantsSettle,
            long repeats,
            int turn,
            ByteBuffer payload,
            RouterEffects effects);

    /**
     * The largest payload in bytes that passes to {@code destination} now (path MTU minus headers), as far as is known; to be
     * cut to. What other nodes say of their links goes into it, so more is tried if it fits this node's own links.
     */
    int maxPayloadBytes(Destination destination);

    /**
     * Whether a message for {@code destination} would leave at once; without a route {@link #send} looks for one. A router
     * that can not tell says yes.
     */
    default boolean hasRoute(NodeId destination) {
        return true;
    }

    /** The receiver of a delivered message settles it end to end (a gateway: after the broker's PUBACK). */
    void settle(long nowMs, MessageId message, SettleStatus status, RouterEffects effects);

    /** What this node announces as a gateway. Calling it the first time makes the node a gateway. */
    void gatewayState(long nowMs, GatewayState state, RouterEffects effects);

    /**
     * Asks every hop on the way to {@code target} why it forwards as it does (TRACE). Returns the trace's number, under
     * which {@link RouterEffects#traced} reports exactly once within a few seconds, or a {@link Refusal}: {@code FULL} if
     * there were too many just now, {@code NO_ROUTE} if nothing leads there (or this router cannot trace).
     */
    default long trace(long nowMs, NodeId target, RouterEffects effects) {
        return Refusal.NO_ROUTE;
    }

    /** Everything held about {@code destination} and why; empty if nothing is (or this router cannot explain). */
    default Optional<RouteExplanation> explain(long nowMs, NodeId destination) {
        return Optional.empty();
    }

    /** Does everything due at or before {@code nowMs}. Calling early is harmless, late is allowed. */
    void onDeadline(long nowMs, RouterEffects effects);

    /** When {@link #onDeadline} must next be called, or {@link #NEVER}. */
    long nextDeadlineMs();

    /** An immutable copy of the routing state, for resources, dashboards and invariants. */
    RoutingSnapshot snapshot(long nowMs);

    /** Refusals of {@link #send}. */
    final class Refusal {
        /** The queue is full; try again when something was settled or dropped. */
        public static final long FULL = -1;

        /** Larger than this node's own links take; cut and send again. */
        public static final long TOO_LARGE = -2;

        /**
         * A single node that no route leads to, and nobody is there to ask, or a search found nothing a short while ago.
         * Otherwise the message waits for a search; if that fails it is dropped with {@link DropReason#NO_ROUTE}.
         */
        public static final long NO_ROUTE = -3;

        private Refusal() {}
    }
}
