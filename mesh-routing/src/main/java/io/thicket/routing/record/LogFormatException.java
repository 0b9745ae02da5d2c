package io.thicket.routing.record;

/** A log that cannot be read; the message is a sentence for people. It has no stack trace: bad input is not exceptional. */
public final class LogFormatException extends Exception {
    private static final long serialVersionUID = 1;

    LogFormatException(String message) {
        super(message, null, false, false);
    }
}
