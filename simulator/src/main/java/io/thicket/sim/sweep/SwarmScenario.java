package io.thicket.sim.sweep;

import io.thicket.sim.kernel.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A random scenario: layout, size, radio, movement, traffic, batteries, sensors and faults are drawn from one seed, within bounds. It asks of a network
 * only what must hold whatever happens: the engine's invariants, no loops, nothing delivered twice, nothing settled that was not delivered.
 */
public final class SwarmScenario {
    /** Fewest nodes that are worth it. */
    public static final int MIN_NODES = 3;

    /** Networks of this size are still judged after every call. */
    public static final int MAX_NODES = 200;

    /** Usual bound of the nodes. */
    public static final int USUAL_NODES = 24;

    private static final int MAX_FAULTS = 5;
    private static final int MAX_TRAFFIC = 3;
    private static final int SHORTEST_S = 90;
    private static final int LONGEST_S = 480;

    private final RandomGenerator random;
    private final SwarmEquipment equipment;
    private final int nodes;
    private final int gateways;
    private final int durationS;
    private final boolean agent;
    private boolean drifts;
    private final Set<Integer> insiders = new HashSet<>();
    private boolean betweenNodes;
    private final StringBuilder out = new StringBuilder();

    private SwarmScenario(long seed, int maxNodes) {
        random = new Seeds(seed).generator("swarm");
        nodes = random.nextInt(MIN_NODES, maxNodes + 1);
        gateways = 1 + (nodes >= 6 ? random.nextInt(3) : 0);
        equipment = new SwarmEquipment(new Seeds(seed));
        durationS = random.nextInt(SHORTEST_S, LONGEST_S + 1) * slow();
        agent = random.nextInt(4) != 0;
    }

    /** The scenario file of {@code seed}, of at most {@code maxNodes} nodes; the same for ever for the same version of Thicket. */
    public static String text(long seed, int maxNodes) {
        if (maxNodes < MIN_NODES || maxNodes > MAX_NODES) {
            throw new IllegalArgumentException("nodes are " + MIN_NODES + " to " + MAX_NODES + ", not " + maxNodes);
        }
        return new SwarmScenario(seed, maxNodes).write(seed);
    }

    /** How many times longer all takes than on Wi-Fi. */
    private int slow() {
        return equipment.isLora() ? SwarmEquipment.LORA_TIME : 1;
    }

    private String write(long seed) {
        line("# Drawn from the seed " + new Seeds(seed) + " by thicket sim swarm.");
        line("[scenario]");
        line("name = \"swarm\"");
        line("seed = \"" + new Seeds(seed) + "\"");
        line("duration = \"" + durationS + "s\"");
        line("warm_up = \"0s\"");
        line("invariants = true");
        network();
        radio();
        routing();
        int traffic = 1 + random.nextInt(MAX_TRAFFIC);
        for (int i = 0; i < traffic; i++) {
            traffic();
        }
        int faults = random.nextInt(MAX_FAULTS + 1);
        for (int i = 0; i < faults; i++) {
            fault();
        }
        equipment.batteries(nodes, durationS).forEach(this::line);
        if (agent) {
            equipment.sensors(nodes, durationS).forEach(this::line);
        }
        line("\n[[check]]\nkind = \"loops\"");
        if (agent && !betweenNodes) {
            // Gateways that are routers alone do not hear what the others published (ADR 9), and packets between nodes
            // have no
            // settlement: what a router gave up although it had arrived is sent again.
            line("\n[[check]]\nkind = \"duplicates\"");
        }
        if (agent) {
            line("\n[[check]]\nkind = \"silent_losses\"");
        }
        return out.toString();
    }

    private void network() {
        line("\n[nodes]");
        String layout = pick("line", "grid", "ring", "uniform", "uniform", "grid");
        line("layout = \"" + layout + "\"");
        line("count = " + nodes);
        if (layout.equals("uniform")) {
            line("degree = " + decimal(3, 12));
        } else {
            // At 240 m only the next one is in reach, at 110 m the second next one, too.
            int wide = equipment.isLora() ? SwarmEquipment.LORA_SPACING : 1;
            line("spacing = " + decimal(110 * wide, 240 * wide));
        }
        line("gateway_count = " + gateways);
        if (random.nextInt(4) == 0) {
            line("relays = " + some(1 + random.nextInt(Math.max(1, nodes / 4)), false));
        }
        if (random.nextInt(4) == 0) {
            line("\n[mobility]");
            line("speed_min = 0.5");
            line("speed_max = " + decimal(1, 15));
            line("pause = \"" + random.nextInt(0, 30) + "s\"");
        }
    }

    private void radio() {
        line("\n[radio]");
        String model = pick("range", "range", "two_ray", "log_distance");
        line("model = \"" + equipment.law(model) + "\"");
        if (model.equals("log_distance")) {
            line("exponent = " + decimal(2.2, 3.5));
            line("shadowing = " + decimal(0, 8));
            equipment.places().forEach(this::line);
        }
        equipment.radio().forEach(this::line);
        if (random.nextBoolean()) {
            line("loss = " + decimal(0, 0.3));
        }
        if (random.nextInt(3) == 0) {
            line("datagram_loss = " + decimal(0, 0.2));
        }
    }

