package io.thicket.agent.outbox;

import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One reading that an {@link Outbox} keeps, and what it knows of it. */
final class KeptReading {
    final long epoch;
    final long seq;
    final long takenAtMs;
    private final String sensor;
    private final List<SenmlRecord> records;

    /** It is kept no more: it was settled or lost. A message that has it may still be in flight. */
    boolean gone;
    /** A batch with it was refused: from now on it travels without others. */
    boolean alone;
    /** So often it was called too large, alone; up to {@link HeldBack#MAX_REFUSALS}. */
    byte refusals;
    /** Its place among those that were called too large, null while it is not there. */
    HeldBack.@Nullable Held held;
    /** By which {@link FormerMessages} finds it. */
    List<Long> formerNumbers = List.of();
    /** Fixed once known, so that a repetition carries the same time. */
    private long takenWallMs = Outbox.NO_WALL_TIME;

    KeptReading(long epoch, long seq, String sensor, List<SenmlRecord> records, long takenAtMs) {
        this.epoch = epoch;
        this.seq = seq;
        this.sensor = sensor;
        this.records = List.copyOf(records);
        this.takenAtMs = takenAtMs;
    }

    /** As it is sent; {@code wallMs} is {@link Outbox#NO_WALL_TIME} while that is not known. */
    ReadingBatch.Reading reading(long nowMs, long wallMs) {
        if (takenWallMs == Outbox.NO_WALL_TIME && wallMs != Outbox.NO_WALL_TIME) {
            takenWallMs = wallMs - (nowMs - takenAtMs);
        }
        // RFC 8428 section 4.5.3: a time below 2^28 is relative to now.
        double baseTime = takenWallMs == Outbox.NO_WALL_TIME ? -(nowMs - takenAtMs) / 1000.0 : takenWallMs / 1000.0;
        return new ReadingBatch.Reading(seq, sensor, new SenmlPack("", baseTime, records));
    }
}
