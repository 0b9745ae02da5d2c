package io.thicket.routing.wire;

/**
 * Type 12: are you there? Sent unicast with an exchange; the hop's sealed reply is the answer. {@code padding} bytes of 0, of which the
 * receiver makes nothing, for a probe that is to show whether a frame of some size gets there.
 */
public record Probe(long seq, int padding) implements MeshMessage {
    static final int TYPE = 12;

    public Probe {
        WireLimits.u32(seq, "probe number");
        WireLimits.within(padding, WireLimits.MAX_SEQUENCE_BYTES, "padding");
    }

    /** A small one. */
    public Probe(long seq) {
        this(seq, 0);
    }

    @Override
    public int type() {
        return TYPE;
    }
}
