package io.thicket.routing.security;

/** What {@link FrameGuard#open} found. */
public enum OpenStatus {
    /** Genuine, fresh, from an accepted session: act on it. */
    LIVE(true),
    /** Genuine, from a boot that has not answered a challenge yet, perhaps a replay: answer CHAL, challenge, nothing else. */
    NEW_NEEDS_CHALLENGE(true),
    /** Neither session nor introduction: nothing is known but the clear prefix and boot tag. Challenge. */
    UNKNOWN_SESSION(false),
    /** Meant for another boot: my former self, or another node. Not authenticated. */
    OTHER_RECEIVER(false),
    /** Seen before, or older than the window. */
    REPLAY(false),
    /** The seal does not fit: forged, damaged, or another exchange. */
    BAD_SEAL(false),
    /** No frame of this version. */
    MALFORMED(false),
    /** Another network's frame, or another network key. */
    FOREIGN_KEY_ID(false);

    private final boolean authentic;

    OpenStatus(boolean authentic) {
        this.authentic = authentic;
    }

    /** Whether the plaintext and the sender are there and proven. */
    public boolean authentic() {
        return authentic;
    }
}
