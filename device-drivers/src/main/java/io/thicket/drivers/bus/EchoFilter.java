package io.thicket.drivers.bus;

/**
 * Tells an echo of the request from the answer. Most answers differ from their request; those to writes are an exact copy of
 * it, so then the line must be known: it is learned from the first exchange that differs.
 */
final class EchoFilter {
    private final EchoMode mode;
    private boolean learned;
    private boolean present;
    private long echoes;

    EchoFilter(EchoMode mode) {
        this.mode = mode;
        reset();
    }

    /** What to do with an exact copy of the request. */
    enum Verdict {
        ECHO,
        ANSWER,
        /** It may be either: the answer if nothing follows. */
        UNCLEAR
    }

    /**
     * @param isAnswer whether it would be an answer, too
     * @param before whether a copy came already since the request
     */
    Verdict judge(boolean isAnswer, boolean before) {
        if (!isAnswer) {
            echoes++;
            return Verdict.ECHO;
        }
        if (before) {
            // The second of two copies: the first was the echo.
            return Verdict.ANSWER;
        }
        if (!learned) {
            return Verdict.UNCLEAR;
        }
        if (present) {
            echoes++;
        }
        return present ? Verdict.ECHO : Verdict.ANSWER;
    }

    /** An exchange succeeded; {@code copied} if an exact copy of the request came before the answer. */
    void learn(boolean copied) {
        if (mode == EchoMode.AUTO && !learned) {
            learned = true;
            present = copied;
        }
    }

    /** A copy came and no answer after it: what was learned may be wrong. */
    void doubt() {
        reset();
    }

    /** The adapter may be another now. */
    void reset() {
        learned = mode != EchoMode.AUTO;
        present = mode == EchoMode.YES;
    }

    long echoes() {
        return echoes;
    }
}
