package io.thicket.sim.sweep;

import io.thicket.sim.run.CheckNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checks of many runs together. */
final class HeldChecks {
    /** One check of a run. */
    private record Held(String name, boolean holds) {}

    private static final Held NONE = new Held("", true);

    /** As {@code sim run} names the recovery from one fault. */
    private static final Pattern RECOVERY = Pattern.compile("recovery after (.+) s(, p.+)");

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

    /** Recoveries of one check are one: at which times faults strike is drawn for each run, and so is how many they are. */
    private static List<Held> checks(RunOutcome run) {
        List<Held> checks = new ArrayList<>();
        Set<String> times = new HashSet<>();
        if (run.members().get("checks") instanceof List<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> check) {
                    add(check, checks, times);
                }
            }
        }
        return checks;
    }

    /** {@code times} are those of the recovery check that is the last one so far; with one of them again, the next check begins. */
    private static void add(Map<?, ?> check, List<Held> checks, Set<String> times) {
        String name = String.valueOf(check.get("name"));
        boolean holds = Boolean.TRUE.equals(check.get("held"));
        Matcher recovery = RECOVERY.matcher(name);
        if (!recovery.matches()) {
            times.clear();
            checks.add(new Held(name, holds));
            return;
        }
        String all = "recovery" + recovery.group(2);
        Held last = checks.isEmpty() ? NONE : checks.get(checks.size() - 1);
        if (times.isEmpty() || !last.name().equals(all) || !times.add(recovery.group(1))) {
            times.clear();
            times.add(recovery.group(1));
            checks.add(new Held(all, holds));
        } else {
            checks.set(checks.size() - 1, new Held(all, holds && last.holds()));
        }
    }
}
