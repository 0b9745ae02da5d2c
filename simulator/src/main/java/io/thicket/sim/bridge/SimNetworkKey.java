package io.thicket.sim.bridge;

import io.thicket.agent.cli.ExitCode;
import io.thicket.agent.cli.Failure;
import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.NetworkKey;
import io.thicket.agent.config.NetworkKeyFile;
import io.thicket.agent.identity.Ed25519Signer;
import io.thicket.routing.NodeId;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.SealCipher;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.file.BridgePlan;
import io.thicket.sim.scenario.file.Scenario;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The network of a bridged run: a real key, so that a real agent can join. Without a key file it follows from the scenario's seed, as do the
 * keys of the simulated nodes always, and is no secret.
 */
final class SimNetworkKey {
    private final String id;
    private final byte[] key;
    private final Set<NodeId> gateways;

    private SimNetworkKey(String id, byte[] key, Set<NodeId> gateways) {
        this.id = id;
        this.key = key.clone();
        this.gateways = Set.copyOf(gateways);
    }

    /** The key of {@code scenario}; one of a file must be readable by its owner only. */
    static SimNetworkKey of(Scenario scenario) throws Failure {
        BridgePlan plan = scenario.world().bridge();
        Optional<Path> file = plan.keyFile();
        if (file.isEmpty()) {
            byte[] key = new Seeds(scenario.seed()).bytes("network", 0, ChaChaSealCipher.NETWORK_KEY_BYTES);
            return new SimNetworkKey(scenario.name(), key, Set.of());
        }
        try {
            NetworkKey read = NetworkKeyFile.read(file.get());
            return new SimNetworkKey(read.id(), read.key(), read.gateways());
        } catch (ConfigException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage());
        }
    }

    /** What the simulated node {@code node} signs with. */
    static Ed25519Signer signer(Seeds seeds, int node) {
        return new Ed25519Signer(seeds.bytes("identity", node, Ed25519Signer.SEED_BYTES));
    }

    /** Who the simulated node {@code node} is. */
    static NodeId idOf(Seeds seeds, int node) {
        return NodeId.ofPublicKey(signer(seeds, node).publicKey());
    }

    String id() {
        return id;
    }

    /** Who may be a gateway; everybody if nobody is listed. */
    Set<NodeId> gateways() {
        return gateways;
    }

    SealCipher cipher() {
        return new ChaChaSealCipher(id.getBytes(StandardCharsets.US_ASCII), key);
    }

    /** The key file of a real agent that joins. */
    String file(String scenario) {
        return """
                # The key of the simulated network '%s'. NOT A SECRET: it follows from the scenario's seed, so that whoever has the
                # scenario has the key. Never use it for a network that matters. No gateways are listed: any node may be one.
                [network]
                id = "%s"
                key = "%s"
                """.formatted(scenario, id, HexFormat.of().formatHex(key));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "network " + id;
    }
}
