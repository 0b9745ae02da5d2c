package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Tell;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 2.7: what a full neighbour refuses takes room in the medium that its own frames need to get it empty. */
class FullNeighborTest {
    private static final NodeId GATEWAY = new NodeId(0x33);
    private static final HopResult FULL = new HopResult(HopCode.FULL, null, 200, 0);

    private final Bench bench = new Bench();
    private final Peer next = new Peer(bench, 1).join();
    private HopResult refusal = FULL;
    private final List<Long> askedAtMs = new ArrayList<>();

    @Test
    void one_that_stays_full_is_asked_ever_more_rarely() {
        hand(1);
        refuseUntil(30_000);

        assertTrue(askedAtMs.size() >= 10 && askedAtMs.size() <= 20, askedAtMs.toString());
        assertTrue(askedAtMs.get(2) - askedAtMs.get(0) <= 500, "a short jam costs nothing: " + askedAtMs);
    }

    @Test
    void once_it_takes_something_it_is_asked_soon_again() {
        hand(1);
        refuseUntil(10_000);
        while (next.acceptAll().isEmpty()) {
            bench.runTo(bench.now + 10);
        }
        askedAtMs.clear();
        hand(2);
        long fromMs = bench.now;
        refuseUntil(fromMs + 700);

        assertTrue(askedAtMs.size() >= 3, askedAtMs.toString());
    }

    @Test
    void what_goes_over_the_same_hop_to_others_does_not_wait() {
        NodeId other = new NodeId(0x44);
        next.unicast(new Tell(other, new Distance(new Seq(1, 10), 100), 2));
        hand(1);
        refuseUntil(10);
        assertEquals(1, askedAtMs.size());

        handFor(other, 2);

        assertEquals(
                List.of(Destination.node(other)),
                next.acceptAll().stream().map(Data::destination).toList(),
                "and the other one is not taken along");
    }

    @Test
    void what_it_takes_in_between_ends_the_doubling() {
        hand(1);
        handFor(GATEWAY, 2);
        refuseUntil(10_000);
        int asked = askedAtMs.size();
        assertTrue(askedAtMs.get(asked - 1) - askedAtMs.get(asked - 2) >= 1_600, askedAtMs.toString());
        while (exchangesWithNext().isEmpty()) {
            bench.runTo(bench.now + 10);
        }
        int queued = bench.router.queued();
        for (Bench.Sent frame : exchangesWithNext()) {
            HopResult[] results =
                    new HopResult[next.open(frame.frame(), frame.exchange()).size()];
            Arrays.fill(results, FULL);
            results[0] = HopResult.of(HopCode.CUSTODY);
            next.reply(frame.exchange(), results);
        }
        assertEquals(queued - 1, bench.router.queued());
        bench.sent.clear();
        askedAtMs.clear();
        long fromMs = bench.now;
        refuseUntil(fromMs + 2_000);

        assertTrue(
                !askedAtMs.isEmpty() && askedAtMs.get(0) - fromMs >= 200, "a pause from " + fromMs + ": " + askedAtMs);
        assertTrue(askedAtMs.size() >= 3, askedAtMs.toString());
    }

    @Test
    void one_that_takes_nothing_is_left_for_a_way_that_is_a_little_longer() {
        Peer longer = longerWay(10);
        hand(1);

        refuseUntilTakenBy(longer);

        assertTrue(bench.now >= 3_000 && bench.now < 10_000, "at " + bench.now);
        assertEquals(List.of(), bench.alarms, "it may just have too much to do");
    }

    @Test
    void how_long_it_asks_to_wait_does_not_keep_the_messages_there() {
        Peer longer = longerWay(10);
        refusal = new HopResult(HopCode.FULL, null, 10_000, 0);
        hand(1);

        refuseUntilTakenBy(longer);

        assertTrue(bench.now < 15_000, "at " + bench.now);
    }

    @Test
    void a_way_that_was_announced_newer_is_taken_at_once() {
        Peer longer = longerWay(11);
        hand(1);

        refuseUntilTakenBy(longer);

        assertTrue(bench.now < 10_000, "at " + bench.now);
    }

    @Test
    void a_frame_of_which_it_took_a_part_is_no_refusal() {
        Peer longer = longerWay(10);
        hand(1);
        refuseUntil(1_000);
        handFor(GATEWAY, 2);
        int partly = 0;
        while (bench.now < 8_000) {
            for (Bench.Sent frame : exchangesWithNext()) {
                int messages = next.open(frame.frame(), frame.exchange()).size();
                HopResult[] results = new HopResult[messages];
                Arrays.fill(results, FULL);
                if (messages > 1) {
                    results[0] = HopResult.of(HopCode.CUSTODY);
                    partly++;
                    handFor(GATEWAY, 2 + partly);
                }
                next.reply(frame.exchange(), results);
            }
            assertEquals(List.of(), longer.accept(List.copyOf(bench.sent)), "at " + bench.now);
            bench.sent.removeIf(frame -> frame.to().equals(next.address) && frame.exchange() != MeshRouter.NO_EXCHANGE);
            bench.runTo(bench.now + 10);
        }
        assertTrue(partly > 1, partly + " frames");
    }

    @Test
    void one_that_takes_something_in_between_is_not_left() {
        longerWay(10);
        int taken = 0;
        for (int number = 1; number <= 6; number++) {
            hand(number);
            refuseUntil(bench.now + 700);
            for (int ms = 0; ms < 5_000 && taken < number; ms += 10) {
                taken += next.acceptAll().size();
                bench.runTo(bench.now + 10);
            }
        }

        assertTrue(taken >= 6, taken + " taken");
    }

    /** A second way, whose advert is nearer than what the first one has with its link. */
    private Peer longerWay(int seq) {
        Peer longer = new Peer(bench, 2).join();
        next.hello(Peer.entry(GATEWAY, 10, 100));
        longer.hello(Peer.entry(GATEWAY, seq, 110));
        return longer;
    }

    private void hand(int number) {
        next.hello(Peer.entry(GATEWAY, 10, 100));
        bench.sent.clear();
        handFor(GATEWAY, number);
    }

    private void handFor(NodeId target, int number) {
        Peer previous = new Peer(bench, 20 + number).join();
        Data data = Peer.message(previous.id, number, 0, target, new Distance(new Seq(1, 10), 10_000));
        assertEquals(HopCode.CUSTODY, previous.data(number, data).code());
    }

    private void refuseUntilTakenBy(Peer other) {
        while (other.accept(List.copyOf(bench.sent)).isEmpty()) {
            assertTrue(bench.now < 30_000, "asked " + askedAtMs);
            refuseUntil(bench.now + 10);
        }
    }

    private void refuseUntil(long untilMs) {
        while (bench.now < untilMs) {
            for (Bench.Sent frame : exchangesWithNext()) {
                askedAtMs.add(bench.now);
                next.reply(frame.exchange(), refusal);
            }
            bench.sent.clear();
            bench.runTo(bench.now + 10);
        }
    }

    private List<Bench.Sent> exchangesWithNext() {
        return bench.sent.stream()
                .filter(frame -> frame.to().equals(next.address) && frame.exchange() != MeshRouter.NO_EXCHANGE)
                .toList();
    }
}
