package io.thicket.gateway.bridge;

/**
 * Whether a bridge has anything to do but to remember what it hears: a few words that all its parts write to and that it looks at first, since it hears thousands of messages
 * of others for each of its own. Whatever comes to be published marks it, and so does {@link Publisher#pump} if it leaves something.
 */
final class Work {
    private boolean publications;
    private boolean echoes;
    private boolean foreignClaims;
    private int held;

    /** Something is to be published, or may be now. */
    void isToPublish() {
        publications = true;
    }

    /** Nothing is to be published but what comes from now on. */
    void nothingToPublish() {
        publications = false;
    }

    /** So many readings are held. */
    void holds(int readings) {
        held = readings;
    }

    /** Whether readings of this gateway are to come back from the broker. */
    void awaits(boolean anyEcho) {
        echoes = anyEcho;
    }

    boolean awaitsEchoes() {
        return echoes;
    }

    /** Whether another gateway claimed a reading that it has not published yet. */
    void knowsForeignClaims(boolean any) {
        foreignClaims = any;
    }

    boolean knowsForeignClaims() {
        return foreignClaims;
    }

    /** There is nothing to publish and no reading is held. */
    boolean isNone() {
        return !publications && held == 0;
    }
}
