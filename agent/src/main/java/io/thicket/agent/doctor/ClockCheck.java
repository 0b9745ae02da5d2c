package io.thicket.agent.doctor;

import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.port.WallClock;
import java.time.Instant;

/** The time of day: readings get a wrong one, or only a relative one, if it is not set. */
final class ClockCheck {
    private static final String AREA = "clock";

    /** 2025-01-01: whoever says less was never set. */
    private static final long EARLIEST_MS = 1_735_689_600_000L;

    private ClockCheck() {}

    /** {@code wallClock}: what the system says, {@code clock}: what the configuration thinks of it. */
    static Finding look(WallClock wallClock, NodeConfig.Clock clock) {
        String now = Instant.ofEpochMilli(wallClock.nowMs()).toString();
        if (wallClock.nowMs() < EARLIEST_MS) {
            return Finding.error(
                    AREA,
                    "it is set to " + now + ", which is long ago",
                    "connect the machine to a time server: sudo timedatectl set-ntp true");
        }
        if (wallClock.isSynchronised()) {
            return Finding.ok(AREA, "synchronised by the system");
        }
        if (clock == NodeConfig.Clock.TRUSTED) {
            return Finding.ok(AREA, "trusted by the configuration, it says " + now);
        }
        return Finding.warning(
                AREA,
                "the system does not say that it is synchronised; readings carry relative times until it does",
                "sudo timedatectl set-ntp true (systemd-timesyncd); if chrony or a battery clock keeps it right:"
                        + " clock = \"trusted\" in [node]");
    }
}
