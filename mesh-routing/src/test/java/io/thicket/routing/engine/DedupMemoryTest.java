package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How long messages that passed are remembered (2.7). */
final class DedupMemoryTest {
    private static final int PER_ORIGIN = 128;
    private static final long MEMORY_MS = 600_000;

    /** At this age a message is forgotten with the next one of any origin. */
    private static final long OVER_MS = MEMORY_MS * 16 / 15 + 20_000;

    private static final long BEGIN_MS = -5_000_000_000L; // a node's clock may begin anywhere
    private static final NodeId ORIGIN = new NodeId(7);

    private record Passed(long number, long atMs) {}

    private static RelayedMessages windows() {
        RelayedMessages windows = new RelayedMessages(PER_ORIGIN, 99);
        windows.rememberFor(BEGIN_MS, MEMORY_MS);
        return windows;
    }

    private static boolean knows(RelayedMessages windows, NodeId origin, long number) {
        return windows.find(origin, 1, number) != DedupWindows.UNKNOWN;
    }

    @Test
    void no_message_is_forgotten_too_early_and_the_forgotten_are_gone() {
        RelayedMessages windows = windows();
        SplittableRandom random = new SplittableRandom(5);
        Map<NodeId, ArrayDeque<Passed>> model = new HashMap<>();
        long nowMs = BEGIN_MS;
        for (long number = 1; number <= 30_000; number++) {
            nowMs += random.nextInt(40) == 0 ? random.nextLong(3 * MEMORY_MS) : random.nextLong(5_000);
            NodeId origin = new NodeId(random.nextInt(10));
            windows.remember(nowMs, origin, 1, number);
            ArrayDeque<Passed> its = model.computeIfAbsent(origin, unused -> new ArrayDeque<>());
            its.addLast(new Passed(number, nowMs));
            if (its.size() > PER_ORIGIN) {
                its.removeFirst();
            }
            for (Map.Entry<NodeId, ArrayDeque<Passed>> each : model.entrySet()) {
                for (Passed passed : each.getValue()) {
                    long ageMs = nowMs - passed.atMs;
                    boolean known = knows(windows, each.getKey(), passed.number);
                    assertTrue(known ? ageMs < OVER_MS : ageMs >= MEMORY_MS, known + " after " + ageMs + " ms");
                }
                each.getValue().removeIf(passed -> !knows(windows, each.getKey(), passed.number));
            }
        }
        assertEquals(model.values().stream().mapToInt(ArrayDeque::size).sum(), windows.size());
    }

    /** The outbox sends a message again in turns that begin minutes later: a copy of the last one was taken for new. */
    @Test
    void a_message_that_is_taken_again_is_remembered_from_then_on() {
        RelayedMessages windows = windows();
        SplittableRandom random = new SplittableRandom(6);
        Map<Long, Long> takenAtMs = new HashMap<>();
        long nowMs = BEGIN_MS;
        for (long number = 1; number <= 20_000; number++) {
            nowMs += random.nextLong(60_000);
            long again = Math.max(1, number - random.nextInt(20));
            for (long taken : new long[] {number, again}) {
                int row = windows.remember(nowMs, ORIGIN, 1, taken);
                windows.taken(row, 1);
                windows.handedOn(row, 0, Held.NO_DISTANCE);
                takenAtMs.put(taken, nowMs);
            }
            for (Map.Entry<Long, Long> each : takenAtMs.entrySet()) {
                long ageMs = nowMs - each.getValue();
                boolean known = knows(windows, ORIGIN, each.getKey());
                assertTrue(known ? ageMs < OVER_MS : ageMs >= MEMORY_MS, known + " after " + ageMs + " ms");
            }
            takenAtMs.keySet().removeIf(taken -> !knows(windows, ORIGIN, taken));
            assertEquals(takenAtMs.size(), windows.size());
        }
    }

    @Test
    void none_is_kept_for_long_however_rare_the_messages_are() {
        for (long everyS = 10;
                everyS < 3 * MEMORY_MS / 1_000;
                everyS += 10) { // with some of these times ticks have the same number again
            RelayedMessages windows = windows();
            for (long number = 1; number <= 100; number++) {
                windows.remember(BEGIN_MS + number * everyS * 1_000, ORIGIN, 1, number);
            }
            long kept = windows.size();
            assertTrue(kept <= OVER_MS / 1_000 / everyS + 1, kept + " are kept of one in " + everyS + " s");
        }
    }

