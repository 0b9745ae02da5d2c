package io.thicket.routing.check;

import io.thicket.routing.RoutingCounter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/** I14: a node sends at most so many control frames (HELLOs among them) in any minute, also under attack. */
public final class ControlRate implements Invariant {
    private static final long WINDOW_MS = 60_000;

    /** Points of the curve kept per node; they are at least a twentieth of the window apart. */
    private static final long STEP_MS = WINDOW_MS / 20;

    private record Point(long atMs, long count) {}

    private record Boot(int node, int tag) {}

    private final long framesPerMinute;
    private final Map<Boot, ArrayDeque<Point>> curves = new HashMap<>();

    public ControlRate(long framesPerMinute) {
        this.framesPerMinute = framesPerMinute;
    }

    @Override
    public String name() {
        return "I14 control rate";
    }

    @Override
    public String check(NetworkState network, int touched) {
        RouterView view = network.node(touched).view();
        if (view == null) {
            return "";
        }
        long count = view.counter(RoutingCounter.CONTROL_FRAMES_SENT);
        long now = network.nowMs();
        ArrayDeque<Point> curve = curves.computeIfAbsent(new Boot(touched, view.bootTag()), key -> new ArrayDeque<>());
        while (curve.size() > 1 && now - curve.getFirst().atMs() > WINDOW_MS) {
            curve.removeFirst();
        }
        if (curve.isEmpty()) {
            curve.addLast(new Point(now, 0));
        } else if (now - curve.getLast().atMs() >= STEP_MS) {
            curve.addLast(new Point(now, count));
        }
        long within = count - curve.getFirst().count();
        return within <= framesPerMinute
                ? ""
                : "node " + touched + " sent " + within + " control frames within "
                        + (now - curve.getFirst().atMs()) + " ms, allowed are " + framesPerMinute;
    }
}
