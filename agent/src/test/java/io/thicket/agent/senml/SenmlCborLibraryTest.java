package io.thicket.agent.senml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import co.nstant.in.cbor.CborDecoder;
import co.nstant.in.cbor.CborEncoder;
import co.nstant.in.cbor.CborException;
import co.nstant.in.cbor.model.DataItem;
import co.nstant.in.cbor.model.HalfPrecisionFloat;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the codec writes and reads, beside a CBOR library that other people wrote. */
class SenmlCborLibraryTest {
    @Test
    void the_library_reads_every_pack_and_writes_the_same_bytes() throws CborException {
        Random random = new Random(9);
        for (int i = 0; i < 5_000; i++) {
            SenmlPack pack = SenmlPacks.random(random);
            byte[] bytes = SenmlCborCodec.encode(pack);

            ByteArrayOutputStream again = new ByteArrayOutputStream();
            new CborEncoder(again).encode(CborDecoder.decode(bytes));

            assertArrayEquals(again.toByteArray(), bytes, pack::toString);
        }
    }

    @Test
    void every_float_of_two_bytes_is_read_as_the_library_reads_it() throws CborException, SenmlFormatException {
        byte[] pack = {(byte) 0x81, (byte) 0xa2, 0, 0x61, 'v', 2, (byte) 0xf9, 0, 0};
        for (int bits = 0; bits < 0x1_0000; bits++) {
            pack[7] = (byte) (bits >> 8);
            pack[8] = (byte) bits;
            List<DataItem> items = CborDecoder.decode(new byte[] {pack[6], pack[7], pack[8]});
            double expected = 0.0 + ((HalfPrecisionFloat) items.get(0)).getValue(); // no -0.0

            if (Double.isFinite(expected)) {
                SenmlValue value = SenmlCborCodec.decode(pack).records().get(0).value();
                assertEquals(new SenmlValue.Numeric(expected), value, Integer.toHexString(bits));
            } else {
                assertThrows(SenmlFormatException.class, () -> SenmlCborCodec.decode(pack));
            }
        }
    }
}
