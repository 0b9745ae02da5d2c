package io.thicket.gateway;

import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.doctor.DoctorCheck;
import io.thicket.agent.doctor.Finding;
import io.thicket.agent.doctor.Severity;
import io.thicket.gateway.mqtt.BrokerProbe;
import java.util.List;
import java.util.Optional;

/** Logs in to the configured broker as the gateway would, beside a running one. */
public final class BrokerCheck implements DoctorCheck {
    private static final String AREA = "broker";

    @Override
    public List<Finding> look(LoadedConfig config) {
        Optional<GatewayConfig> section = config.section(GatewaySection.INSTANCE);
        if (section.isEmpty()) {
            return List.of();
        }
        GatewayConfig gateway = section.get();
        String site = config.node().network().site();
        Optional<String> problem = BrokerProbe.problem(
                gateway.mqttSettings(site, config.node().node().name()));
        return List.of(
                problem.isEmpty()
                        ? Finding.ok(AREA, gateway.broker() + " speaks MQTT 5 and takes " + login(gateway))
                        : of(problem.get(), gateway));
    }

    private static String login(GatewayConfig gateway) {
        return gateway.username().isEmpty() ? "a login without a user" : "the user '" + gateway.username() + "'";
    }

    /** The client puts the cure after a colon, if it knows one. */
    private static Finding of(String problem, GatewayConfig gateway) {
        int colon = problem.lastIndexOf("): ");
        if (colon > 0) {
            String cure = problem.substring(colon + 3);
            String where = cure.endsWith("?")
                    ? " If so, correct broker = \"" + gateway.broker() + "\" in [gateway]"
                    : " in [gateway]";
            return Finding.error(AREA, problem.substring(0, colon + 1), cure + where);
        }
        return Finding.of(
                AREA,
                Severity.ERROR,
                problem,
                "check broker = \"" + gateway.broker()
                        + "\" in [gateway], and that the broker runs and can be reached");
    }
}
