package io.thicket.sim.reference;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The settings of ns-3.37's AODV in the measured rows that ours is put beside, by the rows' labels: the row's scenario
 * first ({@code cc-grid4-n100-i10}), what was tuned at the end ({@code -art30}) or in front ({@code tune-destonly-}). The
 * reading is ours; ns-3's errors are not settings.
 */
final class AodvNs3Rows {
    /** Scenarios that ns-3 ran with hellos, because its link-layer feedback alone leaves black holes. */
    private static final Set<String> WITH_HELLO = Set.of("base35", "cmu20", "das50", "dflt", "full900", "tune", "perf");

    private AodvNs3Rows() {}

    static AodvParameters parametersOf(String label) {
        String[] words = label.split("-", -1);
        Set<String> all = new HashSet<>(Arrays.asList(words));
        boolean grid = all.contains("grid4") || all.contains("grid8") || all.contains("uni");
        boolean converge = words[0].equals("cc") || words[0].equals("kill");
        if (!converge && !WITH_HELLO.contains(words[0])) {
            throw new IllegalArgumentException("no AODV row of ns-3 is labelled '" + label + "'");
        }
        boolean hello = words[0].equals("dflt") || !grid && !converge && !all.contains("hello0");
        AodvParameters parameters = AodvParameters.USUAL
                .withHello(hello, false)
                .withBlacklist(false)
                .withGratuitousRrep(!all.contains("nograt"))
                .withDestinationOnly(all.contains("destonly"))
                .withNetDiameter(all.contains("n400") ? 45 : 35);
        int routeLifeS = 3;
        for (int seconds : new int[] {10, 30, 180}) {
            routeLifeS = all.contains("art" + seconds) ? seconds : routeLifeS;
        }
        return withRouteLife(parameters, routeLifeS);
    }

    /** ns-3 gives the destination's lifetime twice the larger of the route's and PATH_DISCOVERY_TIME. */
    private static AodvParameters withRouteLife(AodvParameters parameters, int seconds) {
        long routeMs = seconds * 1_000L;
        return parameters
                .withActiveRouteTimeout(routeMs)
                .withMyRouteTimeout(2 * Math.max(routeMs, parameters.pathDiscoveryTimeMs()));
    }
}
