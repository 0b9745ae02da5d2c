package io.thicket.sim.scenario.file;

/** Degrees of longitude on both sides of the 180th meridian, where -180 follows 180. */
final class Longitudes {
    private static final double CIRCLE = 360;

    private Longitudes() {}

    /** The same meridian, counted on so that it is within half a circle of {@code middle}. */
    static double near(double middle, double longitude) {
        return longitude - CIRCLE * StrictMath.rint((longitude - middle) / CIRCLE);
    }
}
