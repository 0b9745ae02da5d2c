package io.thicket.drivers.command;

import io.thicket.drivers.PolledSession;

/** A session whose devices can be told something. Every order that it takes ends with one outcome. */
public interface CommandedSession extends PolledSession {
    /**
     * Takes an order; it is sent by {@link #poll} when the line is free. An order it does not know is {@code NOT_SENT}.
     *
     * @param sinceMs when it was given, which may be a while ago
     */
    void command(long sinceMs, CommandOrder order);

    /** Gives up what waits too long. Call as often as {@link #poll}. */
    void expireCommands(long nowMs);

    /** The line is gone: what waits is given up, what was sent is not known to be obeyed. */
    void dropCommands(String why);
}
