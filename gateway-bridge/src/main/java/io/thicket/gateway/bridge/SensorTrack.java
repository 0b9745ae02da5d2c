package io.thicket.gateway.bridge;

import io.thicket.agent.senml.SenmlRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest reading of one sensor of a node. */
final class SensorTrack {
    final String name;
    final IntervalEstimate interval = new IntervalEstimate();

    /** Its records, null before the first. */
    @Nullable
    List<SenmlRecord> latest;

    Units units = Units.NONE;

    long takenMs;
    long epoch;
    long seq;
    long heardAtMs;

    SensorTrack(String name) {
        this.name = name;
    }

    /** Whether a reading is newer than the newest so far. */
    boolean isNewer(long takenMs, long epoch, long seq) {
        if (latest == null || takenMs != this.takenMs) {
            return latest == null || takenMs > this.takenMs;
        }
        return epoch != this.epoch ? epoch > this.epoch : seq > this.seq;
    }
}
