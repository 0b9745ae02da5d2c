package io.thicket.agent.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.routing.DropReason;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.SettleStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An outbox over a mesh that refuses, loses, answers late, and is healthy in the end. */
@Tag("any-jdk") // it only computes
class OutboxModelTest {
    private static final int SEEDS = 200;
    private static final long HEALTHY_WITHIN_MS = 130_000;

    static List<Arguments> seeds() {
        List<Arguments> all = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            all.add(Arguments.of(seed));
        }
        return all;
    }

    /** A narrow way costs nothing that a way that is gone would not cost. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void over_short_times_of_small_frames_every_reading_is_settled(long seed) {
        Mesh mesh = new Mesh(seed, 1_000);

        mesh.live(90_000);
        mesh.heal();

        mesh.live(HEALTHY_WITHIN_MS);
        assertEquals(0, mesh.outbox.size(), "left: " + mesh.outbox.keptSeqs());
        assertEquals(Set.of(), mesh.lostWithReason(LossReason.OUTBOX_FULL), "room for all");
        assertEquals(
                mesh.unsendable, mesh.lostWithReason(LossReason.TOO_LARGE), "only what fits no message is too large");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void however_long_it_lasts_and_however_full_it_is_each_reading_has_one_fate(long seed) {
        Mesh mesh = new Mesh(seed, 12);

        for (int i = 0; i < 3; i++) {
            mesh.sicken();
            mesh.live(400_000);
            mesh.heal();
            mesh.live(HEALTHY_WITHIN_MS);
            assertEquals(0, mesh.outbox.size(), "left: " + mesh.outbox.keptSeqs());
        }
    }

    /** A node does other things, too: so much is tried at one time, by one call or by answers that follow at once. */
    @ParameterizedTest(name = "refused by the node''s own link: {0}")
    @ValueSource(booleans = {true, false})
    void of_ten_thousand_that_are_held_back_few_are_tried_at_one_time(boolean byOwnLink) {
        Crowd crowd = new Crowd(10_000);
        crowd.byOwnLink = byOwnLink;

        int most = crowd.mostAskedAtOnce();

        assertTrue(most > 0 && most <= HeldBack.MAX_AGAIN + SendWindow.SIZE, most + " tried at one time");
    }

    /** Found by a reviewer: 367 messages a second, each refused, as long as it lasted. */
    @ParameterizedTest(name = "refused by the node''s own link: {0}")
    @ValueSource(booleans = {true, false})
    void ten_thousand_that_are_held_back_are_no_load(boolean byOwnLink) {
        Crowd crowd = new Crowd(10_000);
        crowd.byOwnLink = byOwnLink;
        int before = crowd.asked;

        crowd.step(60_000);

        int perMinute = crowd.asked - before;
        assertTrue(
                perMinute > 400 && perMinute <= 60 * (HeldBack.MAX_AGAIN + SendWindow.SIZE / 2),
                perMinute + " tries in a minute");
    }

    @Test
    void a_small_reading_does_not_wait_until_ten_thousand_large_ones_are_given_up() {
        Crowd crowd = new Crowd(10_000);
        crowd.byOwnLink = true;
        crowd.step(20_000);

        crowd.outbox.offer(crowd.nowMs, crowd.nowMs, "air", ofBytes(10));
        long seq = crowd.outbox.lastSeq();
        crowd.step(HeldBack.BURST_MS);
        crowd.step(HeldBack.BURST_MS);

        assertTrue(!crowd.outbox.keptSeqs().contains(seq), "it is settled");
    }

    /** Calls that ask nobody: a scan of all would cost twenty times as much. The median of many is no matter of chance. */
    @Test
    void twenty_times_as_much_that_is_held_back_makes_no_call_much_slower() {
        Crowd few = new Crowd(1_000);
        Crowd many = new Crowd(20_000);
        few.fillWindow();
        many.fillWindow();
        double least = Double.MAX_VALUE;

        for (int i = 0; i < 8 && least > 5; i++) {
            long fewNs = few.medianCallNs();
            least = Math.min(least, (double) many.medianCallNs() / fewNs);
        }

        assertTrue(least <= 5, "twenty times as many take " + least + " times as long");
    }

    @Test
    void ten_thousand_that_were_held_back_are_all_sent_when_the_way_is_wide_again() {
        Crowd crowd = new Crowd(10_000);

        crowd.tooLarge = false;
        long healedMs = crowd.nowMs;
        while (crowd.outbox.size() > 0 && crowd.nowMs - healedMs < HEALTHY_WITHIN_MS) {
            crowd.step(10);
        }

        assertEquals(0, crowd.outbox.size());
        assertEquals(0, crowd.lost);
    }

    private static List<SenmlRecord> ofBytes(int bytes) {
        int full = bytes / 1_000;
        List<SenmlRecord> records = new ArrayList<>(
                Collections.nCopies(full, new SenmlRecord("p", null, new SenmlValue.Text("x".repeat(1_000)), null)));
        records.add(new SenmlRecord("p", null, new SenmlValue.Text("x".repeat(bytes % 1_000)), null));
        return records;
    }

    /** Readings without number that a way of small frames refuses. */
    private static final class Crowd implements OutboxPort {
        private static final int CALLS = 51;
        private static final long ANSWER_MS = 10;

        private final Outbox outbox;
        private final Queue<Long> unsettled = new ArrayDeque<>();
        private final Queue<Long> refused = new ArrayDeque<>();
        private boolean tooLarge = true;
        private boolean byOwnLink;
        private final Set<Long> triedAlone = new HashSet<>();
        private boolean mute;
        private long nowMs;
        private long numbers;
        private int asked;
        private int lost;

        Crowd(int readings) {
            outbox = new Outbox(
                    "n1", 7, 0, new OutboxLimits(readings, Long.MAX_VALUE / 2), this, new SplittableRandom(1));
            for (int i = 0; i < readings; i++) {
                outbox.offer(nowMs, nowMs, "air", ofBytes(300));
                if (i % 10 == 0) {
                    step(1);
                }
            }
            for (int i = 0; i < 2_000 && triedAlone.size() < readings; i++) {
                step(100);
            }
            assertEquals(0, lost);
            assertEquals(readings, triedAlone.size(), "all are held back");
        }

        /** Time passes, and what the mesh has to say is said within 10 ms. */
        void step(long ms) {
            for (long left = ms; left > 0; left -= ANSWER_MS) {
                nowMs += Math.min(left, ANSWER_MS);
                answerAll();
            }
        }

        private void answerAll() {
            while (outbox.nextDeadlineMs() <= nowMs) {
                outbox.onDeadline(nowMs);
                assertTrue(outbox.nextDeadlineMs() > nowMs, "a deadline that has passed");
                answer();
            }
            answer();
        }

        private void answer() {
            for (int left = refused.size(); left > 0; left--) {
                outbox.onDropped(nowMs, refused.remove(), DropReason.TOO_LARGE);
            }
            for (int left = unsettled.size(); left > 0; left--) {
                outbox.onSettled(nowMs, unsettled.remove(), SettleStatus.BROKER_ACKED);
            }
        }

        int mostAskedAtOnce() {
            int most = 0;
            for (int i = 0; i < 300; i++) {
                nowMs += 10;
                int before = asked;
                if (i % 100 == 0) {
                    outbox.askNow(nowMs);
                }
                outbox.onDeadline(nowMs);
                while (!refused.isEmpty() || !unsettled.isEmpty()) {
                    answer();
                }
                most = Math.max(most, asked - before);
            }
            return most;
        }

        /** From now on nobody answers, and so nothing more is sent. */
        void fillWindow() {
            mute = true;
            for (int i = 0; i < SendWindow.SIZE; i++) {
                outbox.offer(nowMs, nowMs, "air", ofBytes(10));
            }
        }

        /** Of a round of calls: a reading comes and the oldest goes, settlements of nothing known, a deadline that is none. */
        long medianCallNs() {
            List<SenmlRecord> small = ofBytes(10);
            long[] took = new long[CALLS];
            for (int i = 0; i < CALLS; i++) {
                long startNs = System.nanoTime();
                for (int k = 0; k < 8; k++) {
                    outbox.onSettled(nowMs, 1_000_000_000L + i, SettleStatus.DUPLICATE);
                    outbox.onDropped(nowMs, 1_000_000_000L + i, DropReason.TOO_LARGE);
                    outbox.offer(nowMs, nowMs, "air", small);
                    outbox.onDeadline(nowMs);
                    outbox.nextDeadlineMs();
                }
                took[i] = System.nanoTime() - startNs;
            }
            Arrays.sort(took);
            return took[CALLS / 2];
        }

        @Override
        public int maxPayloadBytes() {
            return 1_000;
        }

        @Override
        public long send(ReadingBatch batch, long repeats, int turn) {
            asked++;
            if (batch.readings().size() == 1) {
                triedAlone.add(batch.readings().get(0).seq());
            }
            boolean fits = !tooLarge || ReadingBatchCodec.encode(batch).length <= 200;
            if (!fits && byOwnLink) {
                return MeshRouter.Refusal.TOO_LARGE;
            }
            long number = repeats != 0 ? repeats : ++numbers;
            if (!mute) {
                (fits ? unsettled : refused).add(number);
            }
            return number;
        }

        @Override
        public long wallTimeMs() {
            return 1_795_314_600_000L + nowMs;
        }

        @Override
        public void lost(long epoch, long seq, LossReason reason) {
            lost++;
        }

        @Override
        public void settled(long epoch, long seq) {}

        @Override
        public void repeated() {}
    }

    /** A mesh with a will of its own, and the books about each reading. */
    private static final class Mesh implements OutboxPort {
        private static final int WIDE_BYTES = 1_000;

        private final SplittableRandom random;
        private final Outbox outbox;
        private final NavigableMap<Long, List<Runnable>> events = new TreeMap<>();
        /** What the outbox was asked to keep, and what became of it. */
        private final Map<Long, String> fates = new LinkedHashMap<>();

        private final Map<Long, List<Long>> seqsOf = new HashMap<>();
        /** The number that each reading bore last, and those of them that have ended. */
        private final Map<Long, Long> numberOf = new HashMap<>();

        private final Set<Long> ended = new HashSet<>();
        private final Set<Long> calledTooLarge = new HashSet<>();
        private final Set<Long> unsendable = new HashSet<>();

        private boolean ill = true;
        private int linkBytes = WIDE_BYTES;
        private int pathBytes = WIDE_BYTES;
        private int toldBytes = WIDE_BYTES;
        private long refusal;
        private long nowMs = 1_000_000;
        private long epoch = 7;
        private long numbers;

        Mesh(long seed, int room) {
            random = new SplittableRandom(seed);
            outbox = new Outbox("n1", epoch, 100, new OutboxLimits(room, 3_600_000), this, random.split());
        }

        /** So long things happen. */
        void live(long ms) {
            long untilMs = nowMs + ms;
            while (nowMs < untilMs) {
                long nextMs = Math.min(untilMs, nowMs + random.nextLong(1, 3_000));
                nextMs = Math.min(nextMs, outbox.nextDeadlineMs());
                if (!events.isEmpty()) {
                    nextMs = Math.min(nextMs, events.firstKey());
                }
                nowMs = Math.max(nowMs, nextMs);
                if (outbox.nextDeadlineMs() <= nowMs) {
                    outbox.onDeadline(nowMs);
                    check();
                }
                while (!events.isEmpty() && events.firstKey() <= nowMs) {
                    events.pollFirstEntry().getValue().forEach(Runnable::run);
                }
                if (ill) {
                    something();
                    check();
                }
            }
        }

        void heal() {
            ill = false;
            linkBytes = WIDE_BYTES;
            pathBytes = WIDE_BYTES;
            toldBytes = WIDE_BYTES;
            refusal = 0;
        }

        void sicken() {
            ill = true;
        }

        private void something() {
            switch (random.nextInt(16)) {
                case 0 -> linkBytes = random.nextInt(60, WIDE_BYTES);
                case 1 -> pathBytes = random.nextInt(60, WIDE_BYTES);
                case 2 -> toldBytes = random.nextInt(60, WIDE_BYTES);
                case 3 -> linkBytes = WIDE_BYTES;
                case 4 -> refusal = random.nextBoolean() ? MeshRouter.Refusal.FULL : MeshRouter.Refusal.NO_ROUTE;
                case 5, 6 -> refusal = 0;
                case 7 -> outbox.onReady(nowMs);
                case 8 -> {
                    if (random.nextInt(10) == 0) {
                        outbox.askNow(nowMs);
                    }
                }
                case 9 -> outbox.onSettled(nowMs, random.nextLong(1, numbers + 3), SettleStatus.DUPLICATE);
                case 10 -> {
                    if (random.nextInt(10) == 0) {
                        outbox.renumber(++epoch);
                    }
                }
                default -> offer();
            }
        }

        private void offer() {
            int bytes = random.nextInt(50) == 0 ? 17_000 : random.nextInt(1, 700);
            long seq = outbox.lastSeq() + 1;
            fates.put(seq, "kept");
            if (bytes > ReadingBatchCodec.MAX_BYTES) {
                unsendable.add(seq);
            }
            assertEquals(seq, outbox.offer(nowMs, nowMs, "air", ofBytes(bytes)));
        }

        private void check() {
            assertTrue(outbox.nextDeadlineMs() > nowMs, "a deadline that has passed");
            List<Long> kept = new ArrayList<>();
            fates.forEach((seq, fate) -> {
                if (fate.equals("kept")) {
                    kept.add(seq);
                }
            });
            assertEquals(kept, outbox.keptSeqs());
            Set<Long> inFlight = new HashSet<>();
            Set<Long> retries = new HashSet<>();
            for (long seq : kept) {
                Long number = numberOf.get(seq);
                if (number != null && !ended.contains(number)) {
                    inFlight.add(number);
                    if (calledTooLarge.contains(seq)) {
                        retries.add(number);
                    }
                }
            }
            assertTrue(inFlight.size() <= SendWindow.SIZE, inFlight.size() + " messages in flight");
            assertTrue(
                    retries.size() <= SendWindow.SIZE / 2, retries.size() + " messages in flight that were too large");
        }

        Set<Long> lostWithReason(LossReason reason) {
            Set<Long> all = new HashSet<>();
            fates.forEach((seq, fate) -> {
                if (fate.equals(reason.name())) {
                    all.add(seq);
                }
            });
            return all;
        }

        @Override
        public int maxPayloadBytes() {
            return Math.min(linkBytes, toldBytes);
        }

        @Override
        public long send(ReadingBatch batch, long repeats, int turn) {
            int bytes = ReadingBatchCodec.encode(batch).length;
            List<Long> seqs =
                    batch.readings().stream().map(ReadingBatch.Reading::seq).toList();
            for (long seq : seqs) {
                assertEquals("kept", fates.get(seq), "what is sent");
                assertTrue(seqs.size() == 1 || !calledTooLarge.contains(seq), "it travels alone");
            }
            assertTrue(turn <= Delivery.MAX_TURNS, "turn " + turn);
            if (bytes > linkBytes) {
                if (seqs.size() == 1) {
                    calledTooLarge.add(seqs.get(0));
                }
                ended.add(repeats);
                return MeshRouter.Refusal.TOO_LARGE;
            }
            if (refusal != 0) {
                return refusal;
            }
            long number = repeats != 0 ? repeats : ++numbers;
            assertTrue(repeats == 0 || seqs.stream().allMatch(seq -> numberOf.get(seq) == repeats), "its own number");
            seqsOf.put(number, seqs);
            if (turn == Delivery.MAX_TURNS) {
                ended.add(number); // it may be given up for a new one at any time
            } else {
                ended.remove(number);
            }
            seqs.forEach(seq -> numberOf.put(seq, number));
            answer(number, bytes);
            return number;
        }

        private void answer(long number, int bytes) {
            long soonMs = nowMs + random.nextLong(1, 100);
            if (bytes > pathBytes) {
                at(soonMs, () -> {
                    toldBytes = pathBytes;
                    drop(number, DropReason.TOO_LARGE);
                });
                if (random.nextInt(10) == 0) { // a copy got there on another way
                    at(nowMs + random.nextLong(1, 40_000), () -> settle(number, SettleStatus.BROKER_ACKED));
                }
            } else if (!ill || random.nextInt(10) < 6) {
                at(soonMs, () -> settle(number, SettleStatus.BROKER_ACKED));
            } else if (random.nextInt(3) == 0) {
                at(soonMs, () -> drop(number, DropReason.TOO_OLD));
            } else if (random.nextInt(10) == 0) {
                at(soonMs, () -> settle(number, SettleStatus.REFUSED));
            } // else nobody answers
        }

        private void at(long ms, Runnable event) {
            events.computeIfAbsent(ms, key -> new ArrayList<>()).add(event);
        }

        private void drop(long number, DropReason reason) {
            if (reason == DropReason.TOO_LARGE) {
                List<Long> seqs = seqsOf.getOrDefault(number, List.of());
                ended.add(number);
                if (seqs.size() == 1) {
                    calledTooLarge.add(seqs.get(0));
                }
            }
            outbox.onDropped(nowMs, number, reason);
            check();
        }

        private void settle(long number, SettleStatus status) {
            List<Long> seqs = seqsOf.getOrDefault(number, List.of());
            long seq = seqs.size() == 1 ? seqs.get(0) : 0;
            boolean counts = "kept".equals(fates.get(seq))
                    && calledTooLarge.contains(seq)
                    && numberOf.getOrDefault(seq, 0L) == number;
            ended.add(number);
            outbox.onSettled(nowMs, number, status);
            check();
            if (counts) {
                assertEquals(status == SettleStatus.REFUSED ? "REFUSED" : "settled", fates.get(seq), "however late");
            }
        }

        @Override
        public long wallTimeMs() {
            return 1_795_314_600_000L + nowMs;
        }

        @Override
        public void lost(long itsEpoch, long seq, LossReason reason) {
            assertEquals("kept", fates.put(seq, reason.name()), "fate of " + seq);
        }

        @Override
        public void settled(long itsEpoch, long seq) {
            assertEquals("kept", fates.put(seq, "settled"), "fate of " + seq);
        }

        @Override
        public void repeated() {}
    }
}
