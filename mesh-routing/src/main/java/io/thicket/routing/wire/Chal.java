package io.thicket.routing.wire;

/**
 * Type 10: a nonce challenge or its answer. A session is accepted when the answer returns the challenger's nonce; the
 * counter of the answering frame is then the window's floor.
 *
 * @param kind whether {@code nonce} is asked or returned
 * @param nonce 64 bits
 */
public record Chal(Kind kind, long nonce) implements MeshMessage {
    static final int TYPE = 10;

    /** CHALLENGE is key 1, ANSWER is key 2. */
    public enum Kind {
        CHALLENGE,
        ANSWER
    }

    @Override
    public int type() {
        return TYPE;
    }
}
