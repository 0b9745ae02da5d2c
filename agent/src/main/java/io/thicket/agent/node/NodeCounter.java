package io.thicket.agent.node;

/** What a node counts beside its router. A new metric is one constant here; status page and reports pick it up. */
public enum NodeCounter {
    /** Readings taken from sensors (each has its seq). */
    READINGS_OFFERED,
    /** Readings settled by a gateway. */
    READINGS_SETTLED,
    /** Readings given up for any {@code LossReason}; each is logged with its id, the newest are on the status page. */
    READINGS_LOST,
    /** Messages sent anew by the outbox. */
    OUTBOX_REPEATS,
    /** READINGS payloads that did not decode. */
    PAYLOADS_MALFORMED,
    /** COAP payloads received. */
    COAP_MESSAGES_IN,
    /** COAP payloads sent into the mesh. */
    COAP_MESSAGES_OUT,
    /** COAP payloads that no route took. */
    COAP_MESSAGES_UNROUTED,
    /** Tasks that threw; each is a bug and is logged. */
    LOOP_ERRORS,
    /** Tasks that the loop did not take because its queue was full. */
    LOOP_POSTS_REFUSED
}
