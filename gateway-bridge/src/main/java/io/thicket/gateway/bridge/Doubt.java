package io.thicket.gateway.bridge;

/**
 * Up to when the broker may have readings of a node that are not in its page. A few values that thousands of nodes share, so that each node has a
 * reference to one.
 *
 * @param beforeMs what was taken earlier (ms since 1970) may be at the broker
 */
record Doubt(long beforeMs) {
    /** No reading is that old: the page has them all. */
    static final Doubt NONE = new Doubt(Long.MIN_VALUE);

    /** The moment is past, but when it was nobody knows: the clock of the gateway that doubts was not set. Later than any that is known. */
    static final Doubt SOME_TIME = new Doubt(999_999_999_999_999L);

    @SuppressWarnings("ReferenceEquality") // nearly always it is the same object, which is not looked at then
    boolean isNone() {
        return this == NONE || beforeMs == NONE.beforeMs;
    }

    boolean isOfSomeTime() {
        return beforeMs == SOME_TIME.beforeMs;
    }

    /** The one of both that is of less. */
    Doubt orLess(Doubt other) {
        return other.beforeMs < beforeMs ? other : this;
    }
}
