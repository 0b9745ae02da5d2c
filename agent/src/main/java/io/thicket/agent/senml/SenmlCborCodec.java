package io.thicket.agent.senml;

import java.util.List;

/** SenML as CBOR, RFC 8428 section 6 ({@code application/senml+cbor}, CoAP content format 112). */
public final class SenmlCborCodec {
    /** Largest pack in bytes that is read, as it came and as {@link #encode} would write it. */
    public static final int MAX_BYTES = 16 * 1024;

    /** RFC 8428 table 4: the integer labels that are written. */
    private static final int BASE_NAME = -2;

    private static final int BASE_TIME = -3;
    private static final int NAME = 0;
    private static final int UNIT = 1;
    private static final int VALUE = 2;
    private static final int TEXT_VALUE = 3;
    private static final int FLAG_VALUE = 4;
    /** Thicket's own field, see {@link SenmlRecord#quality}. */
    private static final String QUALITY = "tq";

    private SenmlCborCodec() {}

    /** The pack in bytes; base fields stand in the first record only. */
    public static byte[] encode(SenmlPack pack) {
        CborSink out = new CborSink(encodedSize(pack));
        write(out, pack);
        return out.toBytes();
    }

    /** Writes what {@link #encode} returns. Labels have the order of RFC 7049 section 3.9: shorter ones first, then bytewise. */
    static void write(CborSink out, SenmlPack pack) {
        List<SenmlRecord> records = pack.records();
        out.head(CborCursor.ARRAY, records.size());
        for (int i = 0; i < records.size(); i++) {
            SenmlRecord record = records.get(i);
            String unit = record.unit();
            String quality = record.quality();
            boolean hasName = !record.name().isEmpty();
            boolean hasBaseName = i == 0 && !pack.baseName().isEmpty();
            boolean hasBaseTime = i == 0 && pack.baseTimeSeconds() != 0;
            int fields = 1 + (hasName ? 1 : 0) + (unit != null ? 1 : 0) + (quality != null ? 1 : 0);
            out.head(CborCursor.MAP, fields + (hasBaseName ? 1 : 0) + (hasBaseTime ? 1 : 0));
            if (hasName) {
                label(out, NAME);
                out.text(record.name());
            }
            if (unit != null) {
                label(out, UNIT);
                out.text(unit);
            }
            writeValue(out, record.value());
            if (hasBaseName) {
                label(out, BASE_NAME);
                out.text(pack.baseName());
            }
            if (hasBaseTime) {
                label(out, BASE_TIME);
                out.number(pack.baseTimeSeconds());
            }
            if (quality != null) {
                out.text(QUALITY);
                out.text(quality);
            }
        }
    }

    private static void writeValue(CborSink out, SenmlValue value) {
        if (value instanceof SenmlValue.Numeric numeric) {
            label(out, VALUE);
            out.number(numeric.value());
        } else if (value instanceof SenmlValue.Text text) {
            label(out, TEXT_VALUE);
            out.text(text.value());
        } else if (value instanceof SenmlValue.Flag flag) {
            label(out, FLAG_VALUE);
            out.flag(flag.value());
        } else {
            throw new AssertionError("a SenML value of an unknown kind: " + value);
        }
    }

    private static void label(CborSink out, int label) {
        out.head(label >= 0 ? CborCursor.UNSIGNED : CborCursor.NEGATIVE, label >= 0 ? label : -1 - label);
    }

    /** Length of {@link #encode} in bytes, without encoding. */
    public static int encodedSize(SenmlPack pack) {
        int bytes = CborSize.ofHead(pack.records().size());
        bytes += pack.baseName().isEmpty() ? 0 : 1 + CborSize.ofText(pack.baseName());
        bytes += pack.baseTimeSeconds() == 0 ? 0 : 1 + CborSize.ofNumber(pack.baseTimeSeconds());
        List<SenmlRecord> records = pack.records();
        for (int i = 0; i < records.size(); i++) {
            SenmlRecord record = records.get(i);
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
        return read(new CborCursor(bytes));
    }

    /** The same with all that {@code in} still has. */
    static SenmlPack read(CborCursor in) throws SenmlFormatException {
        CborGate.check(in, MAX_BYTES);
        SenmlPack pack = PackResolver.resolve(new SenmlCborReader(in).records());
        PackResolver.requireFits(encodedSize(pack), MAX_BYTES);
        return pack;
    }
}
