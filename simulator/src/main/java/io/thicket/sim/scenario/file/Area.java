package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.sim.medium.wifi.Positions;

/** The rectangle in which nodes move. Metres. */
record Area(double left, double bottom, double width, double height) {
    /** The keys {@code width} and {@code height}, by default the extent of the layout. */
    static Area read(SectionReader reader, Positions places) {
        double left = Double.MAX_VALUE;
        double bottom = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double top = -Double.MAX_VALUE;
        for (int i = 0; i < places.nodes(); i++) {
            left = Math.min(left, places.x(i, 0));
            bottom = Math.min(bottom, places.y(i, 0));
            right = Math.max(right, places.x(i, 0));
            top = Math.max(top, places.y(i, 0));
        }
        double width = reader.decimal("width", 1, 1e7).orElse(Math.max(1, right - left));
        double height = reader.decimal("height", 1, 1e7).orElse(Math.max(1, top - bottom));
        return new Area(left, bottom, width, height);
    }

    /** The direction away from the borders that are nearer than that share of the smaller side; {@code mean} if none is. */
    double away(double x, double y, double share, double mean) {
        double near = share * Math.min(width, height);
        double dx = x < left + near ? 1 : x > left + width - near ? -1 : 0;
        double dy = y < bottom + near ? 1 : y > bottom + height - near ? -1 : 0;
        return dx == 0 && dy == 0 ? mean : StrictMath.atan2(dy, dx);
    }

    double insideX(double x) {
        return Math.max(left, Math.min(left + width, x));
    }

    double insideY(double y) {
        return Math.max(bottom, Math.min(bottom + height, y));
    }
}
