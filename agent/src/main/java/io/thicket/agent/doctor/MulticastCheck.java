package io.thicket.agent.doctor;

import io.thicket.agent.config.LinkConfig;
import io.thicket.agent.link.IpVersion;
import io.thicket.agent.link.MulticastEar;
import io.thicket.agent.link.UdpLinkSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Listens on an interface for the mesh, and for meshes that are not ours. */
final class MulticastCheck {
    private final long listenMs;

    MulticastCheck(long listenMs) {
        this.listenMs = listenMs;
    }

    /** {@code ownKeyId}: of the network's key, empty if that cannot be read. */
    List<Finding> look(LinkConfig.Udp link, OptionalInt ownKeyId, OwnAgent agent, String node) {
        String area = "link " + link.name();
        UdpLinkSettings settings = new UdpLinkSettings(
                link.name(),
                link.interfaceName(),
                link.linkClass(),
                link.rateKbps(),
                link.port(),
                IpVersion.valueOf(link.ip().name()));
        List<Finding> findings = new ArrayList<>();
        try (MulticastEar ear = MulticastEar.open(settings)) {
            findings.add(port(area, settings, ear, agent, node));
            findings.add(Finding.ok(
                    area,
                    "listened at " + Addresses.text(ear.address()) + ", frames of up to " + ear.frameBytes()
                            + " bytes fit"));
            findings.addAll(judge(area, link, ear.listen(listenMs), ownKeyId, agent));
        } catch (IOException e) {
            findings.add(Finding.error(
                    area, String.valueOf(e.getMessage()), "cure what is said about interface " + link.interfaceName()));
        }
        return findings;
    }

    private static Finding port(String area, UdpLinkSettings settings, MulticastEar ear, OwnAgent agent, String node) {
        String what = "mesh port " + settings.port() + " of " + Addresses.text(ear.address());
        try {
            MulticastEar.requireFreePort(settings);
            return Finding.ok(area, what + " is free");
        } catch (IOException e) {
            return PortCheck.taken(area, what, settings.port(), e, agent, node);
        }
    }

    private List<Finding> judge(
            String area,
            LinkConfig.Udp link,
            Map<Integer, MulticastEar.Network> heard,
            OptionalInt ownKeyId,
            OwnAgent agent) {
        List<Finding> findings = new ArrayList<>();
        boolean ours = false;
        for (MulticastEar.Network network : heard.values()) {
            String who = counted(network.frames(), "frame") + " from "
                    + network.senders().stream().map(Addresses::text).collect(Collectors.joining(", "));
            if (ownKeyId.isEmpty()) {
                findings.add(Finding.info(area, "heard " + who + " (key id " + hex(network.keyId()) + ")", ""));
            } else if (network.keyId() == ownKeyId.getAsInt()) {
                ours = true;
                findings.add(Finding.ok(area, "heard our network: " + who));
            } else {
                findings.add(Finding.warning(
                        area,
                        "heard a network with another key (key id " + hex(network.keyId()) + ", ours is "
                                + hex(ownKeyId.getAsInt()) + "): " + who,
                        "if these nodes are yours, copy one key file to all of them; if not, they do no harm"));
            }
        }
        if (!ours && ownKeyId.isPresent()) {
            findings.add(silence(area, link, agent, heard.isEmpty()));
        }
        return findings;
    }

    private Finding silence(String area, LinkConfig.Udp link, OwnAgent agent, boolean nothing) {
        String seconds = listenMs / 1_000 + " s";
        int neighbours = agent.neighbours(link.name());
        if (neighbours > 0) {
            return Finding.info(
                    area,
                    "nothing heard in " + seconds + ", but the running node has " + counted(neighbours, "neighbour")
                            + " here; settled nodes speak seldom",
                    "to hear them: --listen 65s");
        }
        return Finding.warning(
                area,
                (nothing ? "nothing" : "nobody of our network") + " heard in " + seconds,
                "listen longer, settled nodes speak once a minute: --listen 65s. Is another node on, with the same key"
                        + " file and the same port " + link.port()
                        + "? Does the access point isolate its clients or filter"
                        + " multicast (then: type = \"peers\")? Does a firewall drop UDP port " + link.port()
                        + " (sudo nft list ruleset)?");
    }

    private static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    private static String hex(int keyId) {
        return String.format("%02x", keyId);
    }
}
