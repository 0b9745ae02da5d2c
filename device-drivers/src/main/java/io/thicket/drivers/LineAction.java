package io.thicket.drivers;

/** What a session wants of its line besides bytes. The port does it before it writes anything else. */
public sealed interface LineAction {
    /**
     * Another speed, with the rest of the line as it is; {@link #CONFIGURED} is that of the configuration. A port that is opened anew has
     * that again. A port whose server sets the line ({@code tcp://}) keeps its own.
     */
    record Speed(int baud) implements LineAction {
        /** Back to the speed of the configuration. */
        public static final int CONFIGURED = 0;

        public Speed {
            if (baud != CONFIGURED && (baud < 50 || baud > 4_000_000)) {
                throw new IllegalArgumentException(baud + " baud");
            }
        }
    }

    /** The line is held low for so long; the port's thread waits meanwhile. Lines that cannot do it are left as they are. */
    record Break(int lengthMs) implements LineAction {
        /** Longest break in ms. */
        public static final int MAX_MS = 100;

        public Break {
            if (lengthMs < 1 || lengthMs > MAX_MS) {
                throw new IllegalArgumentException("break of " + lengthMs + " ms");
            }
        }
    }
}
