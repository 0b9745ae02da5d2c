package io.thicket.agent.config;

import io.thicket.agent.config.NodeConfig.Commander;
import io.thicket.drivers.command.CommandInfo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what is said about commands: who may give them, and which dangerous ones. */
public final class CommandKeys {
    private CommandKeys() {}

    /** {@code commands}, whatever may be listened at. */
    public static Set<Commander> commanders(SectionReader reader) {
        return commanders(reader, List.of());
    }

    /** {@code commands} of {@code [coap]}. */
    static Set<Commander> commanders(SectionReader reader, List<HostPort> listen) {
        Set<Commander> all = EnumSet.noneOf(Commander.class);
        for (String text : reader.texts("commands")) {
            switch (text) {
                case "local" -> all.add(Commander.LOCAL);
                case "mesh" -> all.add(Commander.MESH);
                default ->
                    reader.error(
                            "commands",
                            "commands has '" + text + "'",
                            "write commands = [\"local\"], [\"mesh\"], [\"local\", \"mesh\"] or [] for nobody");
            }
        }
        if (all.contains(Commander.LOCAL)) {
            for (HostPort address : listen) {
                if (!isLoopback(address)) {
                    reader.warning(
                            "commands",
                            "commands has \"local\", and listen has " + address
                                    + ": whoever reaches that address may switch devices",
                            "listen on 127.0.0.1 only, or leave \"local\" out");
                }
            }
        }
        return all;
    }

    private static boolean isLoopback(HostPort address) {
        String host = address.host();
        if (!host.matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return host.equals("localhost");
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** {@code allow_commands} of a {@code [[sensor]]}; {@code known} are the commands of its driver. */
    static List<String> allowed(SectionReader reader, String driver, List<CommandInfo> known) {
        List<String> allowed = new ArrayList<>(new LinkedHashSet<>(reader.texts("allow_commands")));
        Map<String, CommandInfo> byName = new LinkedHashMap<>();
        known.forEach(each -> byName.put(each.name(), each));
        for (String name : allowed) {
            CommandInfo info = byName.get(name);
            if (info == null) {
                String near = DidYouMean.hint(name, byName.keySet());
                String all =
                        byName.isEmpty() ? "it takes none; delete it" : "it has " + String.join(", ", byName.keySet());
                reader.error(
                        "allow_commands",
                        "driver " + driver + " has no command '" + name.toLowerCase(Locale.ROOT) + "'",
                        near.isEmpty() ? all : near);
            } else if (!info.dangerous()) {
                reader.warning("allow_commands", "the command '" + name + "' is not dangerous", "delete it here");
            }
        }
        return allowed;
    }
}
