package io.thicket.sim.lab;

import io.thicket.routing.MeshRouter;
import io.thicket.sim.kernel.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What the insiders of a scenario do instead of what their routers want. */
final class Insiders {
    private static final double GREY_SHARE = 0.5;

    private final Map<Integer, Insider.Kind> kinds = new HashMap<>();
    private final Map<Integer, RandomGenerator> draws = new HashMap<>();

    Insiders(List<Insider> insiders, Seeds seeds) {
        for (Insider insider : insiders) {
            kinds.put(insider.node(), insider.kind());
            draws.put(insider.node(), seeds.generator("insider", insider.node()));
        }
    }

    boolean isInsider(int node) {
        return kinds.containsKey(node);
    }

    MeshRouter disguise(int node, MeshRouter router) {
        return router;
    }

    /** What is not let through has been acknowledged to the previous hop, and is never heard of again. */
    boolean mayTransmit(int node, FrameClass its) {
        Insider.Kind kind = kinds.isEmpty() ? null : kinds.get(node);
        if (kind == null || its != FrameClass.DATA) {
            return true;
        }
        return switch (kind) {
            case GREY_HOLE -> draw(node) >= GREY_SHARE;
            case BLACK_HOLE, METRIC_LIAR -> false;
            case FLOODER -> true;
        };
    }

    private double draw(int node) {
        RandomGenerator random = draws.get(node);
        return random == null ? 1 : random.nextDouble();
    }

    void start(Lab lab) {}
}
