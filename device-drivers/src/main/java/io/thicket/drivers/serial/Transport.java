package io.thicket.drivers.serial;

import io.thicket.drivers.LineParameters;

/**
 * An open serial port, or something like it. Used by one thread, the port's own. Nothing here blocks for longer than a
 * system call. Every failure after opening is a {@link PortException.Problem#LOST}; the port must then be closed.
 */
public interface Transport {
    /** How many bytes can be read now. On a port that was unplugged this fails, which is how that is noticed. */
    int pending() throws PortException;

    /** Reads at most {@code length} bytes that are {@link #pending}; returns how many, 0 if none are. */
    int read(byte[] buffer, int offset, int length) throws PortException;

    /** Writes at most as much as fits the output queue now; returns how many bytes, 0 if the queue is full. */
    int write(byte[] bytes, int offset, int length) throws PortException;

    /** Throws away what was received and not read, and what was written and not sent. */
    void purge() throws PortException;

    /** Changes the line parameters of the open port. */
    void setLine(LineParameters line) throws PortException;

    /** Sets the control lines. Pseudo terminals have none; that is no failure. */
    void setLines(boolean rts, boolean dtr) throws PortException;

    /**
     * Holds the line low for {@code lengthMs}, up to {@link io.thicket.drivers.LineAction.Break#MAX_MS}, and blocks for so long; false if
     * this line cannot. Pseudo terminals have no such thing, and say true.
     */
    default boolean sendBreak(int lengthMs) throws PortException {
        return false;
    }

    /** Closes. May be called twice and never fails. */
    void close();

    /** Opens device nodes. */
    @FunctionalInterface
    interface Opener {
        /** A fresh transport for the device node, with {@code line} set. */
        Transport open(String node, LineParameters line) throws PortException;
    }
}
