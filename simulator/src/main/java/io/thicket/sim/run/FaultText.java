package io.thicket.sim.run;

import io.thicket.sim.scenario.file.FaultPlan;
import java.util.List;

/** A fault in words. */
final class FaultText {
    /** More names than these are counted. */
    private static final int NAMES = 6;

    private FaultText() {}

    static String of(FaultPlan fault, List<String> names) {
        String who = fault.strikesNobody() ? "nobody" : who(fault.nodes(), names);
        return switch (fault.kind()) {
            case CRASH ->
                who + " without power"
                        + (fault.misbehaviour().equals("kept") ? "" : ", storage " + fault.misbehaviour());
            case PARTITION -> fault.oneWay() ? "nothing leaves " + who : who + " cut off from all others";
            case LOSS ->
                Numbers.text(fault.amount() * 100) + " % of frames lost"
                        + (fault.nodes().isEmpty() ? " everywhere" : " between " + who);
            case FLAP -> "the link between " + who + " comes and goes";
            case BROKER -> "the broker of " + who + " is away";
            case DUPLICATE -> share(fault, names, "handed up twice");
            case REORDER -> share(fault, names, "handed up late, by up to " + fault.downMs() + " ms");
            case CORRUPT -> share(fault, names, "corrupt");
            case NARROW ->
                "frames of more than " + Numbers.text(fault.amount()) + " bytes lost"
                        + (fault.nodes().isEmpty()
                                ? " everywhere"
                                : fault.oneWay()
                                        ? " from " + names.get(fault.nodes().get(0)) + " to "
                                                + names.get(fault.nodes().get(1))
                                        : " between " + who);
            case CLOCK_DRIFT ->
                "the clock of " + who + " is " + Numbers.text(Math.abs(fault.amount())) + " ppm "
                        + (fault.amount() < 0 ? "slow" : "fast");
            case CLOCK_JUMP ->
                "the time of day of " + who + " is wrong by " + Numbers.text(fault.downMs() / 1e3) + " s";
            case SENSOR -> "the sensors of " + who + " are " + fault.misbehaviour();
            case DISK_FULL -> "the disk of " + who + " is full";
            case INSIDER -> who + " misbehaves: " + fault.misbehaviour().replace('_', ' ');
        };
    }

    private static String share(FaultPlan fault, List<String> names, String what) {
        return Numbers.text(fault.amount() * 100) + " % of frames " + what
                + (fault.nodes().isEmpty() ? "" : " between " + who(fault.nodes(), names));
    }

    static String who(List<Integer> nodes, List<String> names) {
        String listed =
                String.join(", ", nodes.stream().limit(NAMES).map(names::get).toList());
        return nodes.size() <= NAMES ? listed : listed + " and " + (nodes.size() - NAMES) + " more";
    }
}
