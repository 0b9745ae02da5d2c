package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import java.util.Locale;

/** What only whole nodes have: a disk, a clock of their own, sensors, CoAP. */
public final class WholeNodes {
    private WholeNodes() {}

    /** Whether there are some, and not routers alone. */
    public static boolean areRunBy(RoutingPlan routing) {
        return routing.protocol() == RoutingPlan.Protocol.THICKET && routing.code() == RoutingPlan.Code.AGENT;
    }

    /** The advice to whom routers alone are not enough: how to get whole nodes. */
    public static String advice(RoutingPlan routing) {
        return routing.protocol() == RoutingPlan.Protocol.THICKET
                ? "write code = \"agent\" in [routing]"
                : "run it with protocol thicket";
    }

    /** Notes at {@code key} if there are none; {@code what} begins the sentence, it is what needs them. */
    static void require(SectionReader reader, String key, String what, RoutingPlan routing) {
        if (areRunBy(routing)) {
            return;
        }
        if (routing.protocol() != RoutingPlan.Protocol.THICKET) {
            String protocol = routing.protocol().name().toLowerCase(Locale.ROOT);
            reader.error(
                    key,
                    what + "is of whole nodes, and of protocol " + protocol + " there is a router only",
                    "leave it out, or " + advice(routing));
        } else {
            reader.error(key, what + "is of whole nodes, not of routers alone", advice(routing));
        }
    }
}
