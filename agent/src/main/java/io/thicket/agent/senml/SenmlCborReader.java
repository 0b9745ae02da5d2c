package io.thicket.agent.senml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a pack from CBOR that {@link CborGate} let pass. The fields of a record may come in any order, under the
 * integer labels of RFC 8428 table 4 or as text. What a record need not be understood for is stepped over.
 */
final class SenmlCborReader {
    /** RFC 8428 table 4: the integer labels, which start at -6. */
    private static final List<String> LABELS =
            List.of("bs", "bv", "bu", "bt", "bn", "bver", "n", "u", "v", "vs", "vb", "s", "t", "ut", "vd");

    private static final int FIRST_LABEL = -6;
    /** Tag of a decimal fraction (RFC 8949 section 3.4.4), which section 6 allows for numbers. */
    private static final int DECIMAL_FRACTION = 4;
    /** No double needs a larger power of ten. */
    private static final int MAX_DECIMAL_EXPONENT = 400;

    private static final BigInteger TWO_TO_THE_64 = BigInteger.ONE.shiftLeft(64);
    private static final int NO_TAG = -1;
    private static final int OTHER_TAG = -2;

    private final CborCursor in;
    /** Labels of the record that is being read. */
    private final List<Object> labels = new ArrayList<>(8);

    SenmlCborReader(CborCursor in) {
        this.in = in;
    }

    /** The records; anything else than a pack, or a map with a key twice, is refused. */
    List<RawRecord> records() throws SenmlFormatException {
        in.head();
        if (in.major() != CborCursor.ARRAY) {
            throw new SenmlFormatException("a pack is an array");
        }
        int count = (int) in.argument();
        if (count > SenmlPack.MAX_RECORDS) {
            throw new SenmlFormatException("more than " + SenmlPack.MAX_RECORDS + " records");
        }
        List<RawRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headBehindTags();
            if (in.major() != CborCursor.MAP || in.argument() > RawRecord.MAX_FIELDS) {
                throw new SenmlFormatException("a record is a map of at most " + RawRecord.MAX_FIELDS + " fields");
            }
            records.add(record((int) in.argument()));
        }
        return records;
    }

    private RawRecord record(int fields) throws SenmlFormatException {
        RawRecord raw = new RawRecord();
        labels.clear();
        for (int i = 0; i < fields; i++) {
            Object label = label();
            if (labels.contains(label)) {
                throw new SenmlFormatException("a field twice in one record");
            }
            labels.add(label);
            Object value = value();
            if (label instanceof String text) {
                raw.put(text, value);
            } else if (label instanceof Long number && number >= FIRST_LABEL && number < FIRST_LABEL + LABELS.size()) {
                raw.put(LABELS.get((int) (number - FIRST_LABEL)), value);
            } // Labels of extensions that we do not know are ignored (section 4.4).
        }
        return raw;
    }

    /** A String, a Long, or a BigInteger for a number of more than 63 bits. */
    private Object label() throws SenmlFormatException {
        headBehindTags();
        if (in.major() == CborCursor.TEXT) {
            return in.textOfHead();
        }
        if (!isInteger()) {
            throw new SenmlFormatException("a label that is neither number nor text");
        }
        return in.argument() >= 0 ? (Object) smallInteger() : bigInteger();
    }

    /** A Double, String or Boolean; null for anything else, which is stepped over. */
    private @Nullable Object value() throws SenmlFormatException {
        int tag = headBehindTags();
        if (tag == DECIMAL_FRACTION && in.major() == CborCursor.ARRAY && in.argument() == 2) {
            return decimalFraction();
        }
        if (tag != NO_TAG) {
            stepOver();
            return null;
        }
        if (isInteger()) {
            return in.argument() >= 0 ? (double) smallInteger() : bigInteger().doubleValue();
        }
        if (in.major() == CborCursor.TEXT) {
            return in.textOfHead();
        }
        if (in.major() != CborCursor.SIMPLE) {
            stepOver();
            return null;
        }
        return switch (in.additional()) {
            case CborCursor.FALSE -> false;
            case CborCursor.TRUE -> true;
            case CborCursor.HALF -> half((int) in.argument());
            case CborCursor.SINGLE -> (double) Float.intBitsToFloat((int) in.argument());
            case CborCursor.DOUBLE -> Double.longBitsToDouble(in.argument());
            default -> null;
        };
    }

    private @Nullable Double decimalFraction() throws SenmlFormatException {
        BigInteger exponent = integer();
        BigInteger mantissa = integer();
        if (exponent == null
                || mantissa == null
                || exponent.abs().compareTo(BigInteger.valueOf(MAX_DECIMAL_EXPONENT)) > 0) {
            return null;
        }
        return new BigDecimal(mantissa, -exponent.intValue()).doubleValue();
    }

    /** The next item if it is an integer; null for anything else, which is stepped over. */
    private @Nullable BigInteger integer() throws SenmlFormatException {
        headBehindTags();
        if (isInteger()) {
            return bigInteger();
        }
        stepOver();
        return null;
    }

    /** Reads up to the head of the next item itself, and returns the tag next to it: 4, {@link #OTHER_TAG} or {@link #NO_TAG}. */
    private int headBehindTags() throws SenmlFormatException {
        int tag = NO_TAG;
        in.head();
        while (in.major() == CborCursor.TAG) {
            tag = in.argument() == DECIMAL_FRACTION ? DECIMAL_FRACTION : OTHER_TAG;
            in.head();
        }
        return tag;
    }

    private boolean isInteger() {
        return in.major() == CborCursor.UNSIGNED || in.major() == CborCursor.NEGATIVE;
    }

    /** The integer whose head was read last, with an argument of 63 bits. */
    private long smallInteger() {
        return in.major() == CborCursor.UNSIGNED ? in.argument() : -1 - in.argument();
    }

    /** The integer whose head was read last. */
    private BigInteger bigInteger() {
        BigInteger signed = BigInteger.valueOf(in.argument());
        BigInteger argument = in.argument() >= 0 ? signed : signed.add(TWO_TO_THE_64);
        return in.major() == CborCursor.UNSIGNED ? argument : argument.not(); // RFC 8949 section 3.1: -1 - n
    }

    /** The value of an IEEE 754 binary16 (RFC 8949 appendix D). */
    private static double half(int bits) {
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, -24);
        } else if (exponent < 0x1f) {
            magnitude = Math.scalb((double) (fraction + 0x400), exponent - 25);
        } else {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }

    /** Steps over the content of the item whose head was read last. No deeper than the gate lets pass. */
    private void stepOver() throws SenmlFormatException {
        switch (in.major()) {
            case CborCursor.BYTES, CborCursor.TEXT -> in.skipContent();
            case CborCursor.TAG -> stepOverNext();
            case CborCursor.ARRAY -> {
                for (long left = in.argument(); left > 0; left--) {
                    stepOverNext();
                }
            }
            case CborCursor.MAP -> stepOverEntries(in.argument());
            default -> {
                // Numbers and simple values are their head.
            }
        }
    }

    private void stepOverNext() throws SenmlFormatException {
        in.head();
        stepOver();
    }

    private void stepOverEntries(long entries) throws SenmlFormatException {
        Set<ByteBuffer> keys = new HashSet<>();
        for (long left = entries; left > 0; left--) {
            CborCursor key = in.copy();
            stepOverNext();
            if (!keys.add(in.since(key))) {
                throw new SenmlFormatException("a key twice in one map");
            }
            stepOverNext();
        }
    }
}
