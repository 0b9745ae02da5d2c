package io.thicket.sim.bridge;

import io.thicket.agent.cli.DeviceSensors;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.coap.CommandAccess;
import io.thicket.agent.config.NodeConfig.Commander;
import io.thicket.agent.config.SensorConfig;
import io.thicket.agent.identity.Ed25519Verifier;
import io.thicket.agent.link.PeersLink;
import io.thicket.agent.link.PeersLinkSettings;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.gateway.GatewayConfig;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.gateway.mqtt.MqttUplink;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.security.Signer;
import io.thicket.routing.security.Verifier;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.lab.Outside;
import io.thicket.sim.node.SimWallClock;
import io.thicket.sim.scenario.file.BridgePlan;
import io.thicket.sim.scenario.file.Scenario;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Real names, keys, ports and brokers for the nodes of a scenario. */
final class BridgedNodes implements Outside {
    private final Scenario scenario;
    private final BridgePlan plan;
    private final SimNetworkKey key;
    private final Addresses addresses;
    private final Posts posts;
    private final long madeWallMs;
    private long beganWallMs;
    private final Verifier verifier = new Ed25519Verifier();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param madeWallMs the time of day now, ms since 1970 */
    BridgedNodes(Scenario scenario, SimNetworkKey key, Addresses addresses, Posts posts, long madeWallMs) {
        this.scenario = scenario;
        this.plan = scenario.world().bridge();
        this.key = key;
        this.addresses = addresses;
        this.posts = posts;
        this.madeWallMs = madeWallMs;
        this.beganWallMs = madeWallMs;
        for (int i = 0; i < scenario.nodes().count(); i++) {
            numbers.put(scenario.nodes().names().get(i), i);
        }
    }

    /** The simulation's time begins now, at the time of day {@code wallMs}: making a network takes a while. */
    void begin(long wallMs) {
        beganWallMs = wallMs;
    }

    @Override
    public boolean isReal() {
        return true;
    }

    @Override
    public String name(int node) {
        return scenario.nodes().names().get(node);
    }

    @Override
    public int nodeOf(String name) {
        return numbers.getOrDefault(name, -1);
    }

    @Override
    public String site() {
        return plan.site();
    }

    @Override
    public String networkId() {
        return key.id();
    }

    @Override
    public Signer signer(Seeds seeds, int node) {
        return SimNetworkKey.signer(seeds, node);
    }

    @Override
    public Verifier verifier() {
        return verifier;
    }

    @Override
    public NodeId idOf(Seeds seeds, int node) {
        return SimNetworkKey.idOf(seeds, node);
    }

    @Override
    public SealCipher cipher() {
        return key.cipher();
    }

    @Override
    public Set<NodeId> gateways() {
        return key.gateways();
    }

    @Override
    public Map<LinkClass, RoutingParameters> parameters(LinkClass simulated, RoutingParameters its) {
        Map<LinkClass, RoutingParameters> all = new EnumMap<>(LinkClass.class);
        for (BridgePlan.Link link : plan.links()) {
            RoutingParameters usual = RoutingParameters.of(link.linkClass());
            // A node's [mesh] is of all its links but LoRa.
            all.put(
                    link.linkClass(),
                    simulated == LinkClass.LORA
                            ? usual
                            : usual.withHello(its.helloMinMs(), its.helloMaxMs())
                                    .withPeriods(its.gatewayPeriodMs(), usual.registerPeriodMs()));
        }
        all.put(simulated, its);
        return all;
    }

    /**
     * Nothing of a run is kept, but brokers and real agents remember what nodes said in an earlier one: the boots of a later run have
     * later numbers.
     */
    @Override
    public long epochBefore() {
        return madeWallMs / 1_000;
    }

    @Override
    public Timers timers(Timers its) {
        return new PostedTimers(its, posts);
    }

    @Override
    public WallClock wallClock(WallClock simulated) {
        return new WallClock() {
            @Override
            public long nowMs() {
                return simulated.nowMs() - SimWallClock.START_MS + beganWallMs;
            }

            @Override
            public boolean isSynchronised() {
                return simulated.isSynchronised();
            }
        };
    }

    @Override
    public List<InetSocketAddress> coap(int node) {
        return addresses.coap(node).map(List::of).orElse(List.of());
    }

    @Override
    public CommandAccess commands(int node) {
        Map<String, Set<String>> dangerous = new HashMap<>();
        for (SensorConfig sensor : plan.devicesOf(node)) {
            dangerous.put(sensor.name(), Set.copyOf(sensor.allowCommands()));
        }
        return new CommandAccess(
                plan.commands().contains(Commander.LOCAL), plan.commands().contains(Commander.MESH), dangerous);
    }

    @Override
    public List<Link> links(int node, Timers loop) {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < plan.links().size(); i++) {
            BridgePlan.Link its = plan.links().get(i);
            if (its.node() == node) {
                links.add(new PeersLink(
                        new PeersLinkSettings(
                                links.isEmpty() ? "outside" : "outside-" + (links.size() + 1),
                                addresses.listen(i),
                                addresses.peers(i),
                                its.linkClass(),
                                its.rateKbps(),
                                false),
                        loop));
            }
        }
        return links;
    }

    @Override
    public List<Sensor> sensors(int node, Timers loop, RandomGenerator random) {
        try {
            return DeviceSensors.create(plan.devicesOf(node), plan.busesOf(node), loop, random);
        } catch (Failure e) {
            throw new IllegalStateException("the scenario's reader let it through: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Uplink uplink(GatewayIdentity identity, WallClock wall, RandomGenerator random) {
        if (plan.broker().isEmpty()) {
            return null;
        }
        GatewayConfig broker = plan.broker().get();
        return new MqttUplink(
                broker.mqttSettings(plan.site(), identity.name()),
                broker.bridgeSettings(),
                broker.topics(plan.site()),
                identity,
                wall,
                random);
    }
}
