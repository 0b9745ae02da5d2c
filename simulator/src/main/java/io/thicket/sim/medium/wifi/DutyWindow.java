package io.thicket.sim.medium.wifi;

/**
 * What a station sent in the last hour, in minutes: a minute counts until it is over for an hour in full, so that no hour at all has
 * more than the duty allows (ETSI EN 300 220). Times in us.
 */
final class DutyWindow {
    private static final long HOUR_US = 3_600_000_000L;
    private static final long MINUTE_US = 60_000_000;
    private static final int MINUTES = (int) (HOUR_US / MINUTE_US) + 1;

    private final long budgetUs;
    private final long[] sentUs = new long[MINUTES];
    private long minute;
    private long sumUs;

    /** {@code duty} is the share of time, above 0. */
    DutyWindow(double duty) {
        budgetUs = (long) (duty * HOUR_US);
    }

    /** When {@code airtimeUs} may begin at the earliest: {@code nowUs} if there is room. More than an hour's budget never fits. */
    long earliestUs(long nowUs, long airtimeUs) {
        roll(nowUs);
        if (sumUs + airtimeUs <= budgetUs) {
            return nowUs;
        }
        long left = sumUs;
        for (int back = MINUTES - 1; back >= 0; back--) {
            left -= sentUs[Math.floorMod(minute - back, MINUTES)];
            if (left + airtimeUs <= budgetUs) {
                return (minute - back + MINUTES) * MINUTE_US;
            }
        }
        return Long.MAX_VALUE;
    }

    void sent(long nowUs, long airtimeUs) {
        roll(nowUs);
        sentUs[Math.floorMod(minute, MINUTES)] += airtimeUs;
        sumUs += airtimeUs;
    }

    private void roll(long nowUs) {
        long now = nowUs / MINUTE_US;
        for (int steps = 0; minute < now && steps < MINUTES; steps++) {
            minute++;
            int slot = Math.floorMod(minute, MINUTES);
            sumUs -= sentUs[slot];
            sentUs[slot] = 0;
        }
        minute = now;
    }
}
