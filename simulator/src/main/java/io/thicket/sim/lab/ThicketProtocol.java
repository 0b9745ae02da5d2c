package io.thicket.sim.lab;

import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.engine.Router;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.kernel.Seeds;
import java.util.Map;
import java.util.Set;

/** Thicket: the engine itself with the parameters that the agent ships. */
final class ThicketProtocol implements ProtocolFactory {
    private static final long NETWORK = 0x6c61_6221L;

    /** Each router has a cipher of its own, which keeps keys of those it hears, not of the whole network. */
    private static final int MANY_HEARD = 64;

    private final boolean macFeedback;
    private final RoutingParameters parameters;

    /**
     * @param macFeedback whether the router is told of frames that the MAC gave up. A UDP socket does not tell, so the figures
     *     are taken without
     */
    ThicketProtocol(boolean macFeedback) {
        this(macFeedback, RoutingParameters.of(LinkClass.WIFI));
    }

    /** With timers of its own. */
    ThicketProtocol(boolean macFeedback, RoutingParameters parameters) {
        this.macFeedback = macFeedback;
        this.parameters = parameters;
    }

    @Override
    public Instance make(Seeds seeds, LabScenario scenario, int node, int boot) {
        boolean gateway = scenario.gateways().contains(node);
        long purpose = ProtocolFactory.purpose(node, boot);
        LabCipher cipher = new LabCipher(NETWORK, Math.min(MANY_HEARD, scenario.nodes()));
        Router router = new Router(new RouterConfig(
                LabKeys.signer(seeds, node),
                LabKeys.VERIFIER,
                LabOrigin.nameOf(node),
                gateway
                        ? Set.of(Identity.Role.GATEWAY, Identity.Role.RELAY)
                        : Set.of(Identity.Role.SENSOR, Identity.Role.RELAY),
                boot,
                seeds.seed("salt", purpose),
                Insiders.cipherOf(
                        scenario, seeds, node, ProtocolFactory.idOf(seeds, node), cipher, cipher, vanished -> {}),
                seeds.generator("node", purpose),
                Map.of(
                        LinkInfos.of(scenario.radio().phy()).linkClass(),
                        Insiders.parametersOf(scenario, node, parameters)),
                RouterConfig.DEFAULT_MAX_DESTINATIONS));
        router.expectNoStalls();
        MacListener listener = macFeedback
                ? (nowMs, link, to, frame, effects) -> router.onLinkFailure(nowMs, link, to, effects)
                : null;
        return new Instance(router, cipher, Carriage.COAP, listener);
    }

    @Override
    public boolean hasOutbox() {
        return true;
    }

    @Override
    public RoutingParameters judgedBy() {
        return parameters;
    }
}
