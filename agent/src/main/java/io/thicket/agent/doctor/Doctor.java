package io.thicket.agent.doctor;

import io.thicket.agent.config.HostPort;
import io.thicket.agent.config.LinkConfig;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.config.NetworkKey;
import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.port.WallClock;
import io.thicket.routing.security.ChaChaSealCipher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes all checks in the order in which causes come before effects. */
public final class Doctor {
    private final Machine machine;
    private final WallClock wallClock;
    private final long listenMs;
    private final List<? extends DoctorCheck> more;

    /**
     * @param wallClock what the system says about its clock
     * @param listenMs how long to listen on each interface
     * @param more checks of the packages above the agent
     */
    public Doctor(Machine machine, WallClock wallClock, long listenMs, List<? extends DoctorCheck> more) {
        this.machine = machine;
        this.wallClock = wallClock;
        this.listenMs = listenMs;
        this.more = List.copyOf(more);
    }

    /** What there is for a node that is not configured yet. */
    public List<Finding> survey() {
        List<Finding> findings = new ArrayList<>(JavaCheck.look());
        findings.add(ClockCheck.look(wallClock, NodeConfig.Clock.SYSTEM));
        findings.addAll(new InterfaceCheck(machine).survey());
        findings.addAll(new SerialCheck(machine).survey());
        return findings;
    }

    /** What surrounds the configured node. Takes the time to listen per interface, and some seconds. */
    public List<Finding> examine(LoadedConfig loaded) {
        NodeConfig config = loaded.node();
        String name = config.node().name();
        List<Finding> findings = new ArrayList<>(JavaCheck.look());
        findings.add(ClockCheck.look(wallClock, config.node().clock()));
        findings.addAll(FileCheck.dataDirectory(config.node()));
        Optional<NetworkKey> key = FileCheck.key(config.network(), findings);
        OwnAgent agent = PortCheck.holder(config.coap().listen());
        if (agent.name().equals(name)) {
            findings.addAll(agent.alarms());
        }
        for (HostPort listen : config.coap().listen()) {
            findings.add(PortCheck.look("coap", listen, agent, name));
        }
        for (LinkConfig link : config.links()) {
            findings.addAll(look(link, keyId(key), agent, name));
        }
        findings.addAll(new SerialCheck(machine).look(config));
        findings.addAll(CalibrationCheck.look(config, wallClock.nowMs()));
        more.forEach(check -> findings.addAll(check.look(loaded)));
        return findings;
    }

    private List<Finding> look(LinkConfig link, OptionalInt keyId, OwnAgent agent, String name) {
        List<Finding> findings = new ArrayList<>();
        if (link instanceof LinkConfig.Udp udp) {
            findings.addAll(new InterfaceCheck(machine).look(udp.interfaceName()));
            boolean usable = findings.stream().allMatch(finding -> finding.severity() != Severity.ERROR);
            if (usable) {
                findings.addAll(new MulticastCheck(listenMs).look(udp, keyId, agent, name));
            }
            return findings;
        }
        if (link instanceof LinkConfig.Peers peers) {
            String area = "link " + peers.name();
            findings.add(PortCheck.look(area, peers.listen(), agent, name));
            for (HostPort peer : peers.peers()) {
                if (PortCheck.address(peer).isUnresolved()) {
                    findings.add(Finding.error(
                            area,
                            "no address is known for the peer " + peer.host(),
                            "write it as numbers, or put it into /etc/hosts"));
                }
            }
            return findings;
        }
        throw new AssertionError("a link of an unknown type: " + link);
    }

    private static OptionalInt keyId(Optional<NetworkKey> key) {
        if (key.isEmpty()) {
            return OptionalInt.empty();
        }
        byte[] id = key.get().id().getBytes(StandardCharsets.US_ASCII);
        return OptionalInt.of(
                Byte.toUnsignedInt(new ChaChaSealCipher(id, key.get().key()).keyId()));
    }
}
