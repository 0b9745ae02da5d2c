package io.thicket.agent.coap;

import io.thicket.routing.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.ClockUtil;
import org.jspecify.annotations.Nullable;

/** Some CoapNodes joined by a lossy mesh in virtual time; every message carried is in the trace. */
final class TestNet implements AutoCloseable {
    private static final long DELAY_MS = 20;

    final FakeTimers timers = new FakeTimers();
    final List<String> trace = new ArrayList<>();
    private final Map<NodeId, CoapNode> nodes = new LinkedHashMap<>();
    private final Map<NodeId, FakeNode> hosts = new LinkedHashMap<>();
    private final Set<String> cut = new TreeSet<>();
    private final RandomGenerator random;
    private double loss;

    TestNet(long seed) {
        random = generator(seed);
        ClockUtil.setRealtimeHandler(() -> TimeUnit.MILLISECONDS.toNanos(timers.nowMs()));
    }

    static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    TestNet loss(double share) {
        loss = share;
        return this;
    }

    /** Takes the route between two nodes away: sending is refused at once. */
    void cut(FakeNode a, FakeNode b) {
        cut.add(a.id + " " + b.id);
        cut.add(b.id + " " + a.id);
    }

    void uncut(FakeNode a, FakeNode b) {
        cut.remove(a.id + " " + b.id);
        cut.remove(b.id + " " + a.id);
    }

    FakeNode add(FakeNode host) {
        host.mesh = this::carry;
        hosts.put(host.id, host);
        CoapSettings settings = new CoapSettings("home", FakeNode.NETWORK, List.of(), host.access);
        nodes.put(host.id, new CoapNode(host.on(settings, timers, generator(host.id.value()))));
        return host;
    }

    CoapNode node(FakeNode host) {
        return nodes.get(host.id);
    }

    private boolean carry(NodeId from, NodeId to, byte[] message) {
        if (!nodes.containsKey(to) || cut.contains(from + " " + to)) {
            return false;
        }
        if (hosts.get(from).searching.contains(to)) {
            trace.add(timers.nowMs() + " " + from + ">" + to + " waits");
            return true;
        }
        if (message.length > hosts.get(from).maxPayloadBytes) {
            throw new AssertionError("message of " + message.length + " bytes does not fit into the path");
        }
        boolean lost = random.nextDouble() < loss;
        trace.add(timers.nowMs() + " " + from + ">" + to + (lost ? " lost " : " ")
                + HexFormat.of().formatHex(message));
        if (!lost) {
            timers.at(timers.nowMs() + DELAY_MS, () -> nodes.get(to).onMeshMessage(from, message));
        }
        return true;
    }

    /** A client at a local address of {@code host}, without a socket. */
    LocalClient localClient(FakeNode host) throws IOException {
        return new LocalClient(host);
    }

    final class LocalClient {
        private final MemoryConnector connector;
        private final CoapEndpoint endpoint;
        private int sent;

        LocalClient(FakeNode host) throws IOException {
            MemoryConnector server = new MemoryConnector(timers, 5683);
            connector = new MemoryConnector(timers, 40_000);
            server.joinWith(connector);
            node(host).serve(server);
            Configuration configuration = SmallConfiguration.LOCAL;
            endpoint = CoapEndpoint.builder()
                    .setConfiguration(configuration)
                    .setConnector(connector)
                    .setTokenGenerator(new SeededTokens(random))
                    .setOptionRegistry(CoapService.OPTIONS)
                    .setCoapStackFactory(new SeededStackFactory(random, peer -> 1024))
                    .build();
            NodeExecutor executor = new NodeExecutor(timers);
            endpoint.setExecutors(executor, executor);
            endpoint.start();
        }

        Pending send(Request request) {
            Pending pending = new Pending();
            // Californium as a client cancels a block-wise request for another to the same path, whatever the
            // Proxy-Uri.
            request.setScheme("request" + sent++);
            request.setDestinationContext(new AddressEndpointContext(connector.peerAddress()));
            request.addMessageObserver(new MessageObserverAdapter() {
                @Override
                public void onResponse(Response response) {
                    pending.onResponse(response);
                }

                @Override
                public void onTimeout() {
                    pending.onFailure(MeshClient.Failure.TIMEOUT);
                }
            });
            endpoint.sendRequest(request);
            return pending;
        }
    }

    /** A CoAP client attached to the mesh as a node of its own. */
    Client client(int number) {
        return new Client(number);
    }

    final class Client {
        private final FakeNode host;
        private final MeshClient client;

        Client(int number) {
            host = add(new FakeNode(number));
            client = node(host).client();
        }

        Pending send(FakeNode to, Request request) {
            Pending pending = new Pending();
            client.send(to.id, request, 120_000, pending);
            return pending;
        }

        Pending get(FakeNode to, String path) {
            return send(to, request(path));
        }
    }

    static Request request(String path) {
        Request request = new Request(CoAP.Code.GET);
        request.getOptions().setUriPath(path);
        return request;
    }

    static Request proxied(String uri) {
        Request request = new Request(CoAP.Code.GET);
        request.getOptions().setProxyUri(uri);
        return request;
    }

    /** An answer that may come. */
    static final class Pending implements MeshClient.Answer {
        @Nullable
        Response response;

        MeshClient.@Nullable Failure failure;

        @Override
        public void onResponse(Response arrived) {
            response = arrived;
        }

        @Override
        public void onFailure(MeshClient.Failure reason) {
            failure = reason;
        }

        boolean isDone() {
            return response != null || failure != null;
        }

        String code() {
            return response == null
                    ? String.valueOf(failure)
                    : String.format("%d.%02d", response.getRawCode() >> 5, response.getRawCode() & 31);
        }

        String codeAndText() {
            return code() + " " + text();
        }

        String text() {
            return response == null ? "" : new String(response.getPayload(), StandardCharsets.UTF_8);
        }
    }

    String traceHash() {
        try {
            byte[] bytes = String.join("\n", trace).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(CoapNode::close);
        ClockUtil.setRealtimeHandler(System::nanoTime);
    }
}
