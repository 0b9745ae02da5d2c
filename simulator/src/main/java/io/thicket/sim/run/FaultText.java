package io.thicket.sim.run;

import io.thicket.sim.scenario.file.FaultPlan;
import java.util.List;

/** A fault in words. */
final class FaultText {
    /** More names than these are counted. */
    private static final int NAMES = 6;

    private FaultText() {}

    static String of(FaultPlan fault, List<String> names) {
        String who = who(fault.nodes(), names);
        return switch (fault.kind()) {
            case CRASH -> who + " without power";
            case PARTITION -> fault.oneWay() ? "nothing leaves " + who : who + " cut off from all others";
            case LOSS ->
                Numbers.text(fault.loss() * 100) + " % of frames lost"
                        + (fault.nodes().isEmpty() ? " everywhere" : " between " + who);
            case FLAP -> "the link between " + who + " comes and goes";
            case BROKER -> "the broker of " + who + " is away";
            case INSIDER -> who + " misbehaves: " + fault.misbehaviour().replace('_', ' ');
        };
    }

    static String who(List<Integer> nodes, List<String> names) {
        String listed =
                String.join(", ", nodes.stream().limit(NAMES).map(names::get).toList());
        return nodes.size() <= NAMES ? listed : listed + " and " + (nodes.size() - NAMES) + " more";
    }
}
