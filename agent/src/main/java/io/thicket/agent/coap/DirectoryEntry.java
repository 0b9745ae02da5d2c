package io.thicket.agent.coap;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code /directory}, the small form of {@code /nodes} that agents fetch from each other:
 * {@code NODEID NAME LABEL ROLES LASTSEENAGOMS}. Roles are the letters {@code S}, {@code R}, {@code G}, or {@code -}.
 *
 * @param roles what the node does
 * @param lastSeenAgoMs as the gateway counted it
 */
record DirectoryEntry(NodeId id, String name, String label, Set<Identity.Role> roles, long lastSeenAgoMs) {
    /** The resource's path. */
    static final String PATH = "directory";

    /** Most entries read from a gateway. */
    static final int MAX_ENTRIES = 1024;

    private static final int FIELDS = 5;
    private static final int MAX_LABEL_LENGTH = Identity.MAX_NAME_LENGTH + 5;

    DirectoryEntry {
        roles = Set.copyOf(roles);
    }

    /** What a node knows by itself. */
    static byte[] write(List<NodeSnapshot.KnownNode> nodes) {
        StringBuilder text = new StringBuilder(64 * nodes.size());
        for (NodeSnapshot.KnownNode node : nodes.subList(0, Math.min(nodes.size(), MAX_ENTRIES))) {
            text.append(node.id())
                    .append(' ')
                    .append(node.name())
                    .append(' ')
                    .append(node.label())
                    .append(' ');
            text.append(letters(node.roles()))
                    .append(' ')
                    .append(node.lastSeenAgoMs())
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what another node wrote; a line that is not well-formed is left out. */
    static List<DirectoryEntry> parse(String text) {
        List<DirectoryEntry> entries = new ArrayList<>();
        for (String line : text.split("\n", MAX_ENTRIES + 1)) {
            DirectoryEntry entry = entries.size() < MAX_ENTRIES ? parseLine(line) : null;
            if (entry != null) {
                entries.add(entry);
            }
        }
        return List.copyOf(entries);
    }

    private static @Nullable DirectoryEntry parseLine(String line) {
        String[] fields = line.split(" ", FIELDS + 1);
        if (fields.length != FIELDS
                || !fields[0].matches("[0-9a-f]{16}")
                || !Identity.isValidName(fields[1])
                || !fields[2].matches("[a-z0-9_-]{1," + MAX_LABEL_LENGTH + "}")
                || !fields[3].matches("-|S?R?G?")
                || !fields[4].matches("[0-9]{1,15}")) {
            return null;
        }
        Set<Identity.Role> roles = EnumSet.noneOf(Identity.Role.class);
        for (Identity.Role role : Identity.Role.values()) {
            if (fields[3].indexOf(letter(role)) >= 0) {
                roles.add(role);
            }
        }
        return new DirectoryEntry(NodeId.parse(fields[0]), fields[1], fields[2], roles, Long.parseLong(fields[4]));
    }

    private static String letters(Set<Identity.Role> roles) {
        StringBuilder letters = new StringBuilder();
        for (Identity.Role role : Identity.Role.values()) {
            if (roles.contains(role)) {
                letters.append(letter(role));
            }
        }
        return letters.isEmpty() ? "-" : letters.toString();
    }

    private static char letter(Identity.Role role) {
        return switch (role) {
            case SENSOR -> 'S';
            case RELAY -> 'R';
            case GATEWAY -> 'G';
        };
    }
}
