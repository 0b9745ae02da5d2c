package io.thicket.sim.reference;

import io.thicket.routing.NodeId;
import java.util.List;
import java.util.random.RandomGenerator;

/** Every reference with its usual parameters, for tests that run over all of them. */
enum ReferenceProtocol {
    AODV,
    BABEL,
    FLOODING;

    ReferenceRouter create(NodeId self, long epoch, AddressPlan plan, List<NodeId> gateways, RandomGenerator random) {
        return switch (this) {
            case AODV -> new AodvRouter(self, epoch, plan, gateways, AodvParameters.USUAL, random);
            case BABEL -> new BabelRouter(self, epoch, plan, gateways, BabelParameters.RFC8966, random);
            case FLOODING -> new FloodingRouter(self, epoch, plan, gateways, FloodParameters.USUAL, random);
        };
    }
}