    private void routing() {
        line("\n[routing]");
        line("code = \"" + (agent ? "agent" : "router") + "\"");
    }

    private void traffic() {
        line("\n[[traffic]]");
        String kind = pick("periodic", "poisson", "burst");
        line("kind = \"" + kind + "\"");
        if (random.nextInt(3) == 0) {
            line("from = " + some(1 + random.nextInt(nodes - 1), true));
            line("to = " + random.nextInt(nodes));
            betweenNodes = true;
        }
        if (kind.equals("burst")) {
            line("interval = \"" + random.nextInt(30, 240) * slow() + "s\"");
            line("count = " + random.nextInt(2, 20));
        } else {
            line("interval = \"" + random.nextInt(3, 60) * slow() + "s\"");
        }
        int bytes = random.nextInt(12, 400);
        line("bytes = " + (equipment.isLora() ? Math.min(bytes, SwarmEquipment.LORA_BYTES) : bytes));
    }

    private void fault() {
        String kind = agent && random.nextBoolean()
                ? pick("broker", "corrupt", "clock_drift", "clock_jump", "disk_full")
                : pick(
                        "crash",
                        "crash",
                        "partition",
                        "loss",
                        "flap",
                        "insider",
                        "duplicate",
                        "reorder",
                        "narrow",
                        "sensor");
        if (kind.equals("clock_drift")) {
            if (drifts) {
                return; // a clock drifts once
            }
            drifts = true;
        }
        if (kind.equals("insider")) {
            insider();
            return;
        }
        line("\n[[fault]]");
        line("kind = \"" + kind + "\"");
        line("at = \"" + random.nextInt(0, durationS) + "s\"");
        if (random.nextInt(4) != 0) {
            line("for = \"" + random.nextInt(1, durationS) + "s\"");
        }
        switch (kind) {
            case "crash" -> {
                line("nodes = " + some(1 + random.nextInt(Math.max(1, nodes / 3)), true));
                if (agent) {
                    String storage = pick("kept", "kept", "lost", "torn");
                    line("storage = \"" + storage + "\"");
                }
            }
            case "partition" -> {
                line("nodes = " + some(1 + random.nextInt(nodes - 1), true));
                line("one_way = " + random.nextBoolean());
            }
            case "loss" -> line("loss = " + decimal(0.05, 0.95));
            case "flap" -> {
                line("between = " + some(2, true));
                line("down = \"" + random.nextInt(1, 20) + "s\"");
                line("up = \"" + random.nextInt(1, 20) + "s\"");
            }
            case "duplicate", "corrupt" -> line("share = " + decimal(0.01, 0.3));
            case "reorder" -> {
                line("share = " + decimal(0.01, 0.3));
                line("delay = \"" + random.nextInt(1, 2_000) + "ms\"");
            }
            case "narrow" -> {
                List<Integer> ends = some(2, true);
                line("between = " + ends);
                line("bytes = " + random.nextInt(150, 500));
                if (random.nextInt(3) == 0) {
                    line("to = " + ends.get(0));
                }
            }
            case "clock_drift" -> {
                line("nodes = " + some(1 + random.nextInt(Math.max(1, nodes / 3)), true));
                line("ppm = " + decimal(-300, 300));
            }
            case "clock_jump" -> {
                line("nodes = " + some(1 + random.nextInt(Math.max(1, nodes / 3)), true));
                line(pick("by", "back") + " = \"" + random.nextInt(1, 7_200) + "s\"");
            }
            case "disk_full" -> line("nodes = " + some(1 + random.nextInt(Math.max(1, nodes / 3)), true));
            case "sensor" -> {
                line("nodes = " + some(1 + random.nextInt(Math.max(1, nodes / 3)), true));
                line("mode = \"" + pick("silent", "stuck") + "\"");
            }
            case "broker" -> {} // of every gateway
            default -> throw new AssertionError(kind);
        }
    }

    /** A node misbehaves in one way: who is drawn once more is left at that. */
    private void insider() {
        int node = random.nextInt(nodes);
        String misbehaviour = pick("grey_hole", "black_hole", "metric_liar", "flooder");
        if (insiders.add(node)) {
            line("\n[[fault]]");
            line("kind = \"insider\"");
            line("nodes = [" + node + "]");
            line("misbehaviour = \"" + misbehaviour + "\"");
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }

    private String decimal(double from, double to) {
        return String.format(Locale.ROOT, "%.2f", from + random.nextDouble() * (to - from));
    }

    /** Different nodes, ascending. */
    private List<Integer> some(int count, boolean withFirst) {
        List<Integer> all = new ArrayList<>();
        for (int i = withFirst ? 0 : 1; i < nodes; i++) {
            all.add(i);
        }
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < count && !all.isEmpty(); i++) {
            chosen.add(all.remove(random.nextInt(all.size())));
        }
        chosen.sort(null);
        return chosen;
    }
}
