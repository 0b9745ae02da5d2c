package io.thicket.sim.lab;

import io.thicket.agent.coap.CoapSettings;
import io.thicket.routing.LinkClass;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.kernel.Seeds;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Thicket as people install it: the agent's whole node (engine, outbox, CoAP, sensors) and on gateways the gateway's own bridge,
 * over the laboratory's medium. What is exchanged for simulated parts are clock, disk, radio and broker; sealing and signatures
 * are stand-ins of the true size, as for the laboratory's routers.
 */
public final class AgentProtocol implements ProtocolFactory {
    private final RoutingParameters parameters;
    private final Outside outside;

    /** Of all link classes, one map for all nodes of a run. */
    private final Map<LinkClass, Map<LinkClass, RoutingParameters>> shared = new EnumMap<>(LinkClass.class);

    private CoapSettings lastCoap = new CoapSettings("sim", "sim", List.of());

    /** Nodes with these timers. */
    public AgentProtocol(RoutingParameters parameters) {
        this(parameters, Outside.NONE);
    }

    /** Nodes with these timers that something else than the simulation can reach. */
    public AgentProtocol(RoutingParameters parameters, Outside outside) {
        this.parameters = parameters;
        this.outside = outside;
    }

    /** Nodes as shipped. */
    static AgentProtocol usual() {
        return new AgentProtocol(RoutingParameters.of(LinkClass.WIFI));
    }

    @Override
    public Instance make(Seeds seeds, LabScenario scenario, int node, int boot) {
        throw new UnsupportedOperationException("the agent makes its router itself");
    }

    @Override
    public LabMachine machine(Lab lab, Seeds seeds, int node, int boot) {
        return new AgentMachine(lab, seeds, node, boot, parametersOf(lab, node), coapOf(node), outside);
    }

    /** What equals the last one's, as everybody's does without a bridge, is the same object. */
    private CoapSettings coapOf(int node) {
        CoapSettings its =
                new CoapSettings(outside.site(), outside.networkId(), outside.coap(node), outside.commands(node));
        if (!its.equals(lastCoap)) {
            lastCoap = its;
        }
        return lastCoap;
    }

    private Map<LinkClass, RoutingParameters> parametersOf(Lab lab, int node) {
        LinkClass its = lab.channel().linkOf(node).linkClass();
        RoutingParameters told = Insiders.parametersOf(lab.scenario(), node, parameters);
        return told.equals(parameters)
                ? shared.computeIfAbsent(its, simulated -> withDefaults(simulated, parameters))
                : withDefaults(its, told);
    }

    private Map<LinkClass, RoutingParameters> withDefaults(LinkClass its, RoutingParameters timers) {
        EnumMap<LinkClass, RoutingParameters> all = new EnumMap<>(RouterConfig.defaultParameters());
        all.putAll(outside.parameters(its, timers));
        return Map.copyOf(all);
    }

    @Override
    public Outside outside() {
        return outside;
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public boolean hasOutbox() {
        return true;
    }

    @Override
    public boolean announcesWays() {
        return true;
    }

    @Override
    public RoutingParameters judgedBy() {
        return parameters;
    }
}
