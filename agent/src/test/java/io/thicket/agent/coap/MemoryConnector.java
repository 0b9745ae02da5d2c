package io.thicket.agent.coap;

import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.UdpEndpointContext;

/** Two of these are a loopback without sockets and without loss. */
final class MemoryConnector implements Connector {
    private final FakeTimers timers;
    private final InetSocketAddress address;
    private MemoryConnector peer = this;
    private RawDataChannel receiver = data -> {};

    MemoryConnector(FakeTimers timers, int port) {
        this.timers = timers;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    void joinWith(MemoryConnector other) {
        peer = other;
        other.peer = this;
    }

    InetSocketAddress peerAddress() {
        return peer.address;
    }

    @Override
    public void send(RawData message) {
        message.onContextEstablished(new UdpEndpointContext(peer.address));
        RawData arriving = RawData.inbound(message.getBytes(), new UdpEndpointContext(address), false, 0, peer.address);
        timers.post(() -> peer.receiver.receiveData(arriving));
        message.onSent();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void destroy() {}

    @Override
    public void setRawDataReceiver(RawDataChannel messageHandler) {
        receiver = messageHandler;
    }

    @Override
    public void setEndpointContextMatcher(EndpointContextMatcher matcher) {}

    @Override
    public InetSocketAddress getAddress() {
        return address;
    }

    @Override
    public String getProtocol() {
        return "UDP";
    }

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void processDatagram(DatagramPacket datagram) {}
}
