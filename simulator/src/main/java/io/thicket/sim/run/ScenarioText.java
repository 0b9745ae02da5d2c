package io.thicket.sim.run;

import io.thicket.agent.config.ConfigProblem;
import io.thicket.agent.config.Units;
import io.thicket.sim.bridge.BridgeText;
import io.thicket.sim.scenario.BrokerPlan;
import io.thicket.sim.scenario.file.CheckPlan;
import io.thicket.sim.scenario.file.EnergyPlan;
import io.thicket.sim.scenario.file.FaultPlan;
import io.thicket.sim.scenario.file.NodePlan;
import io.thicket.sim.scenario.file.PhyPlan;
import io.thicket.sim.scenario.file.RadioPlan;
import io.thicket.sim.scenario.file.RoutingPlan;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.SensorPlan;
import io.thicket.sim.scenario.file.TrafficPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A resolved scenario for people: every default filled in, every draw made. */
public final class ScenarioText {
    /** Nodes that are listed one by one; of more only the gateways and the first ones are. */
    private static final int LISTED_NODES = 50;

    private ScenarioText() {}

    /** What {@code thicket sim explain} prints. */
    public static List<String> of(Scenario scenario) {
        List<String> lines = new ArrayList<>();
        lines.add("scenario   " + scenario.name() + ", seed 0x" + Long.toHexString(scenario.seed()));
        if (!scenario.description().isEmpty()) {
            lines.add("           " + scenario.description());
        }
        lines.add("time       " + time(scenario.durationMs()) + ", counted from " + time(scenario.warmUpMs())
                + "; all nodes start within " + time(scenario.powerUpMs())
                + (scenario.invariants() ? "" : "; invariants are not judged"));
        lines.add("routing    " + routing(scenario.routing()));
        lines.add("radio      " + radio(scenario.radio()));
        nodes(scenario.nodes(), new PlannedWorld(scenario), lines);
        for (TrafficPlan traffic : scenario.traffic()) {
            lines.add("traffic    " + traffic(traffic));
        }
        for (EnergyPlan energy : scenario.world().energy()) {
            lines.add("energy     " + EnergyText.of(energy, scenario.nodes()));
        }
        for (SensorPlan sensor : scenario.world().sensors()) {
            lines.add("sensor     " + SensorText.of(sensor, scenario.nodes()));
        }
        if (!scenario.nodes().gateways().isEmpty()) {
            lines.add("broker     " + broker(scenario.world().broker()));
        }
        BridgeText.of(scenario).forEach(line -> lines.add("bridge     " + line));
        for (FaultPlan fault : scenario.faults()) {
            lines.add("fault      " + fault(fault, scenario.nodes()));
        }
        for (CheckPlan check : scenario.checks()) {
            lines.add("check      " + check(check));
        }
        for (ConfigProblem warning : scenario.warnings()) {
            lines.add("warning    " + warning.where() + ": " + warning.message());
            lines.add("           " + warning.hint());
        }
        IdleFaults.of(scenario).forEach(idle -> lines.add("warning    " + idle));
        return lines;
    }

    private static String broker(BrokerPlan broker) {
        return time(broker.delayMs()) + " away, " + broker.inFlight() + " messages for a gateway on their way, "
                + broker.queued() + " kept";
    }

    private static String routing(RoutingPlan routing) {
        String name = word(routing.protocol());
        return switch (routing.protocol()) {
            case THICKET ->
                name + ", " + (routing.code() == RoutingPlan.Code.AGENT ? "the agent's whole node" : "the router alone")
                        + "; hello " + time(routing.helloMinMs()) + " to " + time(routing.helloMaxMs())
                        + ", gateways every " + time(routing.gatewayIntervalMs());
            case AODV -> name + ", routes live " + time(routing.routeLifetimeMs());
            case FLOODING -> name + ", at most " + routing.hopLimit() + " hops";
            case BABEL -> name;
        };
    }

