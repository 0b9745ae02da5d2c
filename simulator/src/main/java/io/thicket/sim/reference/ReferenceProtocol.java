package io.thicket.sim.reference;

import io.thicket.routing.NodeId;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The references by the names that scenarios use, with their usual parameters. */
public enum ReferenceProtocol {
    AODV,
    BABEL,
    FLOODING;

    /** {@code aodv}, {@code babel} or {@code flooding}. */
    public static ReferenceProtocol named(String name) {
        for (ReferenceProtocol protocol : values()) {
            if (protocol.scenarioName().equals(name)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("a reference is aodv, babel or flooding, not '" + name + "'");
    }

    public String scenarioName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A router of this protocol. Flooding gets a hop limit that reaches across the plan's network: with Meshtastic's 7 a
     * large grid could not be compared at all.
     *
     * @param epoch number of the node's boot, from 1
     */
    public ReferenceRouter create(
            NodeId self, long epoch, AddressPlan plan, List<NodeId> gateways, RandomGenerator random) {
        return switch (this) {
            case AODV -> new AodvRouter(self, epoch, plan, gateways, AodvParameters.USUAL, random);
            case BABEL -> new BabelRouter(self, epoch, plan, gateways, BabelParameters.RFC8966, random);
            case FLOODING -> {
                int hopLimit = Math.max(7, Math.min(255, plan.size()));
                yield new FloodingRouter(
                        self, epoch, plan, gateways, FloodParameters.USUAL.withHopLimit(hopLimit), random);
            }
        };
    }
}
