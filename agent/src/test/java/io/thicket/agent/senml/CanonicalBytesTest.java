package io.thicket.agent.senml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import co.nstant.in.cbor.CborBuilder;
import co.nstant.in.cbor.CborEncoder;
import co.nstant.in.cbor.CborException;
import co.nstant.in.cbor.model.Array;
import co.nstant.in.cbor.model.DataItem;
import co.nstant.in.cbor.model.DoublePrecisionFloat;
import co.nstant.in.cbor.model.HalfPrecisionFloat;
import co.nstant.in.cbor.model.Map;
import co.nstant.in.cbor.model.NegativeInteger;
import co.nstant.in.cbor.model.SimpleValue;
import co.nstant.in.cbor.model.SinglePrecisionFloat;
import co.nstant.in.cbor.model.UnicodeString;
import co.nstant.in.cbor.model.UnsignedInteger;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written item by item are the bytes that cbor-java, which sorts maps, makes of a tree of the same pack. */
class CanonicalBytesTest {
    @Test
    void a_pack_is_written_as_the_library_would() throws CborException {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            assertSame(SenmlPacks.random(random));
        }
    }

    @Test
    void each_number_is_written_as_the_library_would() throws CborException {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            assertSame(number(finite(Double.longBitsToDouble(random.nextLong()))));
            assertSame(number(finite(Float.intBitsToFloat(random.nextInt()))));
            assertSame(number(random.nextLong() >> random.nextInt(64)));
            assertSame(number((random.nextInt(4096) - 2048) * Math.scalb(1.0, random.nextInt(30) - 25)));
        }
    }

    @Test
    void a_text_is_written_as_the_library_would() throws CborException {
        for (String letter : List.of("a", "\u00eb", "\u20ac", "\ud83c\udf31", "\ud83c")) {
            for (int length : new int[] {0, 1, 7, 23, 24, 127, 128, 255, 256, 300}) {
                assertSame(new SenmlPack(
                        letter.repeat(length),
                        0,
                        List.of(new SenmlRecord("", null, new SenmlValue.Text(letter.repeat(length)), null))));
            }
        }
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    private static SenmlPack number(double value) {
        return new SenmlPack("", value, List.of(SenmlPacks.number("n", "u", value)));
    }

    private static void assertSame(SenmlPack pack) throws CborException {
        assertArrayEquals(byLibrary(pack), SenmlCborCodec.encode(pack), pack::toString);
    }

    private static byte[] byLibrary(SenmlPack pack) throws CborException {
        Array records = new Array();
        for (SenmlRecord record : pack.records()) {
            Map map = new Map();
            if (record.quality() != null) {
                map.put(new UnicodeString("tq"), new UnicodeString(record.quality()));
            }
            if (records.getDataItems().isEmpty() && !pack.baseName().isEmpty()) {
                map.put(integer(-2), new UnicodeString(pack.baseName()));
            }
            if (records.getDataItems().isEmpty() && pack.baseTimeSeconds() != 0) {
                map.put(integer(-3), number(new SenmlValue.Numeric(pack.baseTimeSeconds())));
            }
            if (!record.name().isEmpty()) {
                map.put(integer(0), new UnicodeString(record.name()));
            }
            if (record.unit() != null) {
                map.put(integer(1), new UnicodeString(record.unit()));
            }
            if (record.value() instanceof SenmlValue.Numeric numeric) {
                map.put(integer(2), number(numeric));
            } else if (record.value() instanceof SenmlValue.Text text) {
                map.put(integer(3), new UnicodeString(text.value()));
            } else if (record.value() instanceof SenmlValue.Flag flag) {
                map.put(integer(4), flag.value() ? SimpleValue.TRUE : SimpleValue.FALSE);
            }
            records.add(map);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CborEncoder(out).encode(new CborBuilder().add(records).build());
        return out.toByteArray();
    }

    private static DataItem number(SenmlValue.Numeric numeric) {
        double value = numeric.value();
        if (CborSize.isWhole(value)) {
            return integer((long) value);
        }
        if (CborSize.isHalf(value)) {
            return new HalfPrecisionFloat((float) value);
        }
        return CborSize.isSingle(value) ? new SinglePrecisionFloat((float) value) : new DoublePrecisionFloat(value);
    }

    private static DataItem integer(long value) {
        return value >= 0 ? new UnsignedInteger(value) : new NegativeInteger(value);
    }
}
