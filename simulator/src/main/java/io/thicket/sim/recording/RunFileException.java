package io.thicket.sim.recording;

import java.io.IOException;

/** A file that is no recording, or one that cannot be read further. */
public final class RunFileException extends IOException {
    private static final long serialVersionUID = 1;

    RunFileException(String message) {
        super(message);
    }
}
