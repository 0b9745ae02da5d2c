package io.thicket.sim.scenario.file;

import io.thicket.agent.config.BusConfig;
import io.thicket.agent.config.HostPort;
import io.thicket.agent.config.NodeConfig.Commander;
import io.thicket.agent.config.SensorConfig;
import io.thicket.gateway.GatewayConfig;
import io.thicket.routing.LinkClass;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a scenario is reachable from outside when it runs with {@code --bridge}; other runs leave it at that.
 *
 * @param bind the address at which nodes answer CoAP
 * @param coapPort of node 0; node 7 has the seventh one after it
 * @param coap the nodes that answer CoAP, ascending
 * @param broker where gateways publish, empty for the simulated broker
 * @param site of all nodes
 * @param keyFile the network's key, empty for one that follows from the seed
 * @param links of simulated nodes to real agents
 * @param devices on real ports, of simulated nodes
 * @param buses that devices of one node share
 * @param commands who may tell devices something
 */
public record BridgePlan(
        String bind,
        int coapPort,
        List<Integer> coap,
        Optional<GatewayConfig> broker,
        String site,
        Optional<Path> keyFile,
        List<Link> links,
        List<Device> devices,
        List<Bus> buses,
        Set<Commander> commands) {
    /** Most nodes that answer CoAP: each has a socket and a thread. */
    public static final int MAX_COAP = 256;

    /** Most links to real agents, most buses, and most devices. */
    public static final int MAX_ENTRIES = 64;

    /** The port of node 0. */
    public static final int USUAL_COAP_PORT = 5800;

    /**
     * A link of a simulated node to real agents, as their {@code [[link]] type = "peers"}.
     *
     * @param listen where the simulated node receives
     * @param peers where the real agents do
     */
    public record Link(int node, HostPort listen, List<HostPort> peers, LinkClass linkClass, int rateKbps) {
        public Link {
            peers = List.copyOf(peers);
        }
    }

    /** A line of this machine that several devices of a simulated node share. */
    public record Bus(int node, BusConfig bus) {}

    /** A device on a port of this machine, which a simulated node reads. */
    public record Device(int node, SensorConfig sensor) {}

    public BridgePlan {
        coap = List.copyOf(coap);
        links = List.copyOf(links);
        devices = List.copyOf(devices);
        buses = List.copyOf(buses);
        commands = Set.copyOf(commands);
    }

    /** The same with links, buses and devices, which have sections of their own. */
    BridgePlan with(List<Link> itsLinks, List<Bus> itsBuses, List<Device> itsDevices) {
        return new BridgePlan(bind, coapPort, coap, broker, site, keyFile, itsLinks, itsDevices, itsBuses, commands);
    }

    /** The devices of one node. */
    public List<SensorConfig> devicesOf(int node) {
        return devices.stream()
                .filter(device -> device.node() == node)
                .map(Device::sensor)
                .toList();
    }

    /** The lines of one node. */
    public List<BusConfig> busesOf(int node) {
        return buses.stream().filter(bus -> bus.node() == node).map(Bus::bus).toList();
    }
}
