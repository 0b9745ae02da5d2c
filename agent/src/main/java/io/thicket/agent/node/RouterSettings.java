package io.thicket.agent.node;

import io.thicket.agent.config.NetworkKey;
import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.identity.Ed25519Verifier;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.Signer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The router's settings from a node's configuration, its keys and this boot. */
public final class RouterSettings {
    /** Destinations held: twice the largest mesh aimed at, and with all else inside the 16 MB heap of a device. */
    private static final int MAX_DESTINATIONS = 4_000;

    private RouterSettings() {}

    /**
     * Settings with real cryptography.
     *
     * @param signer the node's own key
     * @param mesh the timers that the configuration may change; they apply to all link classes but LoRa
     * @param identity this node's name and roles, with the epoch of this boot
     * @param salt 64 random bits of this boot
     */
    public static RouterConfig of(
            NodeConfig.Mesh mesh, NetworkKey key, Signer signer, Identity identity, long salt, RandomGenerator random) {
        Map<LinkClass, RoutingParameters> parameters = new EnumMap<>(RouterConfig.defaultParameters());
        for (LinkClass linkClass : new LinkClass[] {LinkClass.ETHERNET, LinkClass.WIFI}) {
            parameters.computeIfPresent(linkClass, (ignored, usual) -> usual.withHello(
                            mesh.helloMin().toMillis(), mesh.helloMax().toMillis())
                    .withPeriods(mesh.gatewayInterval().toMillis(), usual.registerPeriodMs()));
        }
        return new RouterConfig(
                signer,
                new Ed25519Verifier(),
                identity.name(),
                identity.roles(),
                identity.epoch(),
                salt,
                new ChaChaSealCipher(key.id().getBytes(StandardCharsets.US_ASCII), key.key()),
                random,
                parameters,
                MAX_DESTINATIONS,
                key.gateways(),
                mesh.energy().willingness());
    }
}
