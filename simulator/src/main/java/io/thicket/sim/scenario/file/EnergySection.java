package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.sim.scenario.file.EnergyPlan.Announced;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code [[energy]]}: batteries, what empties them and what fills them. */
final class EnergySection {
    private static final Duration DAY = Duration.ofHours(24);
    private static final double MAX_MA = 100_000;

    private final NodePlan plan;
    private final NodeNames names;
    private final Set<Integer> taken = new HashSet<>();

    EnergySection(NodePlan plan) {
        this.plan = plan;
        this.names = NodeNames.of(plan);
    }

    Optional<EnergyPlan> read(SectionReader reader) {
        List<Integer> nodes = names.nodesOr(reader, node -> !plan.gateways().contains(node));
        for (int node : nodes) {
            if (!taken.add(node)) {
                reader.error(
                        "nodes",
                        "node " + plan.names().get(node) + " has a battery already",
                        "write nodes = [...] in each [[energy]], so that each node is in one");
                break;
            }
        }
        if (!reader.has("battery_mah")) {
            reader.missing("battery_mah", "2600");
        }
        double volts = reader.decimal("volts", 0.1, 1_000).orElse(5.0);
        double capacityJ = reader.decimal("battery_mah", 1e-3, 1e9).orElse(1_000.0) * 3.6 * volts;
        double charge = reader.decimal("charge", 0, 1).orElse(1.0);
        double deviceW = watts(reader, "device_ma", 110, volts);
        double sleepW = watts(reader, "sleep_ma", 0, volts);
        double listenW = watts(reader, "listen_ma", 0, volts);
        double receiveW = watts(reader, "receive_ma", 30, volts);
        double transmitW = watts(reader, "transmit_ma", 100, volts);
        double awake = reader.decimal("awake", 0, 1).orElse(1.0);
        double solarW = reader.decimal("solar_w", 0, 1e6).orElse(0.0);
        long sunriseMs = timeOfDay(reader, "sunrise", Duration.ofHours(6), solarW);
        long sunsetMs = timeOfDay(reader, "sunset", Duration.ofHours(18), solarW);
        long startMs = timeOfDay(reader, "start_of_day", Duration.ZERO, solarW);
        if (sunriseMs >= sunsetMs) {
            reader.error("sunrise", "sunrise is not before sunset", "");
        }
        if (reader.has("restart") && !reader.has("solar_w")) {
            reader.error("restart", "restart is of nodes with a panel only", "write solar_w = 5");
        }
        if (reader.has("sleep_ma") && !reader.has("awake")) {
            reader.error("sleep_ma", "sleep_ma is of nodes that sleep, and these never do", "write awake = 0.1");
        }
        double restart = reader.decimal("restart", 0, 1).orElse(0.1);
        Announced announced = reader.choice("announced", solarW > 0 ? Announced.SOLAR : Announced.BATTERY);
        return Optional.of(new EnergyPlan(
                nodes, capacityJ, charge, deviceW, sleepW, listenW, receiveW, transmitW, awake, solarW, sunriseMs,
                sunsetMs, startMs, restart, announced));
    }

    private static double watts(SectionReader reader, String key, double usualMa, double volts) {
        return reader.decimal(key, 0, MAX_MA).orElse(usualMa) / 1e3 * volts;
    }

    private static long timeOfDay(SectionReader reader, String key, Duration usual, double solarW) {
        if (solarW == 0 && reader.has(key)) {
            reader.error(key, key + " is of nodes with a panel only", "write solar_w = 5");
        }
        return reader.duration(key, usual, Duration.ZERO, DAY).toMillis();
    }
}
