package io.thicket.agent.coap;

import io.thicket.agent.senml.SenmlPack;
import io.thicket.routing.NodeId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.californium.elements.Connector;
import org.jspecify.annotations.Nullable;

/**
 * A node's CoAP side: its resources, its proxy, endpoints for people and tools, and one endpoint over the mesh, which are
 * made when they are first needed: most nodes are never asked for anything. All methods are called on the node's loop, and
 * everything runs there; the one thread per local address only receives.
 */
public final class CoapNode implements AutoCloseable {
    /** How long a CoAP message may travel through the mesh (routing.md section 2.7). */
    public static final long MESSAGE_AGE_MS = 30_000;

    private final CoapHost host;

    /** Null as long as nobody can have asked for anything. */
    private @Nullable CoapService service;

    private boolean closed;

    /** Opens nothing yet. */
    public CoapNode(CoapHost host) {
        this.host = host;
    }

    private CoapService service() {
        CoapService made = service;
        if (made == null) {
            made = new CoapService(host);
            service = made;
        }
        return made;
    }

    /**
     * Begins to answer people and tools.
     *
     * @throws IOException if an address cannot be listened on; the message is for people
     */
    public void start() throws IOException {
        for (InetSocketAddress address : host.settings().local()) {
            try {
                service().serveAt(new DatagramConnector(address, host.timers()));
            } catch (IOException e) {
                close();
                throw new IOException(
                        "cannot listen for CoAP on " + text(address) + ": " + e.getMessage()
                                + " (is another agent running?)",
                        e);
            }
        }
    }

    /** Answers people and tools over {@code connector}. */
    void serve(Connector connector) throws IOException {
        service().serve(connector);
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    /** Where people and tools are answered, with real ports. */
    public List<InetSocketAddress> localAddresses() {
        return service == null ? List.of() : service.localAddresses();
    }

    /** Datagrams at the local addresses that were dropped because too many were waiting or because they were too long. */
    public long droppedDatagrams() {
        return service == null ? 0 : service.droppedDatagrams();
    }

    /** A CoAP message came over the mesh. */
    public void onMeshMessage(NodeId from, byte[] coapMessage) {
        if (!closed) {
            service().onMeshMessage(from, coapMessage);
        }
    }

    /** A search for a route to {@code to} found none: requests to it that have no answer yet have failed. */
    public void onUnreachable(NodeId to) {
        if (service != null) {
            service.onUnreachable(to);
        }
    }

    /** There is a route to {@code to}, a new one or another: requests that waited for one leave. */
    public void onReachable(NodeId to) {
        if (service != null) {
            service.onReachable(to);
        }
    }

    /** Whether anybody could have asked for anything yet. */
    public boolean isServing() {
        return service != null && service.isServing();
    }

    /** A sensor of this node has a new reading; its observers are told. The pack is what {@link CoapHost#latest} answers now. */
    public void onReading(String sensor, SenmlPack pack) {
        if (service != null) {
            service.onReading(sensor, pack);
        }
    }

    /** Something on the pages changed; their observers are told, at most once a second. */
    public void onChange() {
        if (service != null) {
            service.onChange();
        }
    }

    /** Sends requests to other nodes. */
    MeshClient client() {
        return service().client();
    }

    /** Stops answering. The loop, on which its executor runs all, belongs to the node and stays as it is. */
    @Override
    public void close() {
        closed = true;
        if (service != null) {
            service.close();
        }
    }
}
