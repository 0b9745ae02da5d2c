package io.thicket.sim.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.agent.port.LinkListener;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.kernel.VirtualTimers;
import io.thicket.sim.scenario.Topology;
import io.thicket.sim.trace.Trace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimLinkTest {
    private final Simulation simulation = new Simulation();
    private final Medium medium = new Medium(simulation, new Seeds(1), new Trace(), 3);
    private final List<String> heard = new ArrayList<>();

    @Test
    void a_frame_and_its_reply_cross_with_their_exchange() {
        medium.connect(Topology.line(3), Path.GOOD);
        SimLink one = link(1);
        link(0);
        link(2);

        one.transmit(SimLink.addressOf(2), 4711, bytes("hello"));
        simulation.runUntil(10_000);
        link(2).reply(SimLink.addressOf(1), 4711, HopCode.CUSTODY, bytes("mine"));
        simulation.runUntil(20_000);

        assertEquals(List.of("2: frame from 1 exchange 4711 hello", "1: reply from 2 exchange 4711 mine"), heard);
    }

    @Test
    void a_frame_to_all_reaches_all_who_hear() {
        medium.connect(Topology.line(3), new Path(0, 0, 0, 1000, 0, 0));
        SimLink one = link(1);
        link(0);
        link(2);

        one.transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, bytes("hi"));
        simulation.runUntil(10_000);

        assertEquals(List.of("0: frame from 1 exchange -1 hi", "2: frame from 1 exchange -1 hi"), heard);
    }

    @Test
    void a_closed_link_hears_nothing_and_its_successor_does() {
        medium.connect(Topology.line(3), Path.GOOD);
        SimLink zero = link(0);
        SimLink one = link(1);

        one.close();
        zero.transmit(SimLink.addressOf(1), 1, bytes("lost"));
        simulation.runUntil(10_000);
        zero.transmit(SimLink.addressOf(1), 2, bytes("in the air"));
        link(1);
        one.close();
        simulation.runUntil(20_000);

        assertEquals(List.of("1: frame from 0 exchange 2 in the air"), heard);
    }

    @Test
    void a_link_that_is_down_neither_sends_nor_hears_and_says_so() {
        medium.connect(Topology.line(3), Path.GOOD);
        SimLink zero = link(0);
        SimLink one = link(1);

        one.change(new LinkInfo(SimLink.WIFI.linkClass(), 6000, 1200, false));
        one.transmit(SimLink.addressOf(0), 1, bytes("x"));
        zero.transmit(SimLink.addressOf(1), 2, bytes("y"));
        simulation.runUntil(10_000);

        assertEquals(List.of("1: up false"), heard);
        assertEquals("switched off by the scenario", one.problem());
    }

    @Test
    void noise_is_counted_and_dropped() {
        medium.connect(Topology.line(3), Path.GOOD);
        SimLink one = link(1);

        medium.unicast(0, 1, new byte[0]);
        medium.unicast(0, 1, new byte[] {1, 2, 3});
        simulation.runUntil(10_000);

        assertEquals(List.of(), heard);
        assertEquals(2, one.malformed());
    }

    @Test
    void addresses_are_node_numbers() {
        assertEquals(70_000, SimLink.nodeOf(SimLink.addressOf(70_000)));
        assertEquals(-1, SimLink.nodeOf(LinkAddress.of((byte) 1)));
    }

    private SimLink link(int node) {
        SimLink link = new SimLink(medium, node, new VirtualTimers(simulation, node, 0), SimLink.WIFI);
        link.start(new LinkListener() {
            @Override
            public void onFrame(LinkAddress from, int exchange, ByteBuffer sealed) {
                heard.add(node + ": frame from " + SimLink.nodeOf(from) + " exchange " + exchange + " " + text(sealed));
            }

            @Override
            public void onReply(LinkAddress from, int exchange, ByteBuffer sealed) {
                heard.add(node + ": reply from " + SimLink.nodeOf(from) + " exchange " + exchange + " " + text(sealed));
            }

            @Override
            public void onUnreachable(LinkAddress to) {
                heard.add(node + ": unreachable " + SimLink.nodeOf(to));
            }

            @Override
            public void onChange(LinkInfo info) {
                heard.add(node + ": up " + info.up());
            }
        });
        return link;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.US_ASCII.decode(bytes).toString();
    }
}
