package io.thicket.routing.wire;

/** Bytes from outside that are not what the protocol says. Without stack trace: it is cheap, expected and counted. */
public final class WireFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** The bytes end inside a value. */
        TRUNCATED,
        /** Not the shortest length, keys not strictly ascending, an indefinite length or a reserved byte. */
        NOT_DETERMINISTIC,
        /** A value of another CBOR type than the key wants. */
        WRONG_TYPE,
        /** A number or a length outside its bounds. */
        OUT_OF_RANGE,
        /** Too many messages, bytes or elements, or nested too deep. */
        TOO_LARGE,
        /** A key that this message must have is not there, or a combination that must not be. */
        MISSING_KEY,
        /** A key 1 to 23 that this version does not define. */
        UNKNOWN_KEY,
        /** No message type of this version; the message is refused, its neighbours are not. */
        UNKNOWN_TYPE,
        /** A key 24 to 31; the message is refused, its neighbours are not. */
        MUST_UNDERSTAND
    }

    private final Reason reason;

    public WireFormatException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
