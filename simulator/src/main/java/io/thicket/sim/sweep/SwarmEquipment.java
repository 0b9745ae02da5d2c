package io.thicket.sim.sweep;

import io.thicket.sim.kernel.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What the nodes of a random scenario are made of: the radio's kind, batteries and sensors. It has a stream of its own, so that what {@link SwarmScenario} draws beside it is
 * the same with and without.
 */
final class SwarmEquipment {
    /** LoRa is slow: a run, and the time between two packets, are so many times longer. */
    static final int LORA_TIME = 6;

    /** LoRa reaches 2000 m where Wi-Fi reaches 250 m. */
    static final int LORA_SPACING = 8;

    /** More bytes than these are no LoRa frame with what stands around them. */
    static final int LORA_BYTES = 120;

    /** What a node draws beside its radio, if nothing is said. */
    private static final double DEVICE_MA = 110;

    private static final int MAX_SENSORS = 3;

    private final RandomGenerator random;

    /** Again of its own: this came later. */
    private final RandomGenerator law;

    /** And this. */
    private final RandomGenerator walls;

    private final String phy;

    SwarmEquipment(Seeds seeds) {
        random = seeds.generator("swarm-equipment");
        law = seeds.generator("swarm-law");
        walls = seeds.generator("swarm-walls");
        phy = pick("dsss", "dsss", "dsss", "ofdm", "ofdm", "lora");
    }

    boolean isLora() {
        return phy.equals("lora");
    }

    /** The model of the radio, where {@code model} was drawn: among rooftops is a kind of log-distance. */
    String law(String model) {
        return model.equals("log_distance") && !isLora() && law.nextInt(3) == 0 ? "urban" : model;
    }

    /** Keys of {@code [radio]} with log-distance: nodes in weak and strong places, links through the same walls. */
    List<String> places() {
        List<String> lines = new ArrayList<>();
        if (walls.nextInt(3) == 0) {
            lines.add("shadowing_width = " + decimal(walls, 5, 200));
            lines.add("shadowing_alike = " + decimal(walls, 0.3, 1));
        }
        if (law.nextInt(3) == 0) {
            lines.add("node_offset = " + decimal(law, 0.5, 6));
            if (law.nextBoolean()) {
                lines.add("node_offset_width = " + decimal(law, 20, 500));
            }
        }
        return lines;
    }

    /** Keys of {@code [radio]} beside its model. */
    List<String> radio() {
        List<String> lines = new ArrayList<>();
        if (phy.equals("dsss")) {
            return lines;
        }
        lines.add("phy = \"" + phy + "\"");
        if (isLora()) {
            lines.add("spreading_factor = " + random.nextInt(7, 13));
            lines.add("bandwidth = " + pick("125", "250", "500"));
            lines.add("coding_rate = " + random.nextInt(5, 9));
            lines.add("duty = " + pick("0.01", "0.1", "1"));
            lines.add("snr_spread = " + decimal(0, 5));
        } else {
            lines.add("rate = " + pick("6", "9", "12", "18", "24", "36", "48", "54"));
        }
        return lines;
    }

    /** Sections {@code [[energy]]} of different nodes, gateways among them: small enough for some to run dry within {@code seconds}. */
    List<String> batteries(int nodes, int seconds) {
        List<String> lines = new ArrayList<>();
        if (random.nextInt(3) != 0) {
            return lines;
        }
        double hours = seconds / 3_600.0;
        List<Integer> drawn = some(nodes);
        int half = random.nextInt(drawn.size() + 1);
        for (List<Integer> its : List.of(drawn.subList(0, half), drawn.subList(half, drawn.size()))) {
            if (!its.isEmpty()) {
                lines.add("\n[[energy]]");
                lines.add("nodes = " + its);
                lines.add("battery_mah = " + decimal(DEVICE_MA * hours / 4, DEVICE_MA * hours * 3));
                lines.add("charge = " + decimal(0.2, 1));
                if (random.nextBoolean()) {
                    lines.add("solar_w = " + decimal(0.5, 6));
                    lines.add("start_of_day = \"" + random.nextInt(24) + "h\"");
                    lines.add("restart = " + decimal(0.02, 0.3));
                }
                if (random.nextInt(3) == 0) {
                    lines.add("listen_ma = 20");
                    lines.add("sleep_ma = 1");
                    lines.add("awake = " + decimal(0.05, 1));
                }
            }
        }
        return lines;
    }

    /** Sections {@code [[sensor]]}: up to three values, of all sensors or some nodes. */
    List<String> sensors(int nodes, int seconds) {
        List<String> lines = new ArrayList<>();
        int count = random.nextBoolean() ? 0 : random.nextInt(1, MAX_SENSORS + 1);
        for (int i = 0; i < count; i++) {
            lines.add("\n[[sensor]]");
            if (random.nextInt(3) == 0) {
                lines.add("nodes = " + some(nodes));
            }
            lines.add("name = \"value" + i + "\"");
            lines.add("unit = \"" + pick("Cel", "%RH", "V", "lx") + "\"");
            String source = pick("constant", "sine", "random_walk");
            lines.add("source = \"" + source + "\"");
            lines.add("value = " + decimal(-1_000, 1_000));
            if (source.equals("sine")) {
                lines.add("amplitude = " + decimal(0, 50));
                lines.add("period = \"" + random.nextInt(10, 2 * seconds) + "s\"");
            }
            if (source.equals("random_walk")) {
                lines.add("step = " + decimal(0, 5));
                lines.add("every = \"" + random.nextInt(1, 60) + "s\"");
            }
            lines.add("noise = " + decimal(0, 2));
            lines.add("decimals = " + random.nextInt(5));
        }
        return lines;
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }

    private String decimal(double from, double to) {
        return decimal(random, from, to);
    }

    private static String decimal(RandomGenerator random, double from, double to) {
        return String.format(Locale.ROOT, "%.2f", from + random.nextDouble() * (to - from));
    }

    /** About half of the nodes, ascending, and one at least. */
    private List<Integer> some(int nodes) {
        List<Integer> chosen = new ArrayList<>();
        int always = random.nextInt(nodes);
        for (int i = 0; i < nodes; i++) {
            if (i == always || random.nextBoolean()) {
                chosen.add(i);
            }
        }
        return chosen;
    }
}
