package io.thicket.agent.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.node.ManualTimers;
import io.thicket.agent.port.LinkListener;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be tested without a second host; the rest is in {@code UdpLinkNamespaceTest}. */
class UdpLinkTest {
    private final ManualTimers timers = new ManualTimers();

    @Test
    void missing_interface_is_a_problem_and_is_looked_for_again() {
        UdpLink link = new UdpLink(
                new UdpLinkSettings("mesh", "no-such-if0", LinkClass.WIFI, 6000, 5690, IpVersion.AUTO), timers);
        List<LinkInfo> changes = new ArrayList<>();

        link.start(new Changes(changes));

        assertEquals("there is no interface no-such-if0", link.problem());
        assertFalse(link.info().up());
        assertEquals(List.of(), changes);
        assertEquals(1, timers.waiting());
        timers.advance(2 * DatagramLink.CHECK_MS);
        assertEquals(1, timers.waiting());
        link.close();
        assertEquals(0, timers.waiting());
    }

    @Test
    void frames_for_a_link_that_is_down_are_counted() {
        UdpLink link = new UdpLink(
                new UdpLinkSettings("mesh", "no-such-if0", LinkClass.WIFI, 6000, 5690, IpVersion.AUTO), timers);
        link.start(new Changes(new ArrayList<>()));

        link.transmit(LinkAddress.ALL, MeshRouter.NO_EXCHANGE, ByteBuffer.allocate(10));

        assertEquals(1, link.counts().get(LinkCounter.SEND_WHILE_DOWN));
        link.close();
    }

    @Test
    void frame_to_all_cannot_ask_for_a_reply() {
        UdpLink link = new UdpLink(
                new UdpLinkSettings("mesh", "no-such-if0", LinkClass.WIFI, 6000, 5690, IpVersion.AUTO), timers);

        assertThrows(IllegalArgumentException.class, () -> link.transmit(LinkAddress.ALL, 1, ByteBuffer.allocate(10)));
    }

    @Test
    void addresses_survive_the_way_through_a_link_address() throws Exception {
        byte[] linkLocal = InetAddress.getByName("fe80::1:2:3").getAddress();
        InetSocketAddress ipv6 = new InetSocketAddress(InetAddress.getByAddress(linkLocal), 5690);
        InetSocketAddress ipv4 = new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 65_535);

        assertEquals(ipv6, UdpAddress.toSocket(UdpAddress.toLink(ipv6), 3));
        assertEquals(ipv4, UdpAddress.toSocket(UdpAddress.toLink(ipv4), 3));
        assertTrue(UdpAddress.toSocket(UdpAddress.toLink(ipv6), 3).toString().contains("%3"));
        assertThrows(IllegalArgumentException.class, () -> UdpAddress.toSocket(LinkAddress.of((byte) 1), 0));
    }

    private record Changes(List<LinkInfo> seen) implements LinkListener {
        @Override
        public void onFrame(LinkAddress from, int exchange, ByteBuffer sealed) {}

        @Override
        public void onReply(LinkAddress from, int exchange, ByteBuffer sealed) {}

        @Override
        public void onUnreachable(LinkAddress to) {}

        @Override
        public void onChange(LinkInfo info) {
            seen.add(info);
        }
    }
}
