package io.thicket.sim.lab;

/** What a frame is for, as the figures count it. Of several messages in one frame the class that comes first here counts. */
public enum FrameClass {
    DATA(false),
    HOP_ACK(false),
    E2E_ACK(false),
    RREQ(true),
    RREP(true),
    RERR(true),
    HELLO(true),
    REGISTER(true),
    PROBE(true),
    CHALLENGE(true),
    /** An IDENT that travels as DATA, or alone. */
    IDENT(true),
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
