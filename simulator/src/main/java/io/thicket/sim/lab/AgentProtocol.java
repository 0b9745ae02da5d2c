package io.thicket.sim.lab;

import io.thicket.routing.LinkClass;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.kernel.Seeds;

/**
 * Thicket as people install it: the agent's whole node (engine, outbox, CoAP, sensors) and on gateways the gateway's own bridge,
 * over the laboratory's medium. What is exchanged for simulated parts are clock, disk, radio and broker; sealing and signatures
 * are stand-ins of the true size, as for the laboratory's routers.
 */
public final class AgentProtocol implements ProtocolFactory {
    private final RoutingParameters parameters;
    private final Outside outside;

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
        return new AgentMachine(lab, seeds, node, boot, parameters, outside);
    }

    @Override
    public Outside outside() {
        return outside;
    }

    @Override
    public boolean hasOutbox() {
        return true;
    }

    @Override
    public boolean isJudged() {
        return true;
    }
}
