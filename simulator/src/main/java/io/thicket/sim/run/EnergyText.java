package io.thicket.sim.run;

import io.thicket.agent.config.Units;
import io.thicket.sim.scenario.file.EnergyPlan;
import io.thicket.sim.scenario.file.NodePlan;
import java.time.Duration;
import java.util.Locale;

/** Batteries in words. */
final class EnergyText {
    private EnergyText() {}

    static String of(EnergyPlan plan, NodePlan nodes) {
        String sun = plan.solarW() == 0
                ? ""
                : "; panel of " + watts(plan.solarW()) + " from " + time(plan.sunriseMs()) + " to "
                        + time(plan.sunsetMs()) + ", the run begins at " + time(plan.startOfDayMs());
        return watts(plan.idleW()) + " idle, " + watts(plan.deviceW() + plan.receiveW()) + " receiving, "
                + watts(plan.deviceW() + plan.transmitW()) + " sending, of " + Numbers.text(plan.capacityJ()) + " J, "
                + Numbers.text(plan.charge() * 100) + " % full" + sun + "; announced as "
                + plan.announced().name().toLowerCase(Locale.ROOT) + ": " + FaultText.who(plan.nodes(), nodes.names());
    }

    private static String watts(double value) {
        return Numbers.text(value) + " W";
    }

    private static String time(long ms) {
        return Units.text(Duration.ofMillis(ms));
    }
}
