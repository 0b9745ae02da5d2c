package io.thicket.sim.lab;

/** What a frame is for, as the figures count it. */
public enum FrameClass {
    DATA(false),
    HOP_ACK(false),
    E2E_ACK(false),
    HELLO(true),
    /** An IDENT that travels as DATA, or alone. */
    IDENT(true),
    CHALLENGE(true),
    RREQ(true),
    RREP(true),
    RERR(true),
    PROBE(true),
    REGISTER(true),
    OTHER(true);

    private final boolean control;

    FrameClass(boolean control) {
        this.control = control;
    }

    /** Everything but DATA, hop acknowledgements and end-to-end acknowledgements. */
    public boolean isControl() {
        return control;
    }
}
