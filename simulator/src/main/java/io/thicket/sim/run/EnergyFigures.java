package io.thicket.sim.run;

import io.thicket.agent.senml.JsonWriter;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What became of the batteries of a run.
 *
 * @param warmUpJ drawn by all of them before anything was counted, J; NaN if nothing was counted yet
 */
record EnergyFigures(List<Node> nodes, double warmUpJ) {
    /**
     * One battery.
     *
     * @param usedJ drawn from it and from the panel, J
     * @param charge share of the capacity at the end
     * @param lifetimeDays of a full one by this draw, without the sun
     * @param deaths how often it ran dry
     * @param firstDeathS NaN if it did not
     */
    record Node(
            int node,
            double usedJ,
            double charge,
            double lifetimeDays,
            double sentS,
            double heardS,
            long deaths,
            double firstDeathS) {}

    EnergyFigures {
        nodes = List.copyOf(nodes);
    }

    boolean isNone() {
        return nodes.isEmpty();
    }

    /** Drawn by all of them in the whole run. */
    double joules() {
        return nodes.stream().mapToDouble(Node::usedJ).sum();
    }

    /** What was drawn after the warm-up, since only packets made after it are counted; NaN if nothing was counted. */
    double joulesPerDelivered(long delivered) {
        return (joules() - warmUpJ) / delivered;
    }

    long deaths() {
        return nodes.stream().mapToLong(Node::deaths).sum();
    }

    /** NaN if none died. */
    double firstDeathS() {
        return least(Node::firstDeathS);
    }

    double leastCharge() {
        return least(Node::charge);
    }

    double leastLifetimeDays() {
        return least(Node::lifetimeDays);
    }

    private double least(ToDoubleFunction<Node> of) {
        return nodes.stream().mapToDouble(of).filter(Double::isFinite).min().orElse(Double.NaN);
    }

    /** Those that last shortest first. */
    List<Node> worst(int count) {
        return nodes.stream()
                .sorted(Comparator.comparingLong((Node node) -> -node.deaths())
                        .thenComparingDouble(node -> Double.isNaN(node.lifetimeDays()) ? 1e9 : node.lifetimeDays())
                        .thenComparingInt(Node::node))
                .limit(count)
                .toList();
    }

    /** The object of the summary, null without batteries. */
    void write(JsonWriter json, long delivered) {
        json.name("energy");
        if (isNone()) {
            json.nullValue();
            return;
        }
        json.beginObject().name("batteries").value(nodes.size());
        number(json, "joules", joules());
        number(json, "joulesPerDelivered", joulesPerDelivered(delivered));
        json.name("deaths").value(deaths());
        number(json, "firstDeathSeconds", firstDeathS());
        number(json, "leastCharge", leastCharge());
        number(json, "leastLifetimeDays", leastLifetimeDays());
        json.endObject();
    }

    private static void number(JsonWriter json, String name, double value) {
        json.name(name);
        Numbers.write(json, value);
    }
}
