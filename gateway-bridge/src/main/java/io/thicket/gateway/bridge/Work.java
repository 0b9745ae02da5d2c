package io.thicket.gateway.bridge;

/**
 * Whether a bridge may have anything to do but to remember what it hears: a few words that its parts write to and that it looks at first, since it hears thousands of messages of
 * others for each of its own. What they deny is so; what they affirm may be over.
 */
final class Work {
    private boolean publications;
    private boolean echoes;
    private boolean foreignClaims;
    private int held;

    /** Something else than a reading is to be published, or the mesh may be to be told something. */
    void mark() {
        publications = true;
    }

    /** {@link Publisher#pump} left nothing but readings, which are held. */
    void unmark() {
        publications = false;
    }

    /** So many readings are held, among them all that are to be published. */
    void setHeld(int readings) {
        held = readings;
    }

    /** There is nothing to publish and no reading is held, so that the mesh was told all. */
    boolean isNone() {
        return !publications && held == 0;
    }

    /** Readings of this gateway are to come back from the broker. */
    void setEchoes(boolean any) {
        echoes = any;
    }

    boolean mayAwaitEchoes() {
        return echoes;
    }

    /** Another gateway claimed a reading that it has not published yet. */
    void setForeignClaims(boolean any) {
        foreignClaims = any;
    }

    boolean mayKnowForeignClaims() {
        return foreignClaims;
    }
}