    private static String radio(RadioPlan radio) {
        String law =
                switch (radio.model()) {
                    case RANGE -> "range of " + Numbers.text(radio.rangeM()) + " m";
                    case TWO_RAY ->
                        radio.phy().kind() == PhyPlan.Kind.LORA
                                ? "two-ray ground, " + Numbers.text(radio.txDbm()) + " dBm over a noise of "
                                        + Numbers.text(radio.noiseDbm()) + " dBm"
                                : "two-ray ground, 250 m, sensed to 550 m";
                    case LINKS -> "a table of links";
                    case LOG_DISTANCE, URBAN ->
                        (radio.model() == RadioPlan.Model.URBAN ? "urban ad-hoc links over " : "")
                                + "log-distance, exponent " + Numbers.text(radio.exponent()) + ", "
                                + Numbers.text(radio.referenceLossDb()) + " dB at 1 m, shadowing "
                                + Numbers.text(radio.shadowingDb()) + " dB" + alike(radio) + ", asymmetry "
                                + Numbers.text(radio.asymmetryDb()) + " dB, " + offsets(radio)
                                + Numbers.text(radio.txDbm())
                                + " dBm over a noise of " + Numbers.text(radio.noiseDbm()) + " dBm";
                };
        return law + "; " + phy(radio.phy()) + ", interference by " + interference(radio) + "; " + percent(radio.loss())
                + " lost on the air, " + percent(radio.datagramLoss()) + " above the MAC";
    }

    private static String alike(RadioPlan radio) {
        if (radio.shadowingWidthM() == 0 || radio.shadowingAlike() == 0 || radio.shadowingDb() == 0) {
            return "";
        }
        return ", " + percent(radio.shadowingAlike()) + " of it alike within " + Numbers.text(radio.shadowingWidthM())
                + " m";
    }

    private static String offsets(RadioPlan radio) {
        if (radio.nodeOffsetDb() == 0) {
            return "";
        }
        return "offsets of nodes " + Numbers.text(radio.nodeOffsetDb()) + " dB"
                + (radio.nodeOffsetWidthM() == 0
                        ? ""
                        : " alike within " + Numbers.text(radio.nodeOffsetWidthM()) + " m")
                + ", ";
    }

    private static String phy(PhyPlan phy) {
        return phy.phy().name()
                + (phy.kind() == PhyPlan.Kind.LORA
                        ? ", coding rate 4/" + (phy.lora().codingRate() + 4) + ", duty of "
                                + percent(phy.lora().dutyPerMille() / 1e3) + ", SNR spread "
                                + Numbers.text(phy.spreadDb()) + " dB"
                        : "");
    }

    private static String interference(RadioPlan radio) {
        return radio.phy().kind() == PhyPlan.Kind.LORA
                ? "a threshold of 6 dB"
                : radio.sinr() ? "SINR" : "a threshold of 10 dB";
    }

    private static void nodes(NodePlan nodes, PlannedWorld world, List<String> lines) {
        int count = nodes.count();
        int[] degrees = new int[count];
        long links = 0;
        for (int i = 0; i < count; i++) {
            for (int j : world.near(i)) {
                if (j > i && world.connects(i, j, 0)) {
                    degrees[i]++;
                    degrees[j]++;
                    links++;
                }
            }
        }
        long alone =
                java.util.Arrays.stream(degrees).filter(degree -> degree == 0).count();
        lines.add("nodes      " + count + " (" + nodes.origin()
                + (nodes.positions().isStatic() ? "" : ", moving")
                + "), " + Plural.of(nodes.gateways().size(), "gateway") + ", "
                + Plural.of(nodes.relays().size(), "relay") + "; at the start "
                + Plural.of(links, "link") + ", mean degree " + Numbers.text(count == 0 ? 0 : 2.0 * links / count)
                + ", "
                + Plural.of(alone, "node") + " alone");
        for (int i = 0; i < count; i++) {
            if (i < LISTED_NODES || nodes.gateways().contains(i)) {
                lines.add("  " + i + "  " + nodes.names().get(i) + "  "
                        + (nodes.gateways().contains(i)
                                ? "gateway"
                                : nodes.relays().contains(i) ? "relay" : "sensor")
                        + "  " + metres(nodes.positions().x(i, 0)) + ", "
                        + metres(nodes.positions().y(i, 0)) + " m  "
                        + Plural.of(degrees[i], "neighbour"));
            }
        }
        if (count > LISTED_NODES) {
            lines.add("  ... " + (count - LISTED_NODES) + " more, of which only gateways are listed");
        }
    }

