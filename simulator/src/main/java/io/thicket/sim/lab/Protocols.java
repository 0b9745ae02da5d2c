package io.thicket.sim.lab;

import java.util.List;

/** The protocols by name. */
public final class Protocols {
    /** What {@link #named} knows. */
    public static final List<String> NAMES = List.of("thicket", "thicket-mac");

    private Protocols() {}

    /** The factory of that name; {@code thicket-mac} is Thicket with the MAC's failures reported to it. */
    public static ProtocolFactory named(String name) {
        return switch (name) {
            case "thicket" -> new ThicketProtocol(false);
            case "thicket-mac" -> new ThicketProtocol(true);
            default ->
                throw new IllegalArgumentException(
                        "a protocol is one of " + String.join(", ", NAMES) + ", not '" + name + "'");
        };
    }
}
