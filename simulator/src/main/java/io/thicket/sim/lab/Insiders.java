package io.thicket.sim.lab;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.engine.RoutingParameters;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.wire.Data;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the insiders of a scenario do instead of what their routers want. */
final class Insiders {
    /** 100 messages a second of 64 bytes. */
    private static final long FLOOD_EVERY_US = 10_000;

    private static final long FLOOD_FROM_US = 60_000_000;
    private static final int FLOOD_BYTES = 64;
    private static final long FLOOD_STEP = 0x9e3779b97f4a7c15L;

    private static final int LIE_KBPS = 10_000_000;
    private static final long LIE_OVERHEAD =
            RoutingParameters.of(LinkClass.WIFI).frameOverhead();

    private final Map<Integer, Insider.Kind> kinds = new LinkedHashMap<>();
    private final Map<Integer, GreyHole> greyHoles = new LinkedHashMap<>();

    Insiders(List<Insider> insiders, Seeds seeds) {
        for (Insider insider : insiders) {
            kinds.put(insider.node(), insider.kind());
            if (insider.kind() == Insider.Kind.GREY_HOLE) {
                greyHoles.put(insider.node(), GreyHole.of(seeds, insider.node()));
            }
        }
    }

    boolean isInsider(int node) {
        return kinds.containsKey(node);
    }

    /** Those that let messages vanish. */
    List<Integer> holes() {
        List<Integer> holes = new ArrayList<>(kinds.keySet());
        holes.removeIf(node -> kinds.get(node) == Insider.Kind.FLOODER);
        return holes;
    }

    /**
     * A liar's links seem to cost next to nothing, so that it announces less than it would have to. All else is as its neighbours have it: by
     * the timers of another class it would forget what they still go by (U6), and be another insider than it is said to be.
     */
    LinkInfo linkOf(int node, LinkInfo truth) {
        return kinds.get(node) == Insider.Kind.METRIC_LIAR
                ? new LinkInfo(truth.linkClass(), LIE_KBPS, truth.mtuBytes(), truth.up())
                : truth;
    }

    /** The rest of the lie: on slow classes most of what a frame costs is no matter of the rate. */
    static RoutingParameters parametersOf(LabScenario scenario, int node, RoutingParameters truth) {
        return scenario.insiders().contains(new Insider(node, Insider.Kind.METRIC_LIAR))
                        && truth.frameOverhead() > LIE_OVERHEAD
                ? truth.with(lie -> lie.frameOverhead = LIE_OVERHEAD)
                : truth;
    }

    /**
     * What {@code self} seals with: {@code its}, which shows {@code told} the plain texts, but if it lets messages vanish, of which
     * {@code vanished} hears.
     */
    static SealCipher cipherOf(
            LabScenario scenario,
            Seeds seeds,
            int node,
            NodeId self,
            LabCipher told,
            SealCipher its,
            Consumer<Data> vanished) {
        for (Insider insider : scenario.insiders()) {
            if (insider.node() == node) {
                return switch (insider.kind()) {
                    case GREY_HOLE -> new InsiderCipher(its, told, self, GreyHole.of(seeds, node)::passes, vanished);
                    case BLACK_HOLE, METRIC_LIAR -> new InsiderCipher(its, told, self, message -> false, vanished);
                    case FLOODER -> its;
                };
            }
        }
        return its;
    }

    /**
     * Whether {@code frame}, which is {@code its} and was seen by {@code classifier} last, goes out: with a reference protocol, which does not
     * wait for an answer of the next hop, what vanishes need not. Where messages can be read, {@link #cipherOf} has seen to them.
     */
    boolean mayTransmit(int node, FrameClass its, FrameClassifier classifier, ByteBuffer frame) {
        Insider.Kind kind = kinds.isEmpty() ? null : kinds.get(node);
        if (kind == null
                || its != FrameClass.DATA
                || !classifier.messagesOf(frame).isEmpty()) {
            return true;
        }
        return switch (kind) {
            case GREY_HOLE -> {
                GreyHole hole = greyHoles.get(node);
                yield hole == null || hole.passesUnread();
            }
            case BLACK_HOLE, METRIC_LIAR -> false;
            case FLOODER -> true;
        };
    }

    /** Sets the flooders going, as soon as the network had time to form. */
    void start(Simulation simulation, Machines machines) {
        kinds.forEach((node, kind) -> {
            if (kind == Insider.Kind.FLOODER) {
                simulation.schedule(node, FLOOD_FROM_US, () -> flood(simulation, machines, node, 0));
            }
        });
    }

    private void flood(Simulation simulation, Machines machines, int node, long number) {
        LabMachine flooder = machines.of(node);
        if (flooder.isUp()) {
            // By turns a message to a gateway and one to a node that does not exist, which would have to be searched
            // for.
            Destination to = number % 2 == 0 ? Destination.GATEWAY : Destination.node(new NodeId(number * FLOOD_STEP));
            flooder.sendRaw(to, ByteBuffer.allocate(FLOOD_BYTES).putLong(0, number));
        }
        simulation.schedule(
                node, simulation.nowUs() + FLOOD_EVERY_US, () -> flood(simulation, machines, node, number + 1));
    }
}
