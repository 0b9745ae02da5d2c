package io.thicket.agent.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages that an outbox gave up for others with the same readings. One may have got there all the same, and its settlement counts however
 * late it is. Only of readings that are still kept, and of each the last {@link #MAX_OF_ONE}.
 */
final class FormerMessages {
    /** Of outboxes that gave up none of what they keep, which is nearly all. Never written to. */
    static final FormerMessages NONE = new FormerMessages();

    /** So many of one reading: each lasts for a minute or more, and what is later than that is not waited for. */
    static final int MAX_OF_ONE = 4;

    private final Map<Long, Former> byNumber = new TreeMap<>();

    /**
     * What is left of one.
     *
     * @param hadOthers whether it had more than one reading at first: if it is refused, nobody knows for which
     */
    record Former(boolean hadOthers, List<KeptReading> readings) {}

    void add(long number, boolean hadOthers, KeptReading reading) {
        if (reading.formerNumbers.contains(number)) {
            return; // it was repeated since
        }
        List<Long> numbers = new ArrayList<>(reading.formerNumbers);
        if (numbers.size() == MAX_OF_ONE) {
            remove(numbers.remove(0), reading);
        }
        numbers.add(number);
        reading.formerNumbers = List.copyOf(numbers);
        byNumber.computeIfAbsent(number, key -> new Former(hadOthers, new ArrayList<>(1)))
                .readings()
                .add(reading);
    }

    /** The reading is not kept any more. */
    void remove(KeptReading reading) {
        reading.formerNumbers.forEach(number -> remove(number, reading));
        reading.formerNumbers = List.of();
    }

    private void remove(long number, KeptReading reading) {
        Former former = byNumber.get(number);
        if (former != null) {
            former.readings().remove(reading);
            if (former.readings().isEmpty()) {
                byNumber.remove(number);
            }
        }
    }

    @Nullable
    Former of(long number) {
        return byNumber.get(number);
    }

    boolean isEmpty() {
        return byNumber.isEmpty();
    }
}
