package io.thicket.sim.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What somebody does to nodes and links by hand while a run goes on, with its history: the physical limit is that of the
 * network as it was at each time. Times are whole ms, as those of planned faults are, in us.
 */
final class HandFaults {
    private static final long OPEN = Long.MAX_VALUE;

    private record Down(long fromUs, long untilUs) {}

    private record LinkChange(long fromUs, long untilUs, double loss, boolean cut) {
        boolean isActive(long atUs) {
            return atUs >= fromUs && atUs < untilUs;
        }

        LinkChange until(long endUs) {
            return new LinkChange(fromUs, endUs, loss, cut);
        }
    }

    private final Map<Integer, List<Down>> downs = new HashMap<>();
    private final Map<Long, List<LinkChange>> links = new HashMap<>();
    private final SortedSet<Long> struckUs = new TreeSet<>();

    boolean isEmpty() {
        return struckUs.isEmpty();
    }

    /** When something went wrong by hand. */
    SortedSet<Long> struckUs() {
        return new TreeSet<>(struckUs);
    }

    /** {@code node} has no power from now until then; {@link Long#MAX_VALUE} for until {@link #up}. */
    void down(int node, long nowUs, long untilUs) {
        downs.computeIfAbsent(node, its -> new ArrayList<>()).add(new Down(nowUs, untilUs));
        struckUs.add(nowUs);
    }

    /** {@code node} has power again. */
    void up(int node, long nowUs) {
        List<Down> its = downs.getOrDefault(node, new ArrayList<>());
        its.replaceAll(down -> down.untilUs == OPEN ? new Down(down.fromUs, nowUs) : down);
    }

    boolean isDown(int node, long atUs) {
        for (Down down : downs.getOrDefault(node, List.of())) {
            if (atUs >= down.fromUs && atUs < down.untilUs) {
                return true;
            }
        }
        return false;
    }

    /** From now on what {@code from} sends does not reach {@code to}, or loses this share; what held before of that link ends. */
    void change(int from, int to, long nowUs, double loss, boolean cut) {
        restore(from, to, nowUs);
        links.computeIfAbsent(key(from, to), its -> new ArrayList<>()).add(new LinkChange(nowUs, OPEN, loss, cut));
        struckUs.add(nowUs);
    }

    /** From now on the link is as the scenario has it; whether it was not. */
    boolean restore(int from, int to, long nowUs) {
        List<LinkChange> its = links.getOrDefault(key(from, to), new ArrayList<>());
        boolean open = its.stream().anyMatch(change -> change.untilUs == OPEN);
        its.replaceAll(change -> change.untilUs == OPEN ? change.until(nowUs) : change);
        return open;
    }

    boolean isCut(int from, int to, long atUs) {
        if (links.isEmpty()) {
            return false;
        }
        for (LinkChange change : links.getOrDefault(key(from, to), List.of())) {
            if (change.cut && change.isActive(atUs)) {
                return true;
            }
        }
        return false;
    }

    /** {@code loss} and what is lost by hand together. */
    double lossWith(double loss, int from, int to, long atUs) {
        if (links.isEmpty()) {
            return loss;
        }
        double kept = 1 - loss;
        for (LinkChange change : links.getOrDefault(key(from, to), List.of())) {
            kept *= change.isActive(atUs) ? 1 - change.loss : 1;
        }
        return 1 - kept;
    }

    private static long key(int from, int to) {
        return (long) from << Integer.SIZE | to;
    }
}
