package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.MeshMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** HELLOs beside the regular ones: told several times, called for until found, and not at all for a metric that swings. */
class GatewayNewsTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);

    /** By then the intervals are the longest ones. */
    private static final long SETTLED_MS = 300_000;

    private final Bench bench = new Bench();
    private final Peer way = new Peer(bench, 1).join();
    private final Peer ignorant = new Peer(bench, 2).join();
    private final List<Long> helloAtMs = new ArrayList<>();

    /** The one neighbour offers the gateway, the other says by each HELLO that it knows none. */
    private void settle() {
        for (long ms = 0; ms <= SETTLED_MS; ms += 20_000) {
            run(ms);
            way.hello(Peer.entry(GATEWAY, 10, 100));
            ignorant.hello(Peer.entry(GATEWAY, 10, 400));
        }
        run(SETTLED_MS + 5_000);
        helloAtMs.clear();
    }

    @Test
    void a_neighbour_that_names_no_gateway_is_told_several_times() {
        settle();
        ignorant.hello();

        run(bench.now + 20_000);

        assertTrue(helloAtMs.size() >= 4, "HELLOs after " + helloAtMs);
    }

    /** It says so itself with lifetime 0, in each HELLO: that is no way to the broker. */
    @Test
    void a_gateway_whose_uplink_is_down_is_told_of_another_one() {
        settle();
        ignorant.hello(new GatewayEntry(ignorant.id, new Seq(1, 10), 0, 0, false, false, true, 0, 0, 1_200, null));

        run(bench.now + 20_000);

        assertTrue(helloAtMs.size() >= 4, "HELLOs after " + helloAtMs);
    }

    @Test
    void once_it_names_one_it_is_not_told_again() {
        settle();
        ignorant.hello();
        run(bench.now + 2_500);
        ignorant.hello(Peer.entry(GATEWAY, 10, 400));
        helloAtMs.clear();

        run(bench.now + 20_000);

        assertTrue(helloAtMs.size() <= 1, "HELLOs after " + helloAtMs);
    }

    @Test
    void one_that_never_learns_makes_no_more_hellos_than_it_says() {
        settle();
        long start = bench.now;
        for (int i = 1; i <= 10; i++) {
            ignorant.hello();
            run(start + i * 60_000L);
            way.hello(Peer.entry(GATEWAY, 10, 100));
        }

        // One regular and one answer for each of its own ten, and once four more.
        assertTrue(helloAtMs.size() <= 26, "HELLOs: " + helloAtMs.size());
    }

    @Test
    void who_lost_its_way_calls_until_it_has_one() {
        settle();
        way.hello(); // it does not offer the gateway any more
        ignorant.hello();

        run(bench.now + 20_000);
        assertTrue(helloAtMs.size() >= 4, "HELLOs after " + helloAtMs);

        way.hello(Peer.entry(GATEWAY, 11, 100));
        ignorant.hello(Peer.entry(GATEWAY, 11, 400));
        run(bench.now + 5_000);
        helloAtMs.clear();
        run(bench.now + 25_000);
        assertTrue(helloAtMs.size() <= 1, "HELLOs after it was found: " + helloAtMs);
    }

    @Test
    void without_messages_the_calls_end() {
        silence();
        helloAtMs.clear();

        run(bench.now + 600_000);

        assertTrue(helloAtMs.size() <= 11, "HELLOs: " + helloAtMs.size());
    }

    @Test
    void a_message_for_a_gateway_makes_them_go_on() {
        silence();
        helloAtMs.clear();
        for (int i = 0; i < 20; i++) {
            bench.router.send(
                    bench.now,
                    Destination.GATEWAY,
                    PayloadType.READINGS,
                    Priority.NORMAL,
                    60_000,
                    true,
                    0,
                    0,
                    ByteBuffer.wrap(new byte[] {1}),
                    bench);
            run(bench.now + 30_000);
        }

        assertTrue(helloAtMs.size() >= 16, "HELLOs: " + helloAtMs.size());
    }

    @Test
    void a_metric_that_swings_costs_few_hellos_and_no_shorter_intervals() {
        settle();
        long start = bench.now;
        for (int i = 0; i < 60; i++) {
            way.hello(Peer.entry(GATEWAY, 10 + i, i % 2 == 0 ? 1_000 : 100));
            ignorant.hello(Peer.entry(GATEWAY, 10 + i, 4_000));
            run(start + i * 10_000L);
        }

        // Ten minutes: ten regular ones, three at once, and one in two minutes more.
        assertTrue(helloAtMs.size() <= 20, "HELLOs: " + helloAtMs.size());
    }

    /** An insider that asks by HELLOs time after time, with a gateway in every other one or not, is answered ever less. */
    @Test
    void one_that_asks_all_the_time_is_not_answered_all_the_time() {
        assertTrue(hellosWhile(1_000, i -> ignorant.hello()) <= MANY);
    }

    @Test
    void one_that_knows_a_gateway_every_other_time_is_not_told_each_time() {
        assertTrue(hellosWhile(5_000, i -> {
                    if (i % 2 == 0) {
                        ignorant.hello();
                    } else {
                        ignorant.hello(Peer.entry(GATEWAY, 11 + i / 20, 400));
                    }
                })
                <= MANY);
    }

    @Test
    void a_gateway_that_accepts_every_other_time_makes_no_flood_of_hellos() {
        assertTrue(hellosWhile(1_000, i -> ignorant.hello(entry(i % 2 == 0))) <= MANY);
    }

    @Test
    void a_way_that_comes_and_goes_makes_ever_fewer_calls() {
        ignorantOffers = true;
        assertTrue(hellosWhile(2_000, i -> {
                    if (i % 2 == 0) {
                        way.hello();
                    } else {
                        way.hello(Peer.entry(GATEWAY, 100 + i, 100));
                    }
                })
                <= MANY);
    }

    /** Of ten minutes: ten regular ones, and what a few answers and news of each kind are, six in a minute. */
    private static final int MANY = 70;

    private boolean ignorantOffers;

    /** In ten minutes of what one neighbour does every {@code periodMs}. */
    private int hellosWhile(int periodMs, IntConsumer says) {
        settle();
        long start = bench.now;
        for (int i = 0; i < 600_000 / periodMs; i++) {
            if (i * periodMs % 10_000 == 0) {
                (ignorantOffers ? ignorant : way).hello(Peer.entry(GATEWAY, 11 + i * periodMs / 100_000, 100));
            }
            says.accept(i);
            run(start + (i + 1L) * periodMs);
        }
        System.out.println("HELLOs in ten minutes: " + helloAtMs.size());
        return helloAtMs.size();
    }

    private static GatewayEntry entry(boolean accepting) {
        return new GatewayEntry(new NodeId(0x999), new Seq(1, 10), 50, 1, true, false, accepting, 750, 0, 1_200, null);
    }

    /** Neighbours, but nobody knows a gateway. */
    private void silence() {
        for (long ms = 0; ms <= SETTLED_MS; ms += 20_000) {
            run(ms);
            way.hello();
            ignorant.hello();
        }
    }

    /** Notes when HELLOs go out; probes are answered. */
    private void run(long untilMs) {
        while (bench.now < untilMs) {
            bench.runTo(Math.min(untilMs, bench.now + 20));
            for (Bench.Sent frame : bench.sent) {
                if (frame.to().equals(LinkAddress.ALL)) {
                    for (MeshMessage message : way.open(frame.frame(), frame.exchange())) {
                        if (message instanceof Hello) {
                            helloAtMs.add(bench.now);
                        }
                    }
                }
            }
            List<Bench.Sent> frames = List.copyOf(bench.sent);
            bench.sent.clear();
            way.accept(frames);
            ignorant.accept(frames);
        }
    }
}
