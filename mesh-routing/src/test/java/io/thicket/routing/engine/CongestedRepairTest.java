package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rreq;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ways to one gateway broke while the link is full of messages for another one, and the best of those that are left refuses. */
class CongestedRepairTest {
    private static final NodeId GATEWAY = new NodeId(0x1234);
    private static final NodeId OTHER = new NodeId(0x5678);
    private static final int BACKLOG = 12;

    private final Bench bench = new Bench();
    private final Peer way = new Peer(bench, 1).join();
    private final Peer second = new Peer(bench, 2).join();
    private final Peer third = new Peer(bench, 3).join();
    private final Peer previous = new Peer(bench, 4).join();
    private final List<Peer> asked = new ArrayList<>();
    private final List<Long> askedAtMs = new ArrayList<>();
    private int messages;

    /** A hostile neighbour that announces the best way and takes no request was asked for ever, and the other one never. */
    @Test
    void another_one_is_asked_a_minute_later() {
        announce(true);
        bench.runTo(2_000);
        loadFor(40_000);
        announce(false);
        long lostAtMs = bench.now;

        for (int i = 0; i < 11; i++) {
            loadFor(20_000);
            announce(false);
        }

        assertTrue(asked.size() >= 2, "asked: " + askedAtMs);
        assertEquals(List.of(second, third), asked.subList(0, 2));
        assertTrue(askedAtMs.get(0) - lostAtMs >= 60_000, "ways come and go there: " + (askedAtMs.get(0) - lostAtMs));
        long apartMs = askedAtMs.get(1) - askedAtMs.get(0);
        assertTrue(apartMs >= 60_000 && apartMs <= 70_000, apartMs + " ms apart");
    }

    @Test
    void what_was_put_off_is_asked_for_as_soon_as_the_link_is_not_full_any_more() {
        announce(true);
        bench.runTo(2_000);
        loadFor(40_000);
        long endMs = bench.now;
        calmFor(30_000, true);

        calmFor(60_000, false);

        assertTrue(asked.size() >= 2, "asked: " + askedAtMs);
        assertEquals(List.of(second, third), asked.subList(0, 2));
        long afterMs = askedAtMs.get(0) - endMs;
        assertTrue(afterMs >= 55_000 && afterMs <= 65_000, "a minute after the load, 30 s after the loss: " + afterMs);
        assertTrue(askedAtMs.get(1) - askedAtMs.get(0) <= 2_000, "no pause between two: " + askedAtMs);
        assertTrue(asked.size() >= 4, "and again soon: " + askedAtMs);
    }

    private void calmFor(long ms, boolean hasWay) {
        long startMs = bench.now;
        while (bench.now < startMs + ms) {
            if ((bench.now - startMs) % 20_000 == 0) {
                announce(hasWay);
            }
            serve(false);
        }
    }

    private void announce(boolean hasWay) {
        if (hasWay) {
            way.hello(Peer.entry(GATEWAY, 10, 100), Peer.entry(OTHER, 10, 100));
        } else {
            way.hello(Peer.entry(OTHER, 10, 100));
        }
        second.hello(Peer.entry(GATEWAY, 10, 900));
        third.hello(Peer.entry(GATEWAY, 10, 1_000));
        previous.hello();
    }

    private void loadFor(long ms) {
        for (long end = bench.now + ms; bench.now < end; ) {
            serve(true);
        }
    }

    /** 200 ms, in which one frame goes; if {@code more}, as many messages come as go. */
    private void serve(boolean more) {
        while (more && messages < BACKLOG) {
            offer();
        }
        boolean taken = false;
        for (Bench.Sent frame : List.copyOf(bench.sent)) {
            if (frame.exchange() == MeshRouter.NO_EXCHANGE) {
                bench.sent.remove(frame);
            } else if (!taken || !frame.to().equals(way.address)) {
                taken |= frame.to().equals(way.address);
                bench.sent.remove(frame);
                int went = answer(peer(frame), frame);
                for (int i = 0; more && i < went; i++) {
                    offer();
                }
            }
        }
        bench.runTo(bench.now + 200);
    }

    private void offer() {
        messages++;
        Data data = Peer.message(new NodeId(100 + messages), 1, 0, OTHER, new Distance(new Seq(1, 10), 10_000));
        assertEquals(HopCode.CUSTODY, previous.data(1_000 + messages, data).code());
    }

    /** How many messages of data were in it. */
    private int answer(Peer peer, Bench.Sent frame) {
        List<HopResult> results = new ArrayList<>();
        int data = 0;
        for (MeshMessage message : peer.open(frame.frame(), frame.exchange())) {
            data += message instanceof Data ? 1 : 0;
            if (message instanceof Rreq) {
                asked.add(peer);
                askedAtMs.add(bench.now);
            }
            results.add(HopResult.of(message instanceof Rreq ? HopCode.FULL : HopCode.CUSTODY));
        }
        peer.reply(frame.exchange(), results.toArray(new HopResult[0]));
        return data;
    }

    private Peer peer(Bench.Sent frame) {
        for (Peer peer : List.of(way, second, third, previous)) {
            if (frame.to().equals(peer.address)) {
                return peer;
            }
        }
        throw new AssertionError("nobody has this address");
    }
}
