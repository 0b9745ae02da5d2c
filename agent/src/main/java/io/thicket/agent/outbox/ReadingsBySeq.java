package io.thicket.agent.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Readings in the order in which they were taken. There are seldom any, and as long as there are none they need no memory. */
final class ReadingsBySeq {
    private NavigableMap<Long, KeptReading> bySeq = Collections.emptyNavigableMap();

    void add(KeptReading reading) {
        if (bySeq.isEmpty()) {
            bySeq = new TreeMap<>();
        }
        bySeq.put(reading.seq, reading);
    }

    /** Does nothing if it is not here. */
    void remove(KeptReading reading) {
        if (bySeq.isEmpty()) {
            return;
        }
        bySeq.remove(reading.seq);
        if (bySeq.isEmpty()) {
            bySeq = Collections.emptyNavigableMap();
        }
    }

    boolean isEmpty() {
        return bySeq.isEmpty();
    }

    int size() {
        return bySeq.size();
    }

    /** The oldest one, of which there must be one. */
    KeptReading first() {
        return bySeq.firstEntry().getValue();
    }

    /** The oldest {@code count}, as there are so many; a list of the caller's own. */
    List<KeptReading> first(int count) {
        List<KeptReading> first = new ArrayList<>(count);
        for (KeptReading reading : bySeq.values()) {
            if (first.size() == count) {
                break;
            }
            first.add(reading);
        }
        return first;
    }

    /** All, in order; a view, until none is left. */
    Collection<KeptReading> all() {
        return bySeq.values();
    }

    List<Long> seqs() {
        return List.copyOf(bySeq.keySet());
    }
}
