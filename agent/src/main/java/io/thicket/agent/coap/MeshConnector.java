package io.thicket.agent.coap;

import io.thicket.routing.NodeId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.UdpEndpointContext;

/** Carries CoAP messages over the mesh instead of a socket: one message is one DATA payload. Used on the loop only. */
final class MeshConnector extends NodeConnector {
    /** The mesh has no way to the node, or refuses the message. */
    static final class NoRouteException extends IOException {
        private static final long serialVersionUID = 1;

        NoRouteException(InetSocketAddress to) {
            super("no route to " + to.getAddress().getHostAddress());
        }
    }

    private final long meshPrefix;
    private final CoapHost host;
    private final InetSocketAddress own;
    private boolean running;

    MeshConnector(long meshPrefix, NodeId self, CoapHost host) {
        this.meshPrefix = meshPrefix;
        this.host = host;
        this.own = socketAddress(meshPrefix, self);
    }

    /** How Californium calls the node {@code id}. */
    static InetSocketAddress socketAddress(long meshPrefix, NodeId id) {
        return new InetSocketAddress(new MeshAddress(meshPrefix, id).toInetAddress(), MeshAddress.PORT);
    }

    /** Whether {@code exchange} began with a request of another node. */
    static boolean isBehind(Exchange exchange) {
        return exchange.getEndpoint() instanceof CoapEndpoint endpoint
                && endpoint.getConnector() instanceof MeshConnector;
    }

    /** Hands a message from the mesh to Californium. */
    void deliver(NodeId from, byte[] coapMessage) {
        if (running) {
            receive(coapMessage, socketAddress(meshPrefix, from));
        }
    }

    @Override
    public void send(RawData message) {
        InetSocketAddress to = message.getInetSocketAddress();
        Optional<MeshAddress> peer = MeshAddress.of(to.getAddress()).filter(address -> address.prefix() == meshPrefix);
        if (running && peer.isPresent() && host.sendMesh(peer.get().id(), message.getBytes())) {
            // Californium starts the retransmission timer only after these two.
            message.onContextEstablished(new UdpEndpointContext(to));
            message.onSent();
        } else {
            message.onError(new NoRouteException(to));
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public InetSocketAddress getAddress() {
        return own;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String toString() {
        return "mesh:" + own.getAddress().getHostAddress();
    }
}
