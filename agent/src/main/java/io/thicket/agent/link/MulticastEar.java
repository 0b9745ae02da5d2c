package io.thicket.agent.link;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.routing.security.FrameGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Listens to the frames to all of one interface, beside a running {@link UdpLink} and without disturbing it: every member of
 * a multicast group gets its own copy. Opens no frame and sends none. One thread, the caller's.
 */
public final class MulticastEar implements AutoCloseable {
    /** Senders that are told apart per network; more are counted as frames only. */
    private static final int MAX_SENDERS = 64;

    private final Place place;
    private final DatagramChannel channel;
    private final HopEnvelope envelope = new HopEnvelope();

    private MulticastEar(Place place, DatagramChannel channel) {
        this.place = place;
        this.channel = channel;
    }

    /**
     * The frames of one network.
     *
     * @param senders their addresses, at most 64
     */
    public record Network(int keyId, long frames, Set<InetAddress> senders) {}

    /** Joins the group as {@link UdpLink} would; the exception's message is a sentence for people. */
    public static MulticastEar open(UdpLinkSettings settings) throws IOException {
        Place place = Place.find(settings.interfaceName(), settings.ip());
        NetworkInterface netInterface = NetworkInterface.getByIndex(place.index());
        if (netInterface == null) {
            throw new IOException("interface " + settings.interfaceName() + " is gone");
        }
        DatagramChannel channel = DatagramChannel.open(place.family());
        try {
            channel.configureBlocking(false);
            place.join(channel, new InetSocketAddress(place.group(), settings.port()), netInterface);
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "cannot listen to the mesh on " + settings.interfaceName() + " port " + settings.port() + ": "
                            + e.getMessage(),
                    e);
        }
        return new MulticastEar(place, channel);
    }

    /** Tries whether the mesh port of the interface is free; if not, the exception says why. Nothing stays open. */
    public static void requireFreePort(UdpLinkSettings settings) throws IOException {
        Place place = Place.find(settings.interfaceName(), settings.ip());
        try (DatagramChannel unicast = DatagramChannel.open(place.family())) {
            unicast.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, false);
            unicast.bind(new InetSocketAddress(place.address(), settings.port()));
        }
    }

    /** The address that a link on this interface has. */
    public InetAddress address() {
        return place.address();
    }

    /** The largest frame that fits the interface, in bytes. */
    public int frameBytes() throws IOException {
        return place.frameBytes();
    }

    /** Waits {@code forMs} and returns what came, by key id, in their order. Frames of this machine itself do not count. */
    public Map<Integer, Network> listen(long forMs) throws IOException {
        Map<Integer, Network> networks = new TreeMap<>();
        long startNs = System.nanoTime();
        ByteBuffer datagram = ByteBuffer.allocate(HopEnvelope.MAX_DATAGRAM_BYTES + 1);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            for (long leftMs = forMs;
                    leftMs > 0;
                    leftMs = forMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs)) {
                selector.select(leftMs);
                selector.selectedKeys().clear();
                datagram.clear();
                if (channel.receive(datagram) instanceof InetSocketAddress from
                        && place.isNeighbour(from.getAddress())) {
                    note(from, datagram.flip(), networks);
                }
            }
        }
        return networks;
    }

    private void note(InetSocketAddress from, ByteBuffer datagram, Map<Integer, Network> networks) {
        if (datagram.remaining() > HopEnvelope.MAX_DATAGRAM_BYTES
                || envelope.decode(datagram) != HopEnvelope.Kind.FRAME) {
            return;
        }
        int keyId = FrameGuard.keyIdOf(datagram);
        if (keyId >= 0) {
            networks.merge(keyId, new Network(keyId, 1, Set.of(from.getAddress())), MulticastEar::sum);
        }
    }

    private static Network sum(Network a, Network b) {
        Set<InetAddress> senders = new LinkedHashSet<>(a.senders);
        if (senders.size() < MAX_SENDERS) {
            senders.addAll(b.senders);
        }
        return new Network(a.keyId, a.frames + b.frames, senders);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
