package io.thicket.drivers.modbus;

/** Why a unit refuses (Modbus application protocol, section 7). */
public enum ExceptionCode {
    ILLEGAL_FUNCTION(1, "illegal function"),
    ILLEGAL_ADDRESS(2, "illegal address"),
    ILLEGAL_VALUE(3, "illegal value"),
    DEVICE_FAILURE(4, "device failure"),
    ACKNOWLEDGE(5, "accepted, in progress"),
    BUSY(6, "busy"),
    NEGATIVE_ACKNOWLEDGE(7, "cannot be done"),
    PARITY_ERROR(8, "memory parity error"),
    GATEWAY_PATH(10, "gateway has no path"),
    GATEWAY_TARGET(11, "gateway's target does not answer"),
    OTHER(0, "unknown reason");

    private final int code;
    private final String words;

    ExceptionCode(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** The reason of that number. */
    static ExceptionCode of(int code) {
        for (ExceptionCode known : values()) {
            if (known.code == code) {
                return known;
            }
        }
        return OTHER;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** Whether the unit itself was not reached. */
    boolean isUnreached() {
        return this == GATEWAY_PATH || this == GATEWAY_TARGET;
    }

    /** Whether the same request may succeed later. */
    boolean isPassing() {
        return this == ACKNOWLEDGE || this == BUSY;
    }

    /** Whether the same request will always fail. */
    boolean isFinal() {
        return this == ILLEGAL_FUNCTION || this == ILLEGAL_ADDRESS || this == ILLEGAL_VALUE;
    }
}
