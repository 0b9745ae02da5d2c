package io.thicket.sim.run;

/**
 * How long each radio sent and heard. A radio that sends hears nothing, and two signals at once are heard once; both are counted
 * up to their end when they begin.
 */
final class RadioTimes {
    private final long[] sentUs;
    private final long[] heardUs;
    private final long[] busyUntilUs;

    RadioTimes(int nodes) {
        sentUs = new long[nodes];
        heardUs = new long[nodes];
        busyUntilUs = new long[nodes];
    }

    void sends(int node, long fromUs, long untilUs) {
        sentUs[node] += untilUs - fromUs;
        heardUs[node] -= Math.max(0, Math.min(busyUntilUs[node], untilUs) - fromUs);
        busyUntilUs[node] = Math.max(busyUntilUs[node], untilUs);
    }

    void hears(int node, long fromUs, long untilUs) {
        heardUs[node] += Math.max(0, untilUs - Math.max(fromUs, busyUntilUs[node]));
        busyUntilUs[node] = Math.max(busyUntilUs[node], untilUs);
    }

    long sentUs(int node) {
        return sentUs[node];
    }

    long heardUs(int node) {
        return heardUs[node];
    }
}
