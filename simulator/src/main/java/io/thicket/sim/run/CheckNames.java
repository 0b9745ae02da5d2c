package io.thicket.sim.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that tell the checks of one run apart, where whoever reads them takes those of one name for one. */
public final class CheckNames {
    private CheckNames() {}

    /** {@code names} in their order; each that was there before has its number behind it: {@code delivery (2)}. */
    public static List<String> apart(List<String> names) {
        Map<String, Integer> named = new HashMap<>();
        List<String> apart = new ArrayList<>();
        for (String name : names) {
            int its = named.merge(name, 1, Integer::sum);
            apart.add(its == 1 ? name : name + " (" + its + ")");
        }
        return apart;
    }
}
