package io.thicket.agent.config;

import io.thicket.agent.config.LinkConfig.IpVersion;
import io.thicket.routing.LinkClass;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code [[link]]}, one after the other; it remembers what must not occur twice. */
final class LinkSection {
    private static final int MAX_PEERS = 64;

    /** Linux: IFNAMSIZ, less its terminator. */
    private static final int MAX_INTERFACE_LENGTH = 15;

    private static final List<String> TYPES = List.of("udp", "peers");

    private final Set<String> names = new HashSet<>();
    private final Set<String> sockets = new HashSet<>();

    Optional<LinkConfig> read(SectionReader reader) {
        String type = reader.requiredText("type", "\"udp\"");
        LinkClass linkClass = reader.choice("class", LinkClass.ETHERNET);
        int rateKbps = reader.kbps("rate", LinkConfig.defaultRateKbps(linkClass));
        Optional<String> name = reader.text("name").map(text -> reader.requireName("name", text));
        if (type.equals("udp")) {
            return Optional.of(udp(reader, name, linkClass, rateKbps));
        }
        if (type.equals("peers")) {
            return Optional.of(peers(reader, name, linkClass, rateKbps));
        }
        if (!type.isEmpty()) {
            String near = DidYouMean.hint(type, TYPES);
            reader.error("type", "type '" + type + "' is not one of " + String.join(", ", TYPES), near);
        }
        // Of an unknown type every key may be right: none is called unknown.
        List.of("interface", "ip", "port", "listen", "peers", "accept_unknown").forEach(reader::has);
        return Optional.empty();
    }

    private LinkConfig udp(SectionReader reader, Optional<String> name, LinkClass linkClass, int rateKbps) {
        String interfaceName = reader.requiredText("interface", "\"wlan0\"");
        if (interfaceName.length() > MAX_INTERFACE_LENGTH || interfaceName.matches(".*[\\s/].*")) {
            reader.error("interface", "interface '" + interfaceName + "' is no interface's name", "see `ip link`");
        }
        IpVersion ip = reader.choice("ip", IpVersion.AUTO);
        int port = reader.integer("port", 1, 65_535).orElse(LinkConfig.DEFAULT_UDP_PORT);
        boolean unique = requireUnique(reader, "interface", interfaceName + " port " + port);
        return new LinkConfig.Udp(
                unique ? uniqueName(reader, name, interfaceName) : interfaceName,
                linkClass,
                rateKbps,
                interfaceName,
                ip,
                port);
    }

    private LinkConfig peers(SectionReader reader, Optional<String> name, LinkClass linkClass, int rateKbps) {
        List<HostPort> listen = reader.hostPorts("listen").orElse(List.of());
        List<HostPort> peers = reader.hostPorts("peers").orElse(List.of());
        boolean acceptUnknown = reader.flag("accept_unknown", false);
        if (!reader.has("listen")) {
            reader.missing("listen", "\"0.0.0.0:5690\"");
        } else if (listen.size() > 1) {
            reader.error("listen", "listen has more than one address", "write one [[link]] for each");
        }
        if (peers.isEmpty() && !acceptUnknown) {
            if (reader.has("peers")) {
                reader.error(
                        "peers",
                        "peers is empty: nobody could be heard",
                        "list an address, or write accept_unknown = true");
            } else {
                reader.missing("peers", "[\"192.0.2.1:5690\"], or accept_unknown = true");
            }
        }
        if (peers.size() > MAX_PEERS) {
            reader.error("peers", "peers has more than " + MAX_PEERS + " addresses", "");
        }
        if (new HashSet<>(peers).size() < peers.size()) {
            reader.error("peers", "peers has an address twice", "");
        }
        HostPort own = listen.isEmpty() ? new HostPort("localhost", 0) : listen.get(0);
        boolean unique = listen.isEmpty() || requireUnique(reader, "listen", own.toString());
        return new LinkConfig.Peers(
                unique ? uniqueName(reader, name, "peers") : "peers", linkClass, rateKbps, own, peers, acceptUnknown);
    }

    private boolean requireUnique(SectionReader reader, String key, String socket) {
        boolean unique = sockets.add(socket);
        if (!unique) {
            reader.error(key, "another link has " + socket + " already", "");
        }
        return unique;
    }

    private String uniqueName(SectionReader reader, Optional<String> given, String byDefault) {
        String name = given.orElse(byDefault);
        if (!name.isEmpty() && !names.add(name)) {
            reader.error("name", "another link is called '" + name + "' already", "give each its name = \"...\"");
        }
        return name;
    }
}
