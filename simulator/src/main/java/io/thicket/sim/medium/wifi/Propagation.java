package io.thicket.sim.medium.wifi;

/** What one station's signal is at another: the part of a radio that depends on who the two are. */
public interface Propagation {
    /** Power of what {@code from} sends at {@code to}, in the unit of the {@link Radio}; 0 if it cannot even be sensed. */
    double power(int from, int to, double squaredM);

    /** Share of the receptions that interference spared and that are lost nevertheless, 0 to 1. */
    default double loss(int from, int to) {
        return 0;
    }

    /** Beyond this distance in metres {@link #power} is 0 for everybody; infinite if there is no such distance. */
    default double reachM() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Power of a signal that is too weak to be sensed and still disturbs what is being read, in the unit of {@link #power}; 0 if it is sensed,
     * or does not count at all.
     */
    default double faintPower(int from, int to, double squaredM) {
        return 0;
    }

    /** How far away, in metres, {@link #faintPower} is asked for; 0 if there are no such signals. */
    default double faintReachM() {
        return 0;
    }
}
