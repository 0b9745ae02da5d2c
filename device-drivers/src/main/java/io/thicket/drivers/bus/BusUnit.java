package io.thicket.drivers.bus;

/** One device of a bus: what it is to be asked, and what becomes of the answers. Called by {@link Bus} only. */
public interface BusUnit {
    /** Its address, for people. */
    int address();

    Priority priority();

    /** How long it may be silent, and how long the line must be quiet before it is asked. */
    UnitTiming timing();

    /** Ms until it wants to be asked; 0 or less if it waits since then; {@link Long#MAX_VALUE} for never. */
    long waitMs(long nowMs);

    /** What to ask now. It may be called before the time, to see whether a silent unit is back. */
    Exchange next(long nowMs);

    /**
     * The answer to the last {@link #next} is {@code window[from..to)}, read during the call only.
     *
     * @param arrivedAtMs when its first byte was read
     * @return false if the answer only says that the unit cannot be reached (a gateway's)
     */
    boolean answered(long nowMs, long arrivedAtMs, byte[] window, int from, int to);

    /**
     * Whether an exact copy of the last request is taken for its answer although it may be the line's echo: who reads back
     * afterwards can afford that.
     */
    default boolean takesCopies() {
        return true;
    }

    /** No answer came in time. */
    void failed(long nowMs, Failure failure);

    /** The line was opened anew: whatever was under way is forgotten. */
    void reset();

    /** What its answers complain of, one sentence; empty if nothing. */
    String complaint();

    /** Why there is no answer. */
    enum Failure {
        /** Nothing came. */
        SILENT,
        /** Bytes came, but no answer that passes its check. */
        GARBLED
    }
}
