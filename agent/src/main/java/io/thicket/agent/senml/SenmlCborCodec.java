package io.thicket.agent.senml;

import co.nstant.in.cbor.CborDecoder;
import co.nstant.in.cbor.CborException;
import co.nstant.in.cbor.model.AbstractFloat;
import co.nstant.in.cbor.model.Array;
import co.nstant.in.cbor.model.DataItem;
import co.nstant.in.cbor.model.DoublePrecisionFloat;
import co.nstant.in.cbor.model.Map;
import co.nstant.in.cbor.model.Number;
import co.nstant.in.cbor.model.SimpleValue;
import co.nstant.in.cbor.model.UnicodeString;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SenML as CBOR, RFC 8428 section 6 ({@code application/senml+cbor}, CoAP content format 112). */
public final class SenmlCborCodec {
    /** Largest pack in bytes that is read, as it came and as {@link #encode} would write it. */
    public static final int MAX_BYTES = 16 * 1024;

    /** RFC 8428 table 4: the integer labels, which start at -6. */
    private static final List<String> LABELS =
            List.of("bs", "bv", "bu", "bt", "bn", "bver", "n", "u", "v", "vs", "vb", "s", "t", "ut", "vd");

    private static final int FIRST_LABEL = -6;
    private static final int NAME = labelOf("n");
    private static final int UNIT = labelOf("u");
    private static final int VALUE = labelOf("v");
    private static final int TEXT_VALUE = labelOf("vs");
    private static final int FLAG_VALUE = labelOf("vb");
    private static final int BASE_NAME = labelOf("bn");
    private static final int BASE_TIME = labelOf("bt");
    /** Tag of a decimal fraction (RFC 8949 section 3.4.4), which section 6 allows for numbers. */
    private static final int DECIMAL_FRACTION = 4;
    /** No double needs a larger power of ten. */
    private static final int MAX_DECIMAL_EXPONENT = 400;

    private SenmlCborCodec() {}

    /** The pack in bytes; base fields stand in the first record only. */
    public static byte[] encode(SenmlPack pack) {
        CborOutput out = new CborOutput(encodedSize(pack));
        write(out, pack);
        return out.toByteArray();
    }

    /** Appends what {@link #encode} gives. */
    static void write(CborOutput out, SenmlPack pack) {
        List<SenmlRecord> records = pack.records();
        boolean hasBaseName = !pack.baseName().isEmpty();
        boolean hasBaseTime = pack.baseTimeSeconds() != 0;
        out.head(CborCursor.ARRAY, records.size());
        for (int i = 0; i < records.size(); i++) {
            SenmlRecord record = records.get(i);
            String unit = record.unit();
            String quality = record.quality();
            boolean hasName = !record.name().isEmpty();
            int fields = 1 + (hasName ? 1 : 0) + (unit != null ? 1 : 0) + (quality != null ? 1 : 0);
            fields += i == 0 ? (hasBaseName ? 1 : 0) + (hasBaseTime ? 1 : 0) : 0;
            out.head(CborCursor.MAP, fields);
            // In the order of RFC 8949 section 4.2.3, shorter labels first: n, u, a value, bn, bt, tq.
            if (hasName) {
                out.integer(NAME);
                out.text(record.name());
            }
            if (unit != null) {
                out.integer(UNIT);
                out.text(unit);
            }
            writeValue(out, record.value());
            if (i == 0 && hasBaseName) {
                out.integer(BASE_NAME);
                out.text(pack.baseName());
            }
            if (i == 0 && hasBaseTime) {
                out.integer(BASE_TIME);
                out.number(pack.baseTimeSeconds());
            }
            if (quality != null) {
                out.text("tq");
                out.text(quality);
            }
        }
    }

    /** Length of {@link #encode} in bytes, without encoding. */
    public static int encodedSize(SenmlPack pack) {
        int bytes = CborSize.ofHead(pack.records().size());
        bytes += pack.baseName().isEmpty() ? 0 : 1 + CborSize.ofText(pack.baseName());
        bytes += pack.baseTimeSeconds() == 0 ? 0 : 1 + CborSize.ofNumber(pack.baseTimeSeconds());
        for (SenmlRecord record : pack.records()) {
            String unit = record.unit();
            String quality = record.quality();
            bytes += 2; // the map's head (at most six fields) and the value's label
            bytes += record.name().isEmpty() ? 0 : 1 + CborSize.ofText(record.name());
            bytes += unit == null ? 0 : 1 + CborSize.ofText(unit);
            bytes += quality == null ? 0 : 3 + CborSize.ofText(quality);
            if (record.value() instanceof SenmlValue.Numeric numeric) {
                bytes += CborSize.ofNumber(numeric.value());
            } else if (record.value() instanceof SenmlValue.Text text) {
                bytes += CborSize.ofText(text.value());
            } else {
                bytes += 1;
            }
        }
        return bytes;
    }

