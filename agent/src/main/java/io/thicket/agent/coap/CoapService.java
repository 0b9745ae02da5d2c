package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.routing.NodeId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.option.MapBasedOptionRegistry;
import org.eclipse.californium.core.coap.option.OptionRegistry;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.core.network.EndpointContextMatcherFactory;
import org.eclipse.californium.core.network.ExtendedCoapStackFactory;
import org.eclipse.californium.core.network.InMemoryMessageExchangeStore;
import org.eclipse.californium.core.server.resources.DiscoveryResource;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.config.Configuration;
import org.jspecify.annotations.Nullable;

/** What {@link CoapNode} makes once somebody may ask: resources, proxy and endpoints. Its methods are those of that class. */
final class CoapService {
    /** Observers of pages hear of changes at most this often. */
    private static final long CHANGE_INTERVAL_MS = 1_000;

    private static final int LOCAL_BLOCK_BYTES = 1024;

    /** The standard options and ours. */
    static final OptionRegistry OPTIONS =
            new MapBasedOptionRegistry(StandardOptionRegistry.STANDARD_OPTIONS, HopLimit.OPTION);

    private final CoapSettings settings;
    private final CoapHost host;
    private final Timers timers;
    private final ScheduledExecutorService executor;
    private final RandomGenerator random;
    private final long meshPrefix;
    private final NodeId self;
    private final MeshClient client;
    private final MeshProxy proxy;
    private final Patience patience;
    private final ToldOnce once;
    /** Made with the first endpoint, as the resources. */
    private @Nullable NodeDeliverer deliverer;

    private final Map<String, SensorResource> sensors = new LinkedHashMap<>();
    private final List<CoapResource> pages = new ArrayList<>();
    private final List<CoapEndpoint> local = new ArrayList<>();
    private final List<DatagramConnector> sockets = new ArrayList<>();
    private @Nullable CoapEndpoint mesh;
    private @Nullable MeshConnector meshConnector;
    private Timers.@Nullable Handle changeTimer;
    private long changedAtMs;
    private boolean closed;

    /** Opens nothing yet. */
    CoapService(CoapHost host) {
        this.settings = host.settings();
        this.host = host;
        this.timers = host.timers();
        this.executor = new NodeExecutor(timers);
        this.random = host.random();
        this.meshPrefix = MeshAddress.prefixOf(settings.networkId());
        this.self = host.id();
        this.changedAtMs = timers.nowMs() - CHANGE_INTERVAL_MS;
        this.patience = new Patience(timers);
        this.once = new ToldOnce(timers);
        this.client = new MeshClient(meshPrefix, host, this::meshEndpoint, timers);
        this.proxy = new MeshProxy(host, client, patience, timers, settings.access(), once);
    }

    private NodeDeliverer deliverer() {
        NodeDeliverer made = deliverer;
        if (made == null) {
            GatewayDirectory directory = new GatewayDirectory(host, client, timers);
            made = new NodeDeliverer(resources(directory), SmallConfiguration.LOCAL, proxy);
            deliverer = made;
        }
        return made;
    }

    private CoapResource resources(GatewayDirectory directory) {
        CoapResource root = new CoapResource("");
        CoapResource wellKnown = new CoapResource(".well-known", false);
        wellKnown.add(new DiscoveryResource(root));
        int json = MediaTypeRegistry.APPLICATION_JSON;
        PageResource sensorList =
                new PageResource("sensors", "Sensors of this node", json, () -> Pages.sensors(host.snapshot()));
        for (String name : host.sensorNames()) {
            SensorResource sensor = new SensorResource(name, settings.site(), host);
            sensors.put(name, sensor);
            List<CommandInfo> commands = host.commands(name);
            if (!commands.isEmpty()) {
                sensor.add(new CommandsResource(name, commands, host, settings.access(), patience, timers, once));
            }
            sensorList.add(sensor);
        }
        pages.add(sensorList);
        pages.add(new PageResource("status", "State of this node", json, () -> Pages.status(host.snapshot())));
        pages.add(new PageResource("routes", "Routes of this node", json, () -> Pages.routes(host.snapshot())));
        pages.add(
                new PageResource("neighbors", "Neighbours of this node", json, () -> Pages.neighbors(host.snapshot())));
        pages.add(new NodesResource(directory, patience, () -> Pages.nodes(host.snapshot(), meshPrefix, directory)));
        PageResource small = new PageResource(
                DirectoryEntry.PATH,
                "Nodes this node knows, for agents",
                MediaTypeRegistry.TEXT_PLAIN,
                () -> DirectoryEntry.write(host.snapshot().nodes()));
        root.add(new ExplainResource(host, directory, patience));
        root.add(new TraceResource(host, directory, patience));
        root.add(wellKnown);
        pages.forEach(root::add);
        return root.add(small);
    }

