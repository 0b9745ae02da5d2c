package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageRowsTest {
    private record Key(int window, int number) {}

    private static final long EXTRA = (1L << MessageRows.EXTRA_BITS) - 1;
    private static final long MORE = (1L << MessageRows.MORE_BITS) - 1;

    private static final class Kept {
        long extra;
        long more;
        int turn;
        boolean marked;
    }

    /** Rows must be wide early in some rounds, late in others, and then those that there were before; in a third of them only for a turn. */
    @Test
    void rows_keep_what_a_map_keeps() {
        for (int round = 0; round < 60; round++) {
            SplittableRandom random = new SplittableRandom(round);
            MessageRows rows = new MessageRows(random.nextLong());
            Map<Key, Kept> model = new LinkedHashMap<>();
            int wideFrom = random.nextInt(600);
            for (int step = 0; step < 600; step++) {
                Key key = new Key(random.nextInt(4) * 341, random.nextInt(-20, 20));
                int row = rows.find(key.window(), key.number());
                Kept known = model.get(key);
                assertEquals(known == null, row == MessageRows.NONE);
                if (known == null) {
                    row = rows.add(key.window(), key.number());
                    assertEquals(0, rows.tick(row));
                    rows.setTick(row, key.number());
                    model.put(key, new Kept());
                } else if (random.nextInt(3) == 0) {
                    rows.remove(row);
                    model.remove(key);
                } else {
                    boolean wide = step >= wideFrom;
                    known.extra = random.nextLong() & EXTRA;
                    known.more = wide && round % 3 != 0 && random.nextBoolean() ? random.nextLong() & MORE : 0;
                    rows.setExtra(row, known.extra, known.more);
                    known.turn = random.nextInt(-1, wide ? Data.MAX_TURN + 1 : 15);
                    rows.setTurn(row, known.turn);
                    known.marked = random.nextBoolean();
                    rows.mark(row, known.marked);
                }
                assertEquals(model.size(), rows.size());
            }
            model.forEach((key, kept) -> {
                int row = rows.find(key.window(), key.number());
                assertEquals(key.window(), rows.window(row));
                assertEquals(key.number() & MessageRows.TICKS - 1, rows.tick(row));
                assertEquals(kept.extra, rows.extra(row));
                assertEquals(kept.more, rows.more(row));
                assertEquals(kept.turn, rows.turn(row));
                assertEquals(kept.marked, rows.isMarked(row));
            });
        }
    }

    /** On both sides of where what is more begins, see {@link RelayedMessages}. */
    @Test
    void the_distance_of_each_size_is_kept() {
        long[] numbers = {0, 1, 255, 256, 0x3_ffff, 0x4_0000, 0x7fff_ffff, 0x8000_0000L, 0xffff_fffeL};
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

    @Test
    void the_metric_of_each_size_is_kept() {
        long[] metrics = {0, 50, 0x7_fffe, 0x7_ffff, 0x8_0000, 0x7fff_ffff, 0x8000_0000L, FeasibilityDistance.MAX_METRIC
        };
        RelayedMessages messages = new RelayedMessages(RelayedMessages.PER_ORIGIN, 0);
        for (int i = 0; i < metrics.length; i++) {
            messages.handedOn(messages.remember(0, new NodeId(5), 1, i), PackedSeq.of(3, 4), metrics[i]);
        }
        for (int i = 0; i < metrics.length; i++) {
            int seen = messages.find(new NodeId(5), 1, i);
            assertTrue(messages.isDuplicate(seen, copy(3, 4, metrics[i])), "metric " + metrics[i]);
            if (metrics[i] > 0) {
                assertFalse(messages.isDuplicate(seen, copy(3, 4, metrics[i] - 1)), "metric " + metrics[i]);
            }
        }
    }

    /** The turn of a narrow row lies below bits of the extra. */
    @Test
    void a_turn_that_is_too_large_for_a_narrow_row_leaves_the_rest_as_it_is() {
        for (int turn = 12; turn < 20; turn++) {
            MessageRows rows = new MessageRows(turn);
            int row = rows.add(3, 7);
            rows.setExtra(row, EXTRA, 0);
            rows.setTurn(row, turn);

            assertEquals(turn, rows.turn(row));
            assertEquals(EXTRA, rows.extra(row), "turn " + turn);
            assertEquals(0, rows.more(row), "turn " + turn);
            assertFalse(rows.isMarked(row), "turn " + turn);
            assertEquals(3, rows.window(row), "turn " + turn);
        }
    }

    private static DataFields copy(long epoch, long count, long metric) {
        DataFields copy = new DataFields();
        copy.descent(new Seq(epoch, count), metric);
        return copy;
    }
}
