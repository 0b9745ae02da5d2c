package io.thicket.routing.record;

import org.jspecify.annotations.Nullable;

/** Kinds of records with their byte in the log. */
enum RecordType {
    HEADER(1),
    /** What the node's own key signed during the call before, or while the router was made. */
    SIGNATURE(2),
    LINK(10),
    FRAME(11),
    REPLY(12),
    LINK_FAILURE(13),
    SEND(14),
    SETTLE(15),
    GATEWAY_STATE(16),
    DEADLINE(17),
    TRACE(18),
    /** What the call before returned, and the hash of all effects so far. */
    RESULT(30),
    /** The call before threw. */
    FAILED(31),
    /** The recorder stopped on purpose. */
    END(40);

    private final byte code;

    RecordType(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** Whether it is a call of the router. */
    boolean isCall() {
        return code >= LINK.code && code <= TRACE.code;
    }

    static @Nullable RecordType of(byte code) {
        for (RecordType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }
}
