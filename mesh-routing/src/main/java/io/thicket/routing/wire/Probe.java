package io.thicket.routing.wire;

/** Type 12: are you there? Sent unicast with an exchange; the hop's sealed reply is the answer. */
public record Probe(long seq) implements MeshMessage {
    static final int TYPE = 12;

    public Probe {
        WireLimits.u32(seq, "probe number");
    }

    @Override
    public int type() {
        return TYPE;
    }
}
