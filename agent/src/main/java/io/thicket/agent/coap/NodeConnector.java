package io.thicket.agent.coap;

import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.elements.UdpEndpointContext;
import org.eclipse.californium.elements.util.ClockUtil;
import org.jspecify.annotations.Nullable;

/** What Californium wants of every connector and what is the same for all of ours; the way of the bytes is the subclass's. */
abstract class NodeConnector implements Connector {
    private @Nullable RawDataChannel receiver;

    /** Hands a message that came from {@code peer} to Californium; on the loop. */
    final void receive(byte[] message, InetSocketAddress peer) {
        Objects.requireNonNull(receiver)
                .receiveData(RawData.inbound(
                        message, new UdpEndpointContext(peer), false, ClockUtil.nanoRealtime(), getAddress()));
    }

    @Override
    public final void setRawDataReceiver(RawDataChannel messageHandler) {
        receiver = messageHandler;
    }

    @Override
    public final void setEndpointContextMatcher(EndpointContextMatcher matcher) {
        // The peer's address is all there is, and the endpoint compares it. In the mesh it is the NodeId, which is
        // proved.
    }

    @Override
    public final String getProtocol() {
        return "UDP";
    }

    @Override
    public final void destroy() {
        stop();
    }

    @Override
    public final void processDatagram(DatagramPacket datagram) {
        throw new UnsupportedOperationException("messages come by receive()");
    }
}
