package io.thicket.drivers;

import org.jspecify.annotations.Nullable;

/**
 * A session that also speaks: its devices answer when they are asked. The port's thread asks it what to write. As pure as
 * any session: the time is an argument, bytes to write are a result.
 */
public interface PolledSession extends DeviceSession {
    /**
     * What the line itself is to do now, null if nothing; taken once, before {@link #poll}, whenever nothing is being written. Sessions
     * whose devices keep to one speed have none.
     */
    default @Nullable LineAction takeLineAction(long nowMs) {
        return null;
    }

    /** The bytes to write now, null if there are none. Called at least as often as {@link #waitMs} says. */
    byte @Nullable [] poll(long nowMs);

    /** The system took the last of the bytes that {@link #poll} gave; they are on the line or about to be. */
    void onSent(long nowMs);

    /** How many ms until {@link #poll} has something to do again; 0 if it has now. */
    long waitMs(long nowMs);
}
