package io.thicket.agent.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.security.SealCipher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On loopback over IPv4, where every address of 127.0.0.0/8 is a neighbour. */
class MulticastEarTest {
    private static final int PORT = 5697;
    private static final UdpLinkSettings LOOPBACK =
            new UdpLinkSettings("lo", "lo", LinkClass.ETHERNET, 100_000, PORT, IpVersion.IPV4);
    private static final long LISTEN_MS = 300;

    @Test
    void frames_are_counted_by_network_and_sender() throws IOException {
        try (MulticastEar ear = MulticastEar.open(LOOPBACK);
                MulticastEar another = MulticastEar.open(LOOPBACK)) {
            say("127.0.0.2", frame(cipher("ours", 1)));
            say("127.0.0.3", frame(cipher("ours", 1)));
            say("127.0.0.3", frame(cipher("ours", 1)));
            say("127.0.0.4", frame(cipher("theirs", 2)));
            int ours = Byte.toUnsignedInt(cipher("ours", 1).keyId());
            int theirs = Byte.toUnsignedInt(cipher("theirs", 2).keyId());

            Map<Integer, MulticastEar.Network> heard = ear.listen(LISTEN_MS);

            assertEquals(Set.of(ours, theirs), heard.keySet());
            assertEquals(new MulticastEar.Network(ours, 3, Set.of(ip("127.0.0.2"), ip("127.0.0.3"))), heard.get(ours));
            assertEquals(new MulticastEar.Network(theirs, 1, Set.of(ip("127.0.0.4"))), heard.get(theirs));
            assertEquals(heard, another.listen(LISTEN_MS), "a running node would miss something");
        }
    }

    @Test
    void what_is_no_frame_is_not_counted() throws IOException {
        try (MulticastEar ear = MulticastEar.open(LOOPBACK)) {
            say("127.0.0.2", ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8)));
            say("127.0.0.2", new HopEnvelope().frame(1, false, ByteBuffer.wrap(new byte[] {7, 7, 7})));
            say("127.0.0.1", frame(cipher("ours", 1)));

            assertEquals(Map.of(), ear.listen(LISTEN_MS));
        }
    }

    @Test
    void a_taken_mesh_port_is_noticed() throws IOException {
        MulticastEar.requireFreePort(LOOPBACK);
        try (DatagramChannel other = DatagramChannel.open(StandardProtocolFamily.INET)) {
            other.bind(new InetSocketAddress("127.0.0.1", PORT));

            assertThrows(IOException.class, () -> MulticastEar.requireFreePort(LOOPBACK));
        }
    }

    @Test
    void an_interface_that_is_missing_is_one_sentence() {
        UdpLinkSettings missing = new UdpLinkSettings("x", "nonesuch0", LinkClass.WIFI, 6_000, PORT, IpVersion.AUTO);

        IOException problem = assertThrows(IOException.class, () -> MulticastEar.open(missing));

        assertEquals("there is no interface nonesuch0", problem.getMessage());
    }

    private static InetAddress ip(String text) throws IOException {
        return InetAddress.getByName(text);
    }

    private static SealCipher cipher(String network, int key) {
        byte[] bytes = new byte[ChaChaSealCipher.NETWORK_KEY_BYTES];
        bytes[0] = (byte) key;
        return new ChaChaSealCipher(network.getBytes(StandardCharsets.US_ASCII), bytes);
    }

    private static ByteBuffer frame(SealCipher cipher) {
        FrameGuard guard = new FrameGuard(cipher, new NodeId(0x1122_3344_5566_7788L), 1, 2, 3);
        ByteBuffer sealed = ByteBuffer.allocate(FrameGuard.MAX_FRAME_BYTES);
        guard.seal(FrameForm.BROADCAST, 0, MeshRouter.NO_EXCHANGE, ByteBuffer.wrap(new byte[] {1, 2, 3}), sealed);
        return new HopEnvelope().frame(1, false, sealed.flip());
    }

    private static void say(String from, ByteBuffer datagram) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(from, 0));
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName("lo"));
            int bytes = datagram.remaining();
            assertEquals(
                    bytes, channel.send(datagram, new InetSocketAddress(InetAddress.getByName("224.0.0.109"), PORT)));
            assertTrue(bytes > 0);
        }
    }
}
