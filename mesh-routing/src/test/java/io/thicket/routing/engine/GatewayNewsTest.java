package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.GatewayEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 2.5: a gateway whose uplink comes or goes is told on at once, also on the links on which it was not heard. */
class GatewayNewsTest {
    private static final NodeId GATEWAY = new NodeId(0x77);
    private static final LinkId OTHER = new LinkId(1);

    private static final class TwoLinks extends Peer.Bench {
        final List<Long> helloAtMs = new ArrayList<>();

        TwoLinks() {
            router.onLink(0, OTHER, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), this);
        }

        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            super.transmit(link, toOrAll, exchange, sealed);
            if (link.equals(OTHER) && toOrAll.equals(LinkAddress.ALL)) {
                helloAtMs.add(now);
            }
        }
    }

    @Test
    void the_end_and_the_return_of_an_uplink_are_told_on_the_other_links_within_a_second() {
        TwoLinks bench = new TwoLinks();
        Peer next = new Peer(bench, 1).join();
        for (int i = 0; i < 60; i++) { // news of routes, more than may be told
            next.hello(entry(10, i % 2 == 0 ? 100 : 300, true));
            bench.runTo(bench.now + 3_000);
        }

        assertEquals(1, hellosAfter(bench, () -> next.hello(entry(11, 100, false))));
        bench.runTo(bench.now + 5_000);
        next.hello(entry(11, 100, false));
        assertEquals(1, hellosAfter(bench, () -> next.hello(entry(12, 100, true))));
    }

    private static int hellosAfter(TwoLinks bench, Runnable news) {
        bench.helloAtMs.clear();
        news.run();
        bench.runTo(bench.now + 1_000);
        assertTrue(bench.helloAtMs.size() <= 1, bench.helloAtMs.toString());
        return bench.helloAtMs.size();
    }

    private static GatewayEntry entry(long count, long metric, boolean uplink) {
        return new GatewayEntry(
                GATEWAY, new Seq(1, count), metric, 1, uplink, false, true, uplink ? 750 : 0, 0, 1_200, null);
    }
}
