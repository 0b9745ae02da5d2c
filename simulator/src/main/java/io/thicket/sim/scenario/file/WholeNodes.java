package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import java.util.Locale;

/** What only whole nodes have: a disk, a clock of their own, sensors, CoAP. */
final class WholeNodes {
    private WholeNodes() {}

    /** Notes at {@code key} if there are none; {@code what} begins the sentence, it is what needs them. */
    static void require(SectionReader reader, String key, String what, RoutingPlan routing) {
        if (routing.protocol() != RoutingPlan.Protocol.THICKET) {
            String protocol = routing.protocol().name().toLowerCase(Locale.ROOT);
            reader.error(
                    key,
                    what + "is of whole nodes, and of protocol " + protocol + " there is a router only",
                    "leave it out, or run it with protocol thicket");
        } else if (routing.code() == RoutingPlan.Code.ROUTER) {
            reader.error(key, what + "is of whole nodes, not of routers alone", "write code = \"agent\" in [routing]");
        }
    }
}
