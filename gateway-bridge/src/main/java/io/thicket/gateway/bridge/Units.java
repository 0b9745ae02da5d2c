package io.thicket.gateway.bridge;

import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The unit of each quantity of a sensor, in the order in which they became known. A few; they lie in one array. They never change, so that sensors of
 * equal ones share them: see {@link SharedTexts}.
 */
final class Units {
    static final Units NONE = new Units(new String[0]);

    /** Each quantity and, behind it, its unit, empty for none. */
    private final String[] pairs;

    private Units(String[] pairs) {
        this.pairs = pairs;
    }

    /** With those of a reading, of {@link SenmlPack#MAX_RECORDS} quantities at most; these themselves if none is new. */
    Units with(List<SenmlRecord> records) {
        String[] all = pairs;
        for (int i = 0; i < records.size(); i++) {
            SenmlRecord record = records.get(i);
            String unit = record.unit() == null ? "" : record.unit();
            int place = placeOf(record.name(), all);
            if (place == 2 * SenmlPack.MAX_RECORDS || place < all.length && unit.equals(all[place + 1])) {
                continue;
            }
            all = Arrays.copyOf(all, Math.max(all.length, place + 2));
            all[place] = record.name();
            all[place + 1] = unit;
        }
        return all == pairs ? this : new Units(all);
    }

    /** The end if it is not there. */
    private static int placeOf(String quantity, String[] pairs) {
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Units units && Arrays.equals(pairs, units.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }
}
