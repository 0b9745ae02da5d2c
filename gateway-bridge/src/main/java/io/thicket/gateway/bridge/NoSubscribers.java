package io.thicket.gateway.bridge;

/** What PUBACK reason 0x10 (no matching subscribers) means for a reading. */
public enum NoSubscribers {
    /** It counts as delivered. */
    DELIVERED,
    /** It is kept and published again until somebody subscribes. */
    HOLD
}
