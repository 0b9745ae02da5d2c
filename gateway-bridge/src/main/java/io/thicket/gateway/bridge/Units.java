package io.thicket.gateway.bridge;

import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** The unit of each quantity of a sensor, in the order in which they became known. A few; they lie in one array. */
final class Units {
    private static final String[] NONE = {};

    /** Each quantity and, behind it, its unit, empty for none. */
    private String[] pairs = NONE;

    /** Takes the units of a reading, of {@link SenmlPack#MAX_RECORDS} quantities at most; true if one is new. */
    boolean learn(List<SenmlRecord> records) {
        boolean changed = false;
        for (int i = 0; i < records.size(); i++) {
            SenmlRecord record = records.get(i);
            String unit = record.unit() == null ? "" : record.unit();
            int place = placeOf(record.name());
            boolean known = place < pairs.length;
            if (!known && place < 2 * SenmlPack.MAX_RECORDS) {
                pairs = Arrays.copyOf(pairs, place + 2);
            }
            if (place < pairs.length) {
                changed |= !known || !unit.equals(pairs[place + 1]);
                pairs[place] = record.name(); // the very text that the newest reading has, so that no other is kept
                pairs[place + 1] = unit;
            }
        }
        return changed;
    }

    /** The end if it is not known. */
    private int placeOf(String quantity) {
        int place = 0;
        while (place < pairs.length && !pairs[place].equals(quantity)) {
            place += 2;
        }
        return place;
    }

    /** Gives each quantity and its unit. */
    void forEach(BiConsumer<String, String> visitor) {
        for (int place = 0; place < pairs.length; place += 2) {
            visitor.accept(pairs[place], pairs[place + 1]);
        }
    }
}
