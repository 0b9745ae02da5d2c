package io.thicket.agent.senml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies base values (RFC 8428 section 4.6) and checks what a pack promises. */
final class PackResolver {
    /** Highest version understood (section 4.1, {@code bver}). */
    private static final int VERSION = 10;

    private PackResolver() {}

    /**
     * The pack of these records. All of its records have one time, because a pack is one reading; a pack whose base name
     * changes comes out with an empty base name and whole names.
     */
    static SenmlPack resolve(List<RawRecord> raws) throws SenmlFormatException {
        if (raws.isEmpty() || raws.size() > SenmlPack.MAX_RECORDS) {
            throw new SenmlFormatException("a pack of " + raws.size() + " records");
        }
        String baseName = "";
        double baseTime = 0;
        double baseValue = 0;
        boolean hasBaseValue = false;
        @Nullable String baseUnit = null;
        double packTime = 0;
        List<String> baseNames = new ArrayList<>();
        List<SenmlRecord> records = new ArrayList<>();
        for (RawRecord raw : raws) {
            if (raw.baseVersion != null && raw.baseVersion > VERSION) {
                throw new SenmlFormatException("SenML version " + raw.baseVersion);
            }
            baseName = raw.baseName != null ? raw.baseName : baseName;
            baseTime = raw.baseTime != null ? raw.baseTime : baseTime;
            baseUnit = raw.baseUnit != null ? raw.baseUnit : baseUnit;
            hasBaseValue |= raw.baseValue != null;
            baseValue = raw.baseValue != null ? raw.baseValue : baseValue;

            double time = baseTime + (raw.time != null ? raw.time : 0);
            if (records.isEmpty()) {
                packTime = time;
            } else if (Double.compare(time, packTime) != 0) {
                throw new SenmlFormatException("records of different times in one pack");
            }
            String name = raw.name != null ? raw.name : "";
            requireName(baseName + name);
            baseNames.add(baseName);
            records.add(new SenmlRecord(
                    name, raw.unit != null ? raw.unit : baseUnit, value(raw, baseValue, hasBaseValue), raw.quality));
        }
        if (!Double.isFinite(packTime)) {
            throw new SenmlFormatException("a time that is no number");
        }
        return new HashSet<>(baseNames).size() == 1
                ? new SenmlPack(baseName, packTime, records)
                : new SenmlPack("", packTime, withWholeNames(baseNames, records));
    }

    private static SenmlValue value(RawRecord raw, double baseValue, boolean hasBaseValue) throws SenmlFormatException {
        int values = (raw.number != null ? 1 : 0) + (raw.text != null ? 1 : 0) + (raw.flag != null ? 1 : 0);
        if (values > 1) {
            throw new SenmlFormatException("a record with more than one value");
        }
        if (raw.text != null) {
            return new SenmlValue.Text(raw.text);
        }
        if (raw.flag != null) {
            return new SenmlValue.Flag(raw.flag);
        }
        if (raw.number == null && !hasBaseValue) {
            throw new SenmlFormatException("a record without a value");
        }
        double number = baseValue + (raw.number != null ? raw.number : 0);
        if (!Double.isFinite(number)) {
            throw new SenmlFormatException("a value that is no number");
        }
        return new SenmlValue.Numeric(number);
    }

    /** Whole names are the names of the pack that comes out, so that the limit of a name holds for them. */
    private static List<SenmlRecord> withWholeNames(List<String> baseNames, List<SenmlRecord> records)
            throws SenmlFormatException {
        List<SenmlRecord> whole = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            SenmlRecord record = records.get(i);
            String name = RawRecord.name("bn + n", baseNames.get(i) + record.name());
            whole.add(new SenmlRecord(name, record.unit(), record.value(), record.quality()));
        }
        return whole;
    }

    /**
     * Refuses a pack or a batch that takes {@code bytes} when it is written again, if this is more than is read: base fields are
     * written out in each record, so that it may be much longer than the input was.
     */
    static void requireFits(int bytes, int maxBytes) throws SenmlFormatException {
        if (bytes > maxBytes) {
            throw new SenmlFormatException(bytes + " bytes when it is written, where " + maxBytes + " are allowed");
        }
    }

    /** RFC 8428 section 4.5.1: starts with a letter or digit, then those and {@code - : . / _}. */
    private static void requireName(String name) throws SenmlFormatException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!alphanumeric && (i == 0 || "-:./_".indexOf(c) < 0)) {
                throw new SenmlFormatException("a name with a character that names do not have");
            }
        }
        if (name.isEmpty()) {
            throw new SenmlFormatException("a record without a name");
        }
    }
}
