package io.thicket.agent.cli;

import io.thicket.agent.node.Node;

/** The software's version. */
public final class Version {
    private Version() {}

    /** As the build wrote it into the jar's manifest; {@code development} when run from classes. */
    public static String text() {
        String version = Node.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
