package io.thicket.sim.scenario.file;

import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.config.SectionReader;
import io.thicket.routing.LinkClass;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.scenario.file.RoutingPlan.Code;
import io.thicket.sim.scenario.file.RoutingPlan.Protocol;
import java.time.Duration;
import java.util.Locale;

/** {@code [routing]}. */
final class RoutingSection {
    private static final Duration USUAL_ROUTE_LIFETIME = Duration.ofSeconds(3);
    private static final int USUAL_HOP_LIMIT = 64;

    private RoutingSection() {}

    static RoutingPlan read(SectionReader reader, String instead, RadioPlan radio) {
        Protocol written = reader.choice("protocol", Protocol.THICKET);
        Protocol protocol = instead.isEmpty() ? written : Protocol.valueOf(instead.toUpperCase(Locale.ROOT));
        Code code = reader.choice("code", protocol == Protocol.THICKET ? Code.AGENT : Code.ROUTER);
        if (written != Protocol.THICKET && reader.has("code") && code == Code.AGENT) {
            reader.error(
                    "code",
                    "code = \"agent\" is Thicket; of the other protocols there is a router only",
                    "leave it out");
        }
        refuse(reader, written, Protocol.THICKET, "hello_min", "hello_max", "gateway_interval");
        refuse(reader, written, Protocol.AODV, "route_lifetime");
        refuse(reader, written, Protocol.FLOODING, "hop_limit");
        // Links of class lora have timers of their own.
        boolean lora = radio.phy().linkClass() == LinkClass.LORA;
        NodeConfig.Mesh mesh = NodeConfig.Mesh.DEFAULT;
        RoutingParameters slow = RoutingParameters.of(LinkClass.LORA);
        Duration helloMin = reader.duration(
                "hello_min",
                lora ? Duration.ofMillis(slow.helloMinMs()) : mesh.helloMin(),
                Duration.ofMillis(100),
                Duration.ofMinutes(10));
        Duration helloMax = reader.duration(
                "hello_max",
                lora ? Duration.ofMillis(slow.helloMaxMs()) : mesh.helloMax(),
                Duration.ofMillis(100),
                Duration.ofHours(1));
        Duration interval = reader.duration(
                "gateway_interval",
                lora ? Duration.ofMillis(slow.gatewayPeriodMs()) : mesh.gatewayInterval(),
                Duration.ofSeconds(1),
                Duration.ofHours(lora || radio.guessed() ? 24 : 1));
        if (helloMin.compareTo(helloMax) > 0 && !radio.guessed()) {
            reader.error("hello_min", "hello_min is more than hello_max", "");
        }
        if (interval.compareTo(helloMax) < 0 && !radio.guessed()) {
            reader.error(
                    "gateway_interval",
                    "gateway_interval is less than hello_max, so gateways would be forgotten between greetings",
                    "");
        }
        return new RoutingPlan(
                protocol,
                protocol == Protocol.THICKET ? code : Code.ROUTER,
                helloMin.toMillis(),
                helloMax.toMillis(),
                interval.toMillis(),
                reader.duration("route_lifetime", USUAL_ROUTE_LIFETIME, Duration.ofSeconds(1), Duration.ofHours(1))
                        .toMillis(),
                reader.integer("hop_limit", 1, 255).orElse(USUAL_HOP_LIMIT));
    }

    private static void refuse(SectionReader reader, Protocol written, Protocol its, String... keys) {
        for (String key : keys) {
            if (reader.has(key) && written != its && !reader.isMisread("protocol")) {
                reader.error(key, key + " is of protocol " + its.name().toLowerCase(Locale.ROOT) + " only", "");
            }
        }
    }
}
