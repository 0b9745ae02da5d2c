package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.engine.Peer.Bench;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeighborTableTest {
    private static final RoutingParameters WIFI = RoutingParameters.of(LinkClass.WIFI);
    private static final NodeId PEER = new NodeId(5);

    private final List<String> told = new ArrayList<>();
    private final Core core = TestCore.relay();
    private final Interface link = new Interface(
            Peer.LINK,
            new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true),
            WIFI,
            new Trickle(WIFI, new SplittableRandom(1), 0),
            0);
    private final NeighborTable table = new NeighborTable(core, new Noted());

    @BeforeEach
    void begin() {
        core.begin(1_000, new Bench());
    }

    @Test
    void a_late_answer_of_a_former_boot_does_not_bring_its_session_back() {
        Neighbor former = heard(1);
        table.proved(former);
        Neighbor present = heard(2);
        assertNotSame(former, present);
        told.clear();

        table.proved(former);
        table.failed(former, true, true);
        table.down(former);

        assertTrue(former.hasEnded());
        assertFalse(former.isUsable());
        assertTrue(former.isIn(NeighborState.DOWN));
        assertEquals(List.of(), told);
        assertEquals(List.of(present), List.copyOf(table.all()));
    }

    @Test
    void a_session_that_ended_is_not_swept() {
        Neighbor former = heard(1);
        table.proved(former);
        table.endSessions(PEER);
        told.clear();

        core.begin(1_000_000, new Bench());
        table.sweep();

        assertTrue(former.hasEnded());
        assertEquals(List.of(), told);
    }

    private Neighbor heard(int bootTag) {
        Neighbor heard = table.heard(table.find(PEER, Peer.LINK), PEER, bootTag, link, LinkAddress.of((byte) 1));
        assertNotNull(heard);
        return heard;
    }

    private final class Noted implements NeighborTable.Listener {
        @Override
        public void linkUsable(Neighbor neighbor) {
            told.add("usable");
        }

        @Override
        public void linkUnusable(Neighbor neighbor) {
            told.add("unusable");
        }

        @Override
        public void linkDown(Neighbor neighbor) {
            told.add("down");
        }

        @Override
        public void sessionEnded(Neighbor neighbor, boolean rebooted) {
            told.add("ended");
        }

        @Override
        public void sessionBegan(Neighbor neighbor) {
            told.add("began");
        }

        @Override
        public void shouldProbe(Neighbor neighbor) {
            told.add("probe");
        }
    }
}
