package io.thicket.sim.scenario.file;

import io.thicket.agent.config.SectionReader;
import io.thicket.sim.kernel.Normal;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Movement with a memory: speed and direction of each step follow those of the step before (Liang and Haas, 1999; near a border the mean
 * direction points away from it, as Camp, Boleng and Davies do, 2002).
 *
 * @param speed the mean, m/s
 * @param speedDeviation of the speed, m/s
 * @param directionDeviation of the direction, degrees
 * @param memory 0: each step for itself, 1: straight on
 * @param stepS between two changes
 */
record GaussMarkov(double speed, double speedDeviation, double directionDeviation, double memory, double stepS) {
    private static final int MAX_POINTS = 100_000;

    /** The mean direction turns within this share of the smaller side of the area. */
    private static final double BORDER = 0.1;

    static GaussMarkov read(SectionReader reader, long durationMs) {
        double speed = reader.decimal("speed", 0.01, 1_000).orElse(1.5);
        double deviation = reader.decimal("speed_deviation", 0, 1_000).orElse(0.5);
        double direction = reader.decimal("direction_deviation", 0, 360).orElse(45.0);
        double memory = reader.decimal("memory", 0, 1).orElse(0.85);
        long stepMs = reader.duration("step", Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofHours(1))
                .toMillis();
        if (durationMs / stepMs > MAX_POINTS) {
            reader.error("step", "is " + durationMs / stepMs + " steps where " + MAX_POINTS + " are possible", "");
            stepMs = durationMs;
        }
        return new GaussMarkov(speed, deviation, direction, memory, stepMs / 1e3);
    }

    /** The way of a node from the start to the end, within {@code area}. */
    List<Waypoints.Point> path(Seeds seeds, int node, Area area, double durationS) {
        RandomGenerator random = seeds.generator("mobility", node);
        double x = area.left() + random.nextDouble() * area.width();
        double y = area.bottom() + random.nextDouble() * area.height();
        double mean = 2 * StrictMath.PI * random.nextDouble();
        double its = speed;
        double direction = mean;
        double news = StrictMath.sqrt(1 - memory * memory);
        List<Waypoints.Point> path = new ArrayList<>();
        path.add(new Waypoints.Point(0, x, y));
        for (int step = 1; (step - 1) * stepS < durationS; step++) {
            mean = area.away(x, y, BORDER, mean);
            its = memory * its + (1 - memory) * speed + news * speedDeviation * Normal.draw(random);
            direction = memory * direction
                    + (1 - memory) * nearest(mean, direction)
                    + news * StrictMath.toRadians(directionDeviation) * Normal.draw(random);
            x = area.insideX(x + its * stepS * StrictMath.cos(direction));
            y = area.insideY(y + its * stepS * StrictMath.sin(direction));
            path.add(new Waypoints.Point(step * stepS, x, y));
        }
        return path;
    }

    /** The mean direction by the shorter turn. */
    private static double nearest(double mean, double direction) {
        return direction + StrictMath.IEEEremainder(mean - direction, 2 * StrictMath.PI);
    }
}
