package io.thicket.sim.run;

import io.thicket.sim.scenario.file.EnergyPlan;

/** The battery of one node. Its draw is linear in time and in what its radio did; the sun is a half sine from sunrise to sunset. */
final class Battery {
    private static final long DAY_US = 86_400_000_000L;

    final EnergyPlan plan;
    private double chargeJ;
    private double usedJ;
    private long lastUs;
    private long onUs;
    private long sentUs;
    private long heardUs;
    private boolean on;

    Battery(EnergyPlan plan) {
        this.plan = plan;
        chargeJ = plan.charge() * plan.capacityJ();
    }

    /** Everything up to {@code nowUs} has happened; the times are those of the radio since the start. */
    void advance(long nowUs, long sentUntilNowUs, long heardUntilNowUs) {
        double seconds = (nowUs - lastUs) / 1e6;
        double filledJ = harvestW((lastUs + nowUs) / 2) * seconds;
        double drawnJ = drawnJ(nowUs, sentUntilNowUs, heardUntilNowUs);
        onUs += on ? nowUs - lastUs : 0;
        usedJ += drawnJ;
        chargeJ = Math.max(0, Math.min(plan.capacityJ(), chargeJ + filledJ - drawnJ));
        lastUs = nowUs;
        sentUs = sentUntilNowUs;
        heardUs = heardUntilNowUs;
    }

    /** Drawn since it was last advanced. */
    private double drawnJ(long nowUs, long sentUntilNowUs, long heardUntilNowUs) {
        if (!on) {
            return 0;
        }
        double idleW = plan.idleW();
        return (nowUs - lastUs) / 1e6 * idleW
                + (sentUntilNowUs - sentUs) / 1e6 * (plan.deviceW() + plan.transmitW() - idleW)
                + (heardUntilNowUs - heardUs) / 1e6 * (plan.deviceW() + plan.receiveW() - idleW);
    }

    void power(boolean newOn) {
        on = newOn;
    }

    boolean isOn() {
        return on;
    }

    boolean isEmpty() {
        return chargeJ <= 0;
    }

    /** Whether a node that ran dry has enough again. */
    boolean mayStart() {
        return chargeJ > 0 && chargeJ >= plan.restart() * plan.capacityJ();
    }

    /** It cannot be empty before so many us have passed. */
    long lastsUs() {
        return (long) Math.min(1e15, chargeJ / Math.max(1e-12, plan.maxW()) * 1e6);
    }

    double chargeJ() {
        return chargeJ;
    }

    double usedJ() {
        return usedJ;
    }

    /** What {@link #usedJ} would be if it were advanced. It is not: the sun is taken in steps, and others make another run. */
    double usedJ(long nowUs, long sentUntilNowUs, long heardUntilNowUs) {
        return usedJ + drawnJ(nowUs, sentUntilNowUs, heardUntilNowUs);
    }

    /** How long a full battery lasts by what was drawn while the node ran, in days and without the sun; NaN if nothing was. */
    double lifetimeDays() {
        return usedJ <= 0 ? Double.NaN : plan.capacityJ() / (usedJ / (onUs / 1e6)) / 86_400;
    }

    private double harvestW(long atUs) {
        if (plan.solarW() <= 0) {
            return 0;
        }
        double ms = Math.floorMod(plan.startOfDayMs() * 1_000 + atUs, DAY_US) / 1e3;
        if (ms <= plan.sunriseMs() || ms >= plan.sunsetMs()) {
            return 0;
        }
        return plan.solarW()
                * StrictMath.sin(StrictMath.PI * (ms - plan.sunriseMs()) / (plan.sunsetMs() - plan.sunriseMs()));
    }
}