    private static String traffic(TrafficPlan traffic) {
        List<TrafficPlan.Packet> packets = traffic.packets();
        if (packets.isEmpty()) {
            return word(traffic.kind()) + ": no packets";
        }
        long sources =
                packets.stream().mapToInt(TrafficPlan.Packet::from).distinct().count();
        long toGateways = packets.stream()
                .filter(packet -> packet.to() == TrafficPlan.ANY_GATEWAY)
                .count();
        return word(traffic.kind()) + ": " + Plural.of(packets.size(), "packet") + " of " + Plural.of(sources, "node")
                + ", " + toGateways
                + " of them readings for a gateway, from "
                + seconds(packets.get(0).atUs()) + " to "
                + seconds(packets.get(packets.size() - 1).atUs());
    }

    static String fault(FaultPlan fault, NodePlan nodes) {
        String whom = fault.nodes().isEmpty()
                ? fault.strikesNobody() ? "nobody" : "everywhere"
                : String.join(
                        ", ", fault.nodes().stream().map(nodes.names()::get).toList());
        String when = fault.kind() == FaultPlan.Kind.INSIDER
                ? "always"
                : "from " + time(fault.atMs())
                        + (fault.untilMs() == FaultPlan.NEVER ? " on" : " to " + time(fault.untilMs()));
        String how =
                switch (fault.kind()) {
                    case LOSS, DUPLICATE, REORDER, CORRUPT ->
                        " of " + percent(fault.amount())
                                + (fault.downMs() == 0 ? "" : " by up to " + time(fault.downMs()));
                    case FLAP -> ", " + time(fault.downMs()) + " down, " + time(fault.upMs()) + " up";
                    case PARTITION -> fault.oneWay() ? ", one way" : "";
                    case INSIDER, SENSOR -> " (" + fault.misbehaviour() + ")";
                    case CRASH -> fault.misbehaviour().equals("kept") ? "" : ", storage " + fault.misbehaviour();
                    case NARROW ->
                        " of " + Numbers.text(fault.amount()) + " bytes" + (fault.oneWay() ? ", one way" : "");
                    case CLOCK_DRIFT -> " of " + Numbers.text(fault.amount()) + " ppm";
                    case CLOCK_JUMP -> " by " + time(Math.abs(fault.downMs())) + (fault.downMs() < 0 ? " back" : "");
                    case BROKER, DISK_FULL -> "";
                };
        return word(fault.kind()) + how + " " + when + ": " + whom;
    }

    private static String check(CheckPlan check) {
        String limit = Numbers.text(check.limit());
        return switch (check.kind()) {
            case DELIVERY ->
                "delivery" + (check.withinMs() == CheckPlan.ANY_TIME ? "" : " within " + time(check.withinMs()))
                        + (check.ofPossible() ? " of what is possible" : "") + ": at least " + limit;
            case LATENCY, RECOVERY ->
                word(check.kind()) + ", p" + Numbers.text(check.percentile()) + ": at most "
                        + time((long) check.limit());
            case LOOPS, DUPLICATES, SILENT_LOSSES, CONTROL, COST, BATTERY_DEATHS ->
                word(check.kind()) + ": at most " + limit;
            case BATTERY, LIFETIME -> word(check.kind()) + ": at least " + limit;
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String time(long ms) {
        return Units.text(Duration.ofMillis(ms));
    }

    private static String seconds(long us) {
        return Numbers.text(us / 1e6) + " s";
    }

    private static String metres(double value) {
        return Numbers.text(Math.round(value * 10) / 10.0);
    }

    private static String percent(double share) {
        return Numbers.text(share * 100) + " %";
    }
}
