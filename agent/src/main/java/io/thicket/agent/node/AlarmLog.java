package io.thicket.agent.node;

import io.thicket.routing.Alarm;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest alarms. Every hostile frame may raise one, so the same alarm about the same node is told once in a while only,
 * and so are at most {@link #MAX_ALARMS} in all; the counters count every cause.
 */
final class AlarmLog {
    /** Most alarms kept, and told in {@link #SILENCE_MS}. */
    static final int MAX_ALARMS = 32;

    /** The same alarm about the same node is told once in this time. */
    static final long SILENCE_MS = 60_000;

    /** Oldest first; made with the first one, which most nodes never see. */
    private List<Raised> raised = List.of();

    /** Remembers {@code alarm}; returns whether it should be told. */
    boolean raise(long nowMs, Alarm alarm) {
        boolean told = raised.stream().anyMatch(earlier -> earlier.tells(alarm, nowMs));
        boolean tooMany = raised.size() == MAX_ALARMS && raised.get(0).isRecent(nowMs);
        if (told || tooMany) {
            return false;
        }
        if (raised.isEmpty()) {
            raised = new ArrayList<>();
        } else if (raised.size() == MAX_ALARMS) {
            raised.remove(0);
        }
        raised.add(new Raised(alarm, nowMs));
        return true;
    }

    /** What is remembered, oldest first. */
    List<Alarm> all() {
        return raised.stream().map(Raised::alarm).toList();
    }

    /** An alarm, and when it was raised. */
    private record Raised(Alarm alarm, long atMs) {
        boolean isRecent(long nowMs) {
            return nowMs - atMs < SILENCE_MS;
        }

        boolean tells(Alarm other, long nowMs) {
            return isRecent(nowMs)
                    && alarm.kind() == other.kind()
                    && alarm.node().equals(other.node());
        }
    }
}
