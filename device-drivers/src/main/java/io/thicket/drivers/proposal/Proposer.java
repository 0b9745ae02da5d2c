package io.thicket.drivers.proposal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says how the frames of an unknown device may be cut and checked. */
public final class Proposer {
    private static final int MAX_PROPOSALS = 5;

    /** What explains less is of no use. */
    private static final double MIN_SCORE = 0.2;

    private Proposer() {}

    /** The best first, at most five; none if chance explains the recording as well. */
    public static List<Proposal> of(Recorded recorded) {
        if (recorded.size() == 0) {
            return List.of();
        }
        List<Proposal> all = new ArrayList<>(LineSearch.in(recorded));
        boolean text = !all.isEmpty();
        List<Proposal> binary = new ArrayList<>(BinarySearch.in(recorded));
        // Words and numbers come again and again in text; that makes no frames.
        binary.removeIf(each -> text && each.check() == null);
        all.addAll(binary);
        all.addAll(EscapedSearch.in(recorded));
        all.addAll(PauseSearch.in(recorded));
        all.removeIf(each -> each.score() < MIN_SCORE);
        all.sort(Comparator.comparingDouble((Proposal each) -> -each.score())
                .thenComparing(each -> each.specification().length())
                .thenComparing(Proposal::specification));
        List<Proposal> best = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Proposal each : all) {
            if (best.size() < MAX_PROPOSALS && seen.add(each.framing() + each.specification())) {
                best.add(each);
            }
        }
        return best;
    }
}
