package io.thicket.routing.engine;

import io.thicket.routing.Identity;
import io.thicket.routing.LinkClass;
import io.thicket.routing.NodeId;
import io.thicket.routing.security.FrameBuffers;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.security.Signer;
import io.thicket.routing.security.Verifier;
import io.thicket.routing.wire.Hello;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Everything a {@link Router} is made of. {@code random} must not be predictable outside simulations: challenges and
 * jitter are drawn from it.
 *
 * @param signer the node's own key; the NodeId is the hash of its public part
 * @param verifier checks the IDENT messages of others
 * @param name 1 to 32 of {@code [a-z0-9_-]}
 * @param roles what this node does
 * @param epoch of this boot, stored durably before the router is made
 * @param salt 64 random bits of this boot
 * @param cipher of the network: its id and key are in there
 * @param random of this node alone
 * @param parameters timers of each link class
 * @param maxDestinations destinations held at most
 * @param gateways the nodes that may be gateways, any node if empty
 * @param buffers for the frames, of this node alone or shared as {@link FrameBuffers} allows
 * @param willingness to forward for others, 1 (last resort) to 7 (mains); of no meaning without the role RELAY
 */
public record RouterConfig(
        Signer signer,
        Verifier verifier,
        String name,
        Set<Identity.Role> roles,
        long epoch,
        long salt,
        SealCipher cipher,
        RandomGenerator random,
        Map<LinkClass, RoutingParameters> parameters,
        int maxDestinations,
        Set<NodeId> gateways,
        int willingness,
        FrameBuffers buffers) {
    /** Destinations held unless a node says otherwise. */
    public static final int DEFAULT_MAX_DESTINATIONS = RoutingTable.MAX_DESTINATIONS;

    /** Gateways that a network can list. */
    public static final int MAX_LISTED_GATEWAYS = GatewayTable.MAX_GATEWAYS;

    public RouterConfig {
        if (!Identity.isValidName(name)) {
            throw new IllegalArgumentException("node name '" + name + "'");
        }
        if (maxDestinations < 1 || maxDestinations > RoutingTable.MAX_DESTINATIONS) {
            throw new IllegalArgumentException("destinations " + maxDestinations);
        }
        roles = Set.copyOf(roles);
        parameters = completed(parameters);
        if (gateways.size() > MAX_LISTED_GATEWAYS) {
            throw new IllegalArgumentException(gateways.size() + " gateways");
        }
        gateways = Set.copyOf(gateways);
        if (willingness < 1 || willingness > Hello.MAX_WILLINGNESS) {
            throw new IllegalArgumentException("willingness " + willingness);
        }
    }

    /** With buffers of its own. */
    public RouterConfig(
            Signer signer,
            Verifier verifier,
            String name,
            Set<Identity.Role> roles,
            long epoch,
            long salt,
            SealCipher cipher,
            RandomGenerator random,
            Map<LinkClass, RoutingParameters> parameters,
            int maxDestinations,
            Set<NodeId> gateways,
            int willingness) {
        this(
                signer,
                verifier,
                name,
                roles,
                epoch,
                salt,
                cipher,
                random,
                parameters,
                maxDestinations,
                gateways,
                willingness,
                new FrameBuffers());
    }

    /** A node on mains. */
    public RouterConfig(
            Signer signer,
            Verifier verifier,
            String name,
            Set<Identity.Role> roles,
            long epoch,
            long salt,
            SealCipher cipher,
            RandomGenerator random,
            Map<LinkClass, RoutingParameters> parameters,
            int maxDestinations,
            Set<NodeId> gateways) {
        this(
                signer,
                verifier,
                name,
                roles,
                epoch,
                salt,
                cipher,
                random,
                parameters,
                maxDestinations,
                gateways,
                Hello.MAX_WILLINGNESS);
    }

    /** A network that does not list its gateways. */
    public RouterConfig(
            Signer signer,
            Verifier verifier,
            String name,
            Set<Identity.Role> roles,
            long epoch,
            long salt,
            SealCipher cipher,
            RandomGenerator random,
            Map<LinkClass, RoutingParameters> parameters,
            int maxDestinations) {
        this(signer, verifier, name, roles, epoch, salt, cipher, random, parameters, maxDestinations, Set.of());
    }

    /** With the defaults of section 2.6. */
    public RouterConfig(
            Signer signer,
            Verifier verifier,
            String name,
            Set<Identity.Role> roles,
            long epoch,
            long salt,
            SealCipher cipher,
            RandomGenerator random) {
        this(
                signer,
                verifier,
                name,
                roles,
                epoch,
                salt,
                cipher,
                random,
                defaultParameters(),
                RoutingTable.MAX_DESTINATIONS);
    }

    /** With the defaults of the classes that are not in it. Nodes that are given one immutable, complete map share it. */
    private static Map<LinkClass, RoutingParameters> completed(Map<LinkClass, RoutingParameters> parameters) {
        if (parameters.size() == LinkClass.values().length) {
            return Map.copyOf(parameters);
        }
        EnumMap<LinkClass, RoutingParameters> all = new EnumMap<>(defaultParameters());
        all.putAll(parameters);
        return Map.copyOf(all);
    }

    /** The defaults of section 2.6 for every link class. */
    public static Map<LinkClass, RoutingParameters> defaultParameters() {
        EnumMap<LinkClass, RoutingParameters> all = new EnumMap<>(LinkClass.class);
        for (LinkClass linkClass : LinkClass.values()) {
            all.put(linkClass, RoutingParameters.of(linkClass));
        }
        return all;
    }

    /** The NodeId that belongs to the signer's key. */
    public NodeId self() {
        return NodeId.ofPublicKey(signer.publicKey());
    }
}
