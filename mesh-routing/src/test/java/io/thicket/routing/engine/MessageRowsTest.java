package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.DataFields;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageRowsTest {
    private record Key(int window, int number) {}

    /** The last extra is wanted early in some rounds, late in others, and then in rows that there were before. */
    @Test
    void rows_keep_what_a_map_keeps() {
        for (int round = 0; round < 60; round++) {
            SplittableRandom random = new SplittableRandom(round);
            MessageRows rows = new MessageRows(random.nextLong());
            Map<Key, int[]> model = new LinkedHashMap<>();
            int wideFrom = random.nextInt(600);
            for (int step = 0; step < 600; step++) {
                Key key = new Key(random.nextInt(4) * 341, random.nextInt(-20, 20));
                int row = rows.find(key.window(), key.number());
                int[] known = model.get(key);
                assertEquals(known == null, row == MessageRows.NONE);
                if (known == null) {
                    row = rows.add(key.window(), key.number());
                    assertEquals(0, rows.tick(row));
                    rows.setTick(row, key.number());
                    model.put(key, new int[MessageRows.EXTRAS]);
                } else if (random.nextInt(3) == 0) {
                    rows.remove(row);
                    model.remove(key);
                } else {
                    int extra = random.nextInt(MessageRows.EXTRAS);
                    int value = extra == 2 && step < wideFrom ? 0 : random.nextInt();
                    rows.setExtra(row, extra, value);
                    known[extra] = value;
                }
                assertEquals(model.size(), rows.size());
            }
            model.forEach((key, extras) -> {
                int row = rows.find(key.window(), key.number());
                assertEquals(key.number() & MessageRows.TICKS - 1, rows.tick(row));
                int[] kept = {rows.extra(row, 0), rows.extra(row, 1), rows.extra(row, 2)};
                assertEquals(Arrays.toString(extras), Arrays.toString(kept));
            });
        }
    }

    /** On both sides of where the second number of the Seq begins, see {@link RelayedMessages}. */
    @Test
    void the_distance_of_each_size_is_kept() {
        long[] numbers = {0, 1, 4_095, 4_096, 0xf_ffff, 0x10_0000, 0x7fff_ffff, 0x8000_0000L, 0xffff_fffeL};
        RelayedMessages messages = new RelayedMessages(RelayedMessages.PER_ORIGIN, 0);
        for (int i = 0; i < numbers.length * numbers.length; i++) {
            int seen = messages.remember(0, new NodeId(5), 1, i);
            messages.handedOn(seen, PackedSeq.of(numbers[i / numbers.length], numbers[i % numbers.length]), 50);
        }
        for (int i = 0; i < numbers.length * numbers.length; i++) {
            int seen = messages.find(new NodeId(5), 1, i);
            long epoch = numbers[i / numbers.length];
            long count = numbers[i % numbers.length];
            assertTrue(messages.isDuplicate(seen, copy(epoch, count, 50)), epoch + "/" + count);
            assertFalse(messages.isDuplicate(seen, copy(epoch, count, 49)), epoch + "/" + count);
            assertFalse(messages.isDuplicate(seen, copy(epoch, count + 1, 60)), epoch + "/" + count);
            assertFalse(messages.isDuplicate(seen, copy(epoch + 1, 0, 60)), epoch + "/" + count);
            if (count > 0) {
                assertTrue(messages.isDuplicate(seen, copy(epoch, count - 1, 1)), epoch + "/" + count);
            }
        }
    }

    private static DataFields copy(long epoch, long count, long metric) {
        DataFields copy = new DataFields();
        copy.descent(new Seq(epoch, count), metric);
        return copy;
    }
}