    /** Answers people and tools over {@code connector}. */
    void serve(Connector connector) throws IOException {
        CoapEndpoint endpoint = endpoint(connector, SmallConfiguration.LOCAL, peer -> LOCAL_BLOCK_BYTES);
        endpoint.start();
        local.add(endpoint);
    }

    /** The same, over a socket whose losses count. */
    void serveAt(DatagramConnector socket) throws IOException {
        serve(socket);
        sockets.add(socket);
    }

    /** Where people and tools are answered, with real ports. */
    List<InetSocketAddress> localAddresses() {
        return local.stream().map(CoapEndpoint::getAddress).toList();
    }

    /** Datagrams at the local addresses that were dropped because too many were waiting or because they were too long. */
    long droppedDatagrams() {
        return sockets.stream().mapToLong(DatagramConnector::dropped).sum();
    }

    /** A CoAP message came over the mesh. */
    void onMeshMessage(NodeId from, byte[] coapMessage) {
        if (!closed && !from.equals(self)) {
            meshEndpoint();
            Objects.requireNonNull(meshConnector).deliver(from, coapMessage);
        }
    }

    /** A search for a route to {@code to} found none: requests to it that have no answer yet have failed. */
    void onUnreachable(NodeId to) {
        if (!closed) {
            client.unreachable(to);
        }
    }

    /** There is a route to {@code to}, a new one or another: requests that waited for one leave. */
    void onReachable(NodeId to) {
        proxy.onReachable(to);
    }

    /** Whether anybody could have asked for anything yet. */
    boolean isServing() {
        return deliverer != null;
    }

    /** A sensor of this node has a new reading; its observers are told. The pack is what {@link CoapHost#latest} answers now. */
    void onReading(String sensor, SenmlPack pack) {
        SensorResource resource = sensors.get(sensor);
        if (resource != null && !closed) {
            resource.changed();
        }
        onChange();
    }

    /** Something on the pages changed; their observers are told, at most once a second. */
    void onChange() {
        if (closed || changeTimer != null || !isAnyPageObserved()) {
            return;
        }
        changeTimer = timers.at(Math.max(timers.nowMs(), changedAtMs + CHANGE_INTERVAL_MS), this::tellObservers);
    }

    private boolean isAnyPageObserved() {
        for (int i = 0; i < pages.size(); i++) { // at each change of a route
            if (pages.get(i).getObserverCount() > 0) {
                return true;
            }
        }
        return false;
    }

    private void tellObservers() {
        changeTimer = null;
        changedAtMs = timers.nowMs();
        pages.forEach(CoapResource::changed);
    }

    /** Sends requests to other nodes. */
    MeshClient client() {
        return client;
    }

    private Endpoint meshEndpoint() {
        CoapEndpoint open = mesh;
        if (open == null) {
            MeshConnector connector = new MeshConnector(meshPrefix, self, host);
            open = endpoint(connector, SmallConfiguration.MESH, this::meshBlockBytes);
            try {
                open.start();
            } catch (IOException e) {
                throw new AssertionError("the mesh connector has nothing to open", e);
            }
            mesh = open;
            meshConnector = connector;
        }
        return open;
    }

    private int meshBlockBytes(InetSocketAddress peer) {
        return MeshAddress.of(peer.getAddress())
                .map(address -> MeshClient.blockBytes(host.maxPayloadBytes(address.id())))
                .orElse(LOCAL_BLOCK_BYTES);
    }

    private CoapEndpoint endpoint(
            Connector connector, Configuration configuration, ToIntFunction<InetSocketAddress> blockBytes) {
        SeededTokens tokens = new SeededTokens(random);
        InMemoryMessageExchangeStore store = new InMemoryMessageExchangeStore("", configuration, tokens);
        int[] nextMessageId = {random.nextInt(1 << 16)};
        store.setMessageIdProvider(peer -> nextMessageId[0] = nextMessageId[0] + 1 & 0xffff);
        EndpointContextMatcher matcher = EndpointContextMatcherFactory.create(connector, configuration);
        ExtendedCoapStackFactory stacks = new SeededStackFactory(random, blockBytes);
        CoapEndpoint endpoint = CoapEndpoint.builder()
                .setConfiguration(configuration)
                .setConnector(connector)
                .setMessageExchangeStore(store)
                .setTokenGenerator(tokens)
                .setEndpointContextMatcher(matcher)
                .setOptionRegistry(OPTIONS)
                .setCoapStackFactory(stacks)
                .build();
        endpoint.setExecutors(executor, executor);
        endpoint.setMessageDeliverer(deliverer());
        return endpoint;
    }

    /** Stops answering. */
    void close() {
        closed = true;
        if (changeTimer != null) {
            changeTimer.cancel();
            changeTimer = null;
        }
        local.forEach(CoapEndpoint::destroy);
        if (mesh != null) {
            mesh.destroy();
        }
    }
}