    @Test
    void another_time_forgets_none_too_early() {
        RelayedMessages windows = windows();
        windows.remember(BEGIN_MS, ORIGIN, 1, 1);
        windows.rememberFor(BEGIN_MS + 1_000, MEMORY_MS / 2);
        windows.remember(BEGIN_MS + MEMORY_MS / 2, ORIGIN, 1, 2);
        windows.rememberFor(BEGIN_MS + MEMORY_MS / 2, MEMORY_MS);
        assertTrue(knows(windows, ORIGIN, 1));

        windows.remember(BEGIN_MS + MEMORY_MS, ORIGIN, 1, 3);
        assertTrue(knows(windows, ORIGIN, 2));
        windows.remember(BEGIN_MS + 3 * MEMORY_MS, ORIGIN, 1, 4);
        assertEquals(1, windows.size());
    }

    @Test
    void what_is_in_custody_is_not_forgotten_however_long_it_lasts() {
        RelayedMessages windows = windows();
        windows.taken(windows.remember(BEGIN_MS, ORIGIN, 1, 1), 0);
        for (long number = 2; number < PER_ORIGIN; number++) {
            windows.remember(BEGIN_MS + number * MEMORY_MS, ORIGIN, 1, number);
            assertTrue(windows.size() <= 4, windows.size() + " are kept for one that is held");
        }
        assertTrue(knows(windows, ORIGIN, 1));

        windows.handedOn(windows.find(ORIGIN, 1, 1), 0, Held.NO_DISTANCE);
        windows.remember(BEGIN_MS + (PER_ORIGIN + 3) * MEMORY_MS, ORIGIN, 1, PER_ORIGIN);
        assertEquals(1, windows.size());
    }

    @Test
    void without_a_time_all_are_kept_that_have_room() {
        ReceivedMessages received = new ReceivedMessages(PER_ORIGIN, 99);
        for (long number = 1; number <= PER_ORIGIN; number++) {
            received.remember(number * 86_400_000, ORIGIN, 1, number);
        }
        assertEquals(PER_ORIGIN, received.size());
    }

    @Test
    void a_relay_knows_a_copy_for_as_long_as_four_may_hold_it_and_not_for_ever() {
        Relay relay = new Relay();
        long memoryMs =
                RelayedMessages.HOLDERS * RoutingParameters.of(LinkClass.WIFI).queueAgeMs();
        relay.take(1);
        relay.liveTo(memoryMs - 30_000);
        relay.take(2);
        relay.take(1);
        assertEquals(1, relay.duplicates());

        relay.liveTo(3 * memoryMs);
        relay.take(3);
        relay.liveTo(5 * memoryMs);
        relay.take(4);
        relay.take(1);
        assertEquals(1, relay.duplicates());
    }

    /** A relay between two that live on. */
    private static final class Relay {
        private static final NodeId GATEWAY = new NodeId(0x1234);
        private static final long HELLO_MS = 1_000;

        private final Bench bench = new Bench();
        private final Peer next = new Peer(bench, 1).join();
        private final Peer previous = new Peer(bench, 2).join();
        private int seq;
        private int exchange;

        Relay() {
            hello();
        }

        private void hello() {
            answer();
            next.hello(Peer.entry(GATEWAY, ++seq, 100));
            previous.hello();
        }

        void liveTo(long untilMs) {
            while (bench.now < untilMs) {
                bench.runTo(bench.now + HELLO_MS);
                hello();
            }
        }

        void take(long number) {
            Distance descent = new Distance(new Seq(1, 1), 10_000);
            assertEquals(
                    HopCode.CUSTODY,
                    previous.data(++exchange, Peer.message(ORIGIN, number, 0, GATEWAY, descent))
                            .code());
            answer();
        }

        private void answer() {
            next.replyAll(HopResult.of(HopCode.CUSTODY));
            previous.replyAll(HopResult.of(HopCode.CUSTODY));
            bench.sent.clear();
        }

        long duplicates() {
            return bench.router.counter(RoutingCounter.DATA_DUPLICATES);
        }
    }
}
