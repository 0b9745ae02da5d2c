package io.thicket.agent.senml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.senml.ReadingBatch.Reading;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadingBatchCodecTest {
    private static final String PACK = "81a20061740215"; // [{n: "t", v: 21}]

    @Test
    void layout_is_a_flat_array() throws SenmlFormatException {
        ReadingBatch batch = new ReadingBatch("n17", 3, List.of(reading(4711)));

        byte[] bytes = ReadingBatchCodec.encode(batch);

        assertEquals(
                "86" + "01" + "636e3137" + "03" + "191267" + "63616972" + "47" + PACK,
                HexFormat.of().formatHex(bytes));
        assertEquals(batch, ReadingBatchCodec.decode(bytes));
    }

    @Test
    void random_batches_survive_and_fit_as_foretold() throws SenmlFormatException {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            List<Reading> readings = new ArrayList<>();
            long seq = 0;
            for (int j = 0; j < 80; j++) {
                seq += 1 + (random.nextInt(8) == 0 ? random.nextInt(1 << 30) : 0);
                readings.add(new Reading(seq, "air", SenmlPacks.random(random)));
            }
            int limit = 200 + random.nextInt(17_000);
            long epoch = random.nextInt(70_000);

            int count = ReadingBatchCodec.fitting("n17", epoch, readings, limit);

            if (count > 0) {
                ReadingBatch batch = new ReadingBatch("n17", epoch, readings.subList(0, count));
                byte[] bytes = ReadingBatchCodec.encode(batch);
                assertTrue(bytes.length <= limit);
                assertEquals(
                        ReadingBatchCodec.headerSize("n17", epoch, count)
                                + batch.readings().stream()
                                        .mapToInt(ReadingBatchCodec::encodedSize)
                                        .sum(),
                        bytes.length);
                assertEquals(batch, ReadingBatchCodec.decode(bytes));
                assertEquals(
                        new ReadingNumbers(
                                "n17",
                                epoch,
                                batch.readings().stream().map(Reading::seq).toList()),
                        ReadingBatchCodec.numbersOf(bytes));
            }
            int oneMore = ReadingBatchCodec.headerSize("n17", epoch, count + 1)
                    + readings.subList(0, count + 1).stream()
                            .mapToInt(ReadingBatchCodec::encodedSize)
                            .sum();
            assertTrue(count == ReadingBatch.MAX_READINGS || oneMore > Math.min(limit, ReadingBatchCodec.MAX_BYTES));
        }
    }

    @Test
    void a_batch_beyond_the_limit_is_refused_at_the_origin() {
        SenmlPack large = SenmlPacks.pack(0, new SenmlRecord("t", null, new SenmlValue.Text("x".repeat(1024)), null));
        List<Reading> readings = new ArrayList<>();
        for (int i = 1; i <= 17; i++) {
            readings.add(new Reading(i, "air", large));
        }

        assertThrows(
                IllegalArgumentException.class, () -> ReadingBatchCodec.encode(new ReadingBatch("n", 1, readings)));
    }

    @Test
    void what_is_no_batch_is_refused() {
        refused("85" + "01" + "616e" + "03" + "01" + "6161", "5 items");
        refused("83" + "01" + "616e" + "03", "3 items");
        refused("86" + "02" + "616e" + "03" + "01" + "6161" + "47" + PACK, "version 2");
        refused("86" + "01" + "614e" + "03" + "01" + "6161" + "47" + PACK, "the node's name");
        refused("86" + "01" + "60" + "03" + "01" + "6161" + "47" + PACK, "the node's name");
        refused("86" + "01" + "616e" + "20" + "01" + "6161" + "47" + PACK, "the epoch");
        refused("86" + "01" + "616e" + "1bffffffffffffffff" + "01" + "6161" + "47" + PACK, "the epoch");
        refused("86" + "01" + "616e" + "03" + "00" + "6161" + "47" + PACK, "seq does not grow");
        refused(
                "89" + "01" + "616e" + "03" + "02" + "6161" + "47" + PACK + "02" + "6161" + "47" + PACK,
                "seq does not grow");
        refused("86" + "01" + "616e" + "03" + "01" + "6141" + "47" + PACK, "the sensor's name");
        refused("86" + "01" + "616e" + "03" + "01" + "6161" + PACK, "a pack has the wrong type");
        refused("86" + "01" + "616e" + "03" + "01" + "6161" + "4180", "0 records");
        refused("a0", "a batch");
        refused("98c6" + "00".repeat(198), "more than 195 items");
    }

    private static Reading reading(long seq) {
        return new Reading(seq, "air", SenmlPacks.pack(0, SenmlPacks.number("t", null, 21)));
    }

    private static void refused(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        String said = assertThrows(SenmlFormatException.class, () -> ReadingBatchCodec.decode(bytes), hex)
                .getMessage();
        assertTrue(said.contains(message), hex + ": " + said);
    }
}
