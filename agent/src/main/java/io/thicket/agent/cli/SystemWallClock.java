package io.thicket.agent.cli;

import io.thicket.agent.port.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's time of day. A Raspberry Pi has no battery clock, so it counts as right only when the system says so. */
public final class SystemWallClock implements WallClock {
    /** systemd-timesyncd makes this file when it has set the clock. */
    private static final Path SYNCHRONISED = Path.of("/run/systemd/timesync/synchronized");

    /** How long an answer about the file is used again. */
    private static final long ASK_AGAIN_NS = 5_000_000_000L;

    private final boolean trusted;
    private boolean synchronised;
    private long askedAtNs;
    private boolean asked;

    /** {@code trusted}: always right, as {@code clock = "trusted"} says. */
    public SystemWallClock(boolean trusted) {
        this.trusted = trusted;
    }

    @Override
    public long nowMs() {
        return System.currentTimeMillis();
    }

    @Override
    public boolean isSynchronised() {
        if (trusted) {
            return true;
        }
        long nowNs = System.nanoTime();
        if (!asked || nowNs - askedAtNs > ASK_AGAIN_NS) {
            synchronised = Files.exists(SYNCHRONISED);
            askedAtNs = nowNs;
            asked = true;
        }
        return synchronised;
    }
}
