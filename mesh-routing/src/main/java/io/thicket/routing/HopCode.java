package io.thicket.routing;

/** The result of a hop. The sealed reply carries it; the outer CoAP code is only a copy for tools (routing.md 2.7). */
public enum HopCode {
    CUSTODY(2, 4),
    UNKNOWN_SESSION(4, 1),
    NO_ROUTE(4, 4),
    DESCENT_VIOLATED(4, 9),
    TOO_LARGE(4, 13),
    FULL(5, 3),
    HOP_LIMIT(5, 8);

    private final int coapCode;

    HopCode(int codeClass, int detail) {
        this.coapCode = codeClass << 5 | detail;
    }

    /** The code byte of RFC 7252 section 3. */
    public int coapCode() {
        return coapCode;
    }
}