    /** Reads a pack of at most {@link #MAX_BYTES}. Anything else than a pack that this node accepts is refused. */
    public static SenmlPack decode(byte[] bytes) throws SenmlFormatException {
        CborGate.check(bytes, MAX_BYTES);
        DataItem item;
        try {
            CborDecoder decoder = new CborDecoder(new ByteArrayInputStream(bytes));
            decoder.setMaxPreallocationSize(1024);
            decoder.setRejectDuplicateKeys(true);
            decoder.setAutoDecodeRationalNumbers(false);
            decoder.setAutoDecodeLanguageTaggedStrings(false);
            item = decoder.decodeNext();
        } catch (CborException e) {
            throw new SenmlFormatException("CBOR that does not decode");
        }
        if (!(item instanceof Array array) || item.hasTag()) {
            throw new SenmlFormatException("a pack is an array");
        }
        if (array.getDataItems().size() > SenmlPack.MAX_RECORDS) {
            throw new SenmlFormatException("more than " + SenmlPack.MAX_RECORDS + " records");
        }
        List<RawRecord> records = new ArrayList<>();
        for (DataItem record : array.getDataItems()) {
            if (!(record instanceof Map map) || map.getKeys().size() > RawRecord.MAX_FIELDS) {
                throw new SenmlFormatException("a record is a map of at most " + RawRecord.MAX_FIELDS + " fields");
            }
            records.add(raw(map));
        }
        SenmlPack pack = PackResolver.resolve(records);
        PackResolver.requireFits(encodedSize(pack), MAX_BYTES);
        return pack;
    }

    private static void writeValue(CborOutput out, SenmlValue value) {
        if (value instanceof SenmlValue.Numeric numeric) {
            out.integer(VALUE);
            out.number(numeric.value());
        } else if (value instanceof SenmlValue.Text text) {
            out.integer(TEXT_VALUE);
            out.text(text.value());
        } else if (value instanceof SenmlValue.Flag flag) {
            out.integer(FLAG_VALUE);
            out.flag(flag.value());
        } else {
            throw new AssertionError("a SenML value of an unknown kind: " + value);
        }
    }

    private static int labelOf(String name) {
        return LABELS.indexOf(name) + FIRST_LABEL;
    }

    private static RawRecord raw(Map map) throws SenmlFormatException {
        RawRecord raw = new RawRecord();
        for (DataItem key : map.getKeys()) {
            if (key instanceof UnicodeString text) {
                raw.put(text.getString(), value(map.get(key)));
            } else if (key instanceof Number number) {
                // Labels of extensions that we do not know are ignored (section 4.4).
                if (number.getValue().bitLength() < 31) {
                    int index = number.getValue().intValue() - FIRST_LABEL;
                    if (index >= 0 && index < LABELS.size()) {
                        raw.put(LABELS.get(index), value(map.get(key)));
                    }
                }
            } else {
                throw new SenmlFormatException("a label that is neither number nor text");
            }
        }
        return raw;
    }

    /** A Double, String or Boolean; null for anything else. */
    private static @Nullable Object value(DataItem item) {
        if (item.hasTag()) {
            return item.getTag().getValue() == DECIMAL_FRACTION ? decimalFraction(item) : null;
        }
        if (item instanceof Number number) {
            return number.getValue().doubleValue();
        }
        if (item instanceof UnicodeString text) {
            return text.getString();
        }
        if (item instanceof SimpleValue simple) {
            return SimpleValue.TRUE.equals(simple) ? Boolean.TRUE : SimpleValue.FALSE.equals(simple) ? false : null;
        }
        if (item instanceof AbstractFloat single) {
            return (double) single.getValue();
        }
        return item instanceof DoublePrecisionFloat number ? number.getValue() : null;
    }

    private static @Nullable Double decimalFraction(DataItem item) {
        if (item instanceof Array array
                && array.getDataItems().size() == 2
                && array.getDataItems().get(0) instanceof Number exponent
                && array.getDataItems().get(1) instanceof Number mantissa) {
            BigInteger power = exponent.getValue();
            if (power.abs().compareTo(BigInteger.valueOf(MAX_DECIMAL_EXPONENT)) <= 0) {
                return new BigDecimal(mantissa.getValue(), -power.intValue()).doubleValue();
            }
        }
        return null;
    }
}
