package io.thicket.agent.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, decoding returns or throws {@link SenmlFormatException}; what it returns can be written and read again. */
class SenmlFuzzTest {
    private static final int MUTATIONS = 10_000;

    @FuzzTest(maxDuration = "10m")
    void cbor(byte[] input) {
        decodesOrRefuses(SenmlCborCodec::decode, SenmlCborCodec::encode, input);
    }

    @FuzzTest(maxDuration = "10m")
    void json(byte[] input) {
        decodesOrRefuses(SenmlJsonCodec::decode, SenmlJsonCodec::encode, input);
    }

    @FuzzTest(maxDuration = "10m")
    void batch(byte[] input) {
        batchDecodesOrIsRefused(input);
    }

    @Test
    void mutated_cbor_decodes_or_is_refused() {
        Random random = new Random(5);
        int decoded = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] input = mutated(SenmlCborCodec.encode(SenmlPacks.random(random)), random);
            decoded += decodesOrRefuses(SenmlCborCodec::decode, SenmlCborCodec::encode, input);
        }
        bothHappen(decoded);
    }

    @Test
    void mutated_json_decodes_or_is_refused() {
        Random random = new Random(6);
        int decoded = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] input = mutated(SenmlJsonCodec.encode(SenmlPacks.random(random)), random);
            decoded += decodesOrRefuses(SenmlJsonCodec::decode, SenmlJsonCodec::encode, input);
        }
        bothHappen(decoded);
    }

    @Test
    void mutated_batches_decode_or_are_refused() {
        Random random = new Random(7);
        int decoded = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            List<ReadingBatch.Reading> readings = List.of(
                    new ReadingBatch.Reading(1 + random.nextInt(1000), "air", SenmlPacks.random(random)),
                    new ReadingBatch.Reading(2000 + random.nextInt(1 << 20), "air", SenmlPacks.random(random)));
            byte[] input = mutated(ReadingBatchCodec.encode(new ReadingBatch("n17", 3, readings)), random);
            decoded += batchDecodesOrIsRefused(input);
        }
        bothHappen(decoded);
    }

    @Test
    void random_bytes_decode_or_are_refused() {
        Random random = new Random(8);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] input = new byte[random.nextInt(40)];
            random.nextBytes(input);
            cbor(input);
            json(input);
            batch(input);
        }
    }

    /** Numbers are read of all that is a batch, and the same ones; of more they may be. */
    private static int batchDecodesOrIsRefused(byte[] input) {
        ReadingNumbers numbers = null;
        try {
            numbers = ReadingBatchCodec.numbersOf(input.clone());
        } catch (SenmlFormatException e) {
            // then it must be no batch either
        }
        try {
            ReadingBatch batch = ReadingBatchCodec.decode(input.clone());
            List<Long> seqs =
                    batch.readings().stream().map(ReadingBatch.Reading::seq).toList();
            assertEquals(new ReadingNumbers(batch.name(), batch.epoch(), seqs), numbers);
        } catch (SenmlFormatException e) {
            // as it may be
        }
        return decodesOrRefuses(ReadingBatchCodec::decode, ReadingBatchCodec::encode, input);
    }

    private static void bothHappen(int decoded) {
        assertTrue(decoded > MUTATIONS / 100 && decoded < MUTATIONS * 9 / 10, decoded + " of " + MUTATIONS);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] input = bytes;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(5)) {
                case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> input[at] = (byte) random.nextInt(256);
                case 2 -> input = Arrays.copyOf(input, Math.max(1, at));
                case 3 -> input[at] = (byte) (random.nextInt(8) << 5 | 24 + random.nextInt(8));
                default -> {
                    int from = random.nextInt(input.length);
                    int length = Math.min(random.nextInt(16), input.length - Math.max(from, at));
                    System.arraycopy(input, from, input, at, length);
                }
            }
        }
        return input;
    }

    private static <T> int decodesOrRefuses(Decoder<T> decoder, Encoder<T> encoder, byte[] input) {
        T value;
        try {
            value = decoder.decode(input.clone());
        } catch (SenmlFormatException e) {
            return 0;
        }
        try {
            assertEquals(value, decoder.decode(encoder.encode(value)));
        } catch (SenmlFormatException e) {
            throw new AssertionError("what was decoded does not come back: " + value, e);
        }
        return 1;
    }

    private interface Decoder<T> {
        T decode(byte[] bytes) throws SenmlFormatException;
    }

    private interface Encoder<T> {
        byte[] encode(T value);
    }
}
