package io.thicket.sim.lab;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.sim.kernel.Seeds;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What the insiders of a scenario do instead of what their routers want. */
final class Insiders {
    private static final double GREY_SHARE = 0.5;

    /** 100 messages a second of 64 bytes. */
    private static final long FLOOD_EVERY_US = 10_000;

    private static final long FLOOD_FROM_US = 60_000_000;
    private static final int FLOOD_BYTES = 64;
    private static final long FLOOD_STEP = 0x9e3779b97f4a7c15L;

    private static final LinkInfo LIE = new LinkInfo(LinkClass.WIFI, 10_000_000, LinkInfo.MAX_MTU_BYTES, true);

    private final Map<Integer, Insider.Kind> kinds = new LinkedHashMap<>();
    private final Map<Integer, RandomGenerator> draws = new LinkedHashMap<>();

    Insiders(List<Insider> insiders, Seeds seeds) {
        for (Insider insider : insiders) {
            kinds.put(insider.node(), insider.kind());
            draws.put(insider.node(), seeds.generator("insider", insider.node()));
        }
    }

    boolean isInsider(int node) {
        return kinds.containsKey(node);
    }

    /** A liar's links seem to cost next to nothing, so that it announces less than it would have to. */
    LinkInfo linkOf(int node, LinkInfo truth) {
        return kinds.get(node) == Insider.Kind.METRIC_LIAR ? LIE : truth;
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

    /** Sets the flooders going, as soon as the network had time to form. */
    void start(Lab lab) {
        kinds.forEach((node, kind) -> {
            if (kind == Insider.Kind.FLOODER) {
                lab.simulation().schedule(node, FLOOD_FROM_US, () -> flood(lab, node, 0));
            }
        });
    }

    private void flood(Lab lab, int node, long number) {
        LabMachine flooder = lab.nodes().get(node);
        if (flooder.isUp()) {
            // By turns a message to a gateway and one to a node that does not exist, which would have to be searched
            // for.
            Destination to = number % 2 == 0 ? Destination.GATEWAY : Destination.node(new NodeId(number * FLOOD_STEP));
            flooder.sendRaw(to, ByteBuffer.allocate(FLOOD_BYTES).putLong(0, number));
        }
        lab.simulation().schedule(node, lab.nowUs() + FLOOD_EVERY_US, () -> flood(lab, node, number + 1));
    }
}
