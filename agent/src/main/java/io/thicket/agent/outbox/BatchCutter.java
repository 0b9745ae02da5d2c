package io.thicket.agent.outbox;

import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntSupplier;

/** What of an outbox goes into one message: readings of one epoch, as many as fit. */
final class BatchCutter {
    private BatchCutter() {}

    /**
     * The longest run from the first of {@code waiting}, of which there is at least one, that has one epoch and fits
     * {@code maxBytes}; at least one reading, so that nobody is asked for these bytes if there is only one.
     */
    static ReadingBatch cut(
            String nodeName, long nowMs, long wallMs, Collection<KeptReading> waiting, IntSupplier maxBytes) {
        List<ReadingBatch.Reading> oldest = new ArrayList<>(Math.min(waiting.size(), ReadingBatch.MAX_READINGS));
        long epoch = 0;
        for (KeptReading entry : waiting) {
            boolean fitsNot = entry.alone || entry.epoch != epoch || oldest.size() == ReadingBatch.MAX_READINGS;
            if (fitsNot && !oldest.isEmpty()) {
                break;
            }
            epoch = entry.epoch;
            oldest.add(entry.reading(nowMs, wallMs));
            if (entry.alone) {
                break;
            }
        }
        if (oldest.size() == 1) {
            return new ReadingBatch(nodeName, epoch, oldest);
        }
        int fitting = ReadingBatchCodec.fitting(nodeName, epoch, oldest, maxBytes.getAsInt());
        return new ReadingBatch(nodeName, epoch, oldest.subList(0, Math.max(1, fitting)));
    }

    /** All of {@code entries}, which have one epoch, whether they fit or not. */
    static ReadingBatch all(String nodeName, long nowMs, long wallMs, List<KeptReading> entries) {
        List<ReadingBatch.Reading> readings = new ArrayList<>(entries.size());
        for (KeptReading entry : entries) {
            readings.add(entry.reading(nowMs, wallMs));
        }
        return new ReadingBatch(nodeName, entries.get(0).epoch, readings);
    }

    /** Whether it is no larger than {@code maxBytes}, and than what the codec makes. */
    static boolean fits(ReadingBatch batch, int maxBytes) {
        List<ReadingBatch.Reading> readings = batch.readings();
        return ReadingBatchCodec.fitting(batch.name(), batch.epoch(), readings, maxBytes) == readings.size();
    }
}
