package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.UdpEndpointContext;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * UDP for a node: one thread receives, copies and posts to the loop; sending happens in the calling thread, which is the
 * loop. At most {@link #MAX_WAITING} datagrams wait for the loop, more are counted and dropped, so a flood costs time but
 * no memory.
 */
final class DatagramConnector extends NodeConnector {
    /** Most datagrams received but not yet taken by the loop. */
    static final int MAX_WAITING = 128;

    /** Longer datagrams are dropped: RFC 7252 section 4.6 advises 1152 bytes, block-wise transfer does the rest. */
    static final int MAX_DATAGRAM_BYTES = 1472;

    /** Longest wait for the receiver at the end; it needs some microseconds. */
    private static final long STOP_MS = 500;

    private static final int SOCKET_BUFFER_BYTES = 128 * 1024;

    private final InetSocketAddress bind;
    private final Timers timers;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final DatagramPacket outgoing = new DatagramPacket(new byte[0], 0);
    private volatile @Nullable DatagramSocket socket;
    private @Nullable Thread thread;

    DatagramConnector(InetSocketAddress bind, Timers timers) {
        this.bind = bind;
        this.timers = timers;
    }

    /** Datagrams dropped because the loop was behind, or because they were too long. Any thread. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public void start() throws IOException {
        if (socket != null) {
            return;
        }
        DatagramSocket opened = new DatagramSocket(null);
        try {
            opened.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
            opened.bind(bind);
        } catch (SocketException e) {
            opened.close();
            throw e;
        }
        socket = opened;
        Thread receiving = new Thread(() -> receiveFrom(opened), "coap-" + opened.getLocalPort());
        receiving.setDaemon(true);
        receiving.start();
        thread = receiving;
    }

    private void receiveFrom(DatagramSocket from) {
        byte[] buffer = new byte[MAX_DATAGRAM_BYTES + 1];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!from.isClosed()) {
            try {
                packet.setLength(buffer.length);
                from.receive(packet);
                accept(packet);
            } catch (IOException e) {
                if (!from.isClosed()) {
                    // An ICMP error of an earlier send shows here; the socket stays good.
                    Logger.debug("coap receive failed port={} reason={}", from.getLocalPort(), e.getMessage());
                }
            }
        }
    }

    private void accept(DatagramPacket packet) {
        int length = packet.getLength();
        if (length > MAX_DATAGRAM_BYTES || packet.getPort() == 0 || waiting.get() >= MAX_WAITING) {
            dropped.incrementAndGet();
            return;
        }
        byte[] bytes = Arrays.copyOf(packet.getData(), length);
        InetSocketAddress peer = new InetSocketAddress(packet.getAddress(), packet.getPort());
        waiting.incrementAndGet();
        if (!timers.post(() -> deliver(bytes, peer))) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
        }
    }

    private void deliver(byte[] bytes, InetSocketAddress peer) {
        waiting.decrementAndGet();
        if (isRunning()) {
            receive(bytes, peer);
        }
    }

    @Override
    public void send(RawData message) {
        DatagramSocket to = socket;
        if (to == null) {
            message.onError(new IOException("the CoAP socket is closed"));
            return;
        }
        InetSocketAddress peer = message.getInetSocketAddress();
        message.onContextEstablished(new UdpEndpointContext(peer));
        outgoing.setData(message.getBytes());
        outgoing.setSocketAddress(peer);
        try {
            to.send(outgoing);
        } catch (IOException e) {
            message.onError(e);
            return;
        }
        message.onSent();
    }

    /** Closes the socket; the port is free when this returns, which the system makes so only after the receiver has left. */
    @Override
    public void stop() {
        DatagramSocket open = socket;
        Thread receiving = thread;
        socket = null;
        thread = null;
        if (open == null || receiving == null) {
            return;
        }
        open.close();
        try {
            receiving.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens, with the port that the system gave if it was asked for any; before the start, where it will. */
    @Override
    public InetSocketAddress getAddress() {
        DatagramSocket open = socket;
        return open == null ? bind : new InetSocketAddress(open.getLocalAddress(), open.getLocalPort());
    }

    @Override
    public boolean isRunning() {
        return socket != null;
    }

    @Override
    public String toString() {
        return "udp:" + bind;
    }
}
