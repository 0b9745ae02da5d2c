package io.thicket.sim.sweep;

import io.thicket.sim.run.CheckNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The checks of many runs together. */
final class HeldChecks {
    /** One check of a run. */
    private record Held(String name, boolean holds) {}

    private HeldChecks() {}

    /** Of how many runs each check held, by its name in the order of the checks; two of one name are numbered. */
    static Map<String, Estimate> of(List<RunOutcome> runs) {
        Map<String, long[]> counts = new LinkedHashMap<>();
        for (RunOutcome run : runs) {
            List<Held> checks = checks(run);
            List<String> names =
                    CheckNames.apart(checks.stream().map(Held::name).toList());
            for (int i = 0; i < checks.size(); i++) {
                long[] its = counts.computeIfAbsent(names.get(i), none -> new long[2]);
                its[0] += checks.get(i).holds() ? 1 : 0;
                its[1]++;
            }
        }
        Map<String, Estimate> all = new LinkedHashMap<>();
        counts.forEach((name, its) -> all.put(name, Estimate.ofRatio(its[0], its[1])));
        return all;
    }

    private static List<Held> checks(RunOutcome run) {
        List<Held> checks = new ArrayList<>();
        if (run.members().get("checks") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> check) {
                    checks.add(new Held(String.valueOf(check.get("name")), Boolean.TRUE.equals(check.get("held"))));
                }
            }
        }
        return checks;
    }
}
