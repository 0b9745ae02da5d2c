package io.thicket.drivers.bus;

/**
 * How soon a unit's request goes out when several wait: a request counts as waiting {@link #slackMs} less than it does. So
 * high goes before low, and low is still asked.
 */
public enum Priority {
    HIGH(0),
    NORMAL(2_000),
    LOW(10_000);

    private final long slackMs;

    Priority(long slackMs) {
        this.slackMs = slackMs;
    }

    long slackMs() {
        return slackMs;
    }
}
