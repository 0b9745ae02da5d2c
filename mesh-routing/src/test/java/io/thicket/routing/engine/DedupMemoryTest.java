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
    private static final long UNIT_MS = 4_096;
    private static final long MEMORY_MS = 600_000;
    private static final NodeId ORIGIN = new NodeId(7);

    private record Passed(long number, long atMs) {}

    private static RelayedMessages windows() {
        RelayedMessages windows = new RelayedMessages(PER_ORIGIN, 99);
        windows.rememberFor(MEMORY_MS);
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
        Map<NodeId, Long> lastMs = new HashMap<>();
        long nowMs = -5_000_000_000L; // a node's clock may begin anywhere
        for (long number = 1; number <= 30_000; number++) {
            nowMs += random.nextInt(40) == 0 ? random.nextLong(MEMORY_MS) : random.nextLong(5_000);
            NodeId origin = new NodeId(random.nextInt(10));
            windows.remember(nowMs, origin, 1, number);
            ArrayDeque<Passed> its = model.computeIfAbsent(origin, unused -> new ArrayDeque<>());
            its.addLast(new Passed(number, nowMs));
            if (its.size() > PER_ORIGIN) {
                its.removeFirst();
            }
            lastMs.put(origin, nowMs);
            for (Passed each : its) {
                if (lastMs.get(origin) - each.atMs < MEMORY_MS) {
                    assertTrue(knows(windows, origin, each.number), "forgotten after " + (nowMs - each.atMs) + " ms");
                }
            }
            its.removeIf(each -> !knows(windows, origin, each.number));
        }
        assertEquals(model.values().stream().mapToInt(ArrayDeque::size).sum(), windows.size());
    }

    @Test
    void of_a_message_a_minute_twenty_or_so_are_kept_and_not_all() {
        RelayedMessages windows = windows();
        int most = 0;
        for (long minute = 1; minute <= 1_000; minute++) {
            windows.remember(minute * 60_000, ORIGIN, 1, minute);
            most = Math.max(most, windows.size());
        }

        assertTrue(most <= 2 * MEMORY_MS / 60_000 + 2, most + " are kept");
        assertTrue(windows.size() >= MEMORY_MS / 60_000, windows.size() + " are kept");
    }

    @Test
    void what_is_in_custody_is_not_forgotten_however_long_it_lasts() {
        RelayedMessages windows = windows();
        windows.taken(windows.remember(0, ORIGIN, 1, 1), 0);
        for (long number = 2; number < PER_ORIGIN; number++) {
            windows.remember(number * MEMORY_MS, ORIGIN, 1, number);
        }
        assertTrue(knows(windows, ORIGIN, 1));

        windows.handedOn(windows.find(ORIGIN, 1, 1), 0, Held.NO_DISTANCE);
        windows.remember(PER_ORIGIN * MEMORY_MS + UNIT_MS, ORIGIN, 1, PER_ORIGIN);
        windows.remember((PER_ORIGIN + 2) * MEMORY_MS, ORIGIN, 1, PER_ORIGIN + 1);
        assertEquals(2, windows.size());
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
