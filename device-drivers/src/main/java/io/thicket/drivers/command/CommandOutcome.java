package io.thicket.drivers.command;

import io.thicket.drivers.Observation.Value;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended.
 *
 * @param text one sentence for people; empty if it was confirmed
 * @param value what the device holds now, as far as it said so; null if it did not
 */
public record CommandOutcome(
        Kind kind, String text, @Nullable Value value) {
    /** The ends that there are. */
    public enum Kind {
        /** The device says that it obeyed, or holds what was set. */
        CONFIRMED,
        /** The device says that it will not. */
        REFUSED,
        /** The device holds something else than was set, or goes on as before. */
        DIFFERENT,
        /** It was sent, and nobody knows whether the device obeyed. */
        UNCONFIRMED,
        /** It was not sent, and never will be. */
        NOT_SENT,
        /** Too many wait already; it was not sent. */
        BUSY
    }

    public static CommandOutcome confirmed(@Nullable Value value) {
        return new CommandOutcome(Kind.CONFIRMED, "", value);
    }

    public static CommandOutcome of(Kind kind, String text) {
        return new CommandOutcome(kind, text, null);
    }
}
