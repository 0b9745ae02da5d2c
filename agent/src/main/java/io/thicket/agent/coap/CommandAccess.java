package io.thicket.agent.coap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may tell devices something. Nobody, unless the configuration says so: the local addresses have no authentication.
 *
 * @param local whether clients at the local addresses may, here and through this node's proxy
 * @param mesh whether other nodes may
 * @param dangerous the dangerous commands that may be told at all, by sensor
 */
public record CommandAccess(boolean local, boolean mesh, Map<String, Set<String>> dangerous) {
    /** Nobody may. */
    public static final CommandAccess NONE = new CommandAccess(false, false, Map.of());

    public CommandAccess {
        dangerous = Map.copyOf(new LinkedHashMap<>(dangerous));
    }

    /** Why a request is refused whatever it asks for, with what to write where; empty if it may come. */
    Optional<String> refusal(boolean fromMesh) {
        if (fromMesh ? mesh : local) {
            return Optional.empty();
        }
        return Optional.of(
                fromMesh
                        ? "this node takes no commands from other nodes; write commands = [\"mesh\"] into [coap] of its configuration"
                        : "this node takes no commands from local clients; write commands = [\"local\"] into [coap] of its"
                                + " configuration");
    }

    /** Why a dangerous command is refused; empty if it may be told. */
    Optional<String> refusal(String sensor, String command) {
        if (dangerous.getOrDefault(sensor, Set.of()).contains(command)) {
            return Optional.empty();
        }
        return Optional.of("'" + command + "' is dangerous; write allow_commands = [\"" + command
                + "\"] into the [[sensor]] '" + sensor + "' of this node's configuration");
    }
}
