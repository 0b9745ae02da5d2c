package io.thicket.gateway.mqtt;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Paho writes a stack trace to java.util.logging at every disconnect; we say the same in one line. */
final class PahoLogging {
    /** Held here, because the log manager would forget its level with it. */
    private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

    private PahoLogging() {}

    static void silence() {
        PAHO.setLevel(Level.OFF);
    }
}
