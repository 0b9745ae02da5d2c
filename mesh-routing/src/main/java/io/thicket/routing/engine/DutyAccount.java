package io.thicket.routing.engine;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.engine.DutyBudget.Use;

/**
 * What one link with a duty may still send (2.6): a bucket of airtime that never lets more than the duty out in any hour, since what it
 * holds at most and what an hour brings are together the duty of an hour. Control has a tenth of it and flooded requests 40 % of
 * that; DATA leaves room for what matters more, and nothing holds up control for good, or the neighbours would be lost.
 */
final class DutyAccount {
    /** The duty is one of so long (ETSI EN 300 220). */
    static final long HOUR_MS = 3_600_000;

    /** So much of an hour's duty may be sent at once: a node that joins says in a minute what it says in an hour later. */
    static final double BURST_SHARE = 0.3;

    /** More than this at once would leave too little for the rest of the hour: such a link can not be used. */
    private static final double MAX_BURST_SHARE = 0.5;

    /** 2.6: control has so much of the duty, and flooded requests so much of that, which HELLOs can not use up. */
    static final double CONTROL_SHARE = 0.1;

    static final double FLOOD_SHARE = 0.4;

    /** So much of what may be sent at once may be HELLOs and the like, and so much floods: the rest is DATA's. */
    private static final double CONTROL_BURST = 0.5;

    private static final double FLOOD_BURST = 0.2;

    /** Control that could use so much of its burst was held up for long, and goes first. */
    private static final double STARVED = 0.75;

    /** 2.6: so much of an hour's duty is left to acknowledgements, settlement and replies. */
    private static final double URGENT_RESERVE = 0.05;

    /** Of a link that may always send. */
    static final int NO_LIMIT = 1_000;

    private static final int SLOTS = 60;
    private static final long SLOT_MS = HOUR_MS / SLOTS;

    /** Of {@link #SLOTS} and one, made for the first frame. */
    private long[] sentUs = {};

    private int dutyPerMille;
    private double hourUs;
    private double burstUs;
    private double largestUs;
    private double perMs;
    private double tokens;
    private double control;
    private double floods;
    private long filledAtMs;
    private long slot;

    DutyAccount(long nowMs, LinkInfo info, RoutingParameters parameters) {
        this.filledAtMs = nowMs;
        this.slot = Math.floorDiv(nowMs, SLOT_MS);
        configure(info, parameters);
        tokens = burstUs;
        control = controlBurstUs();
        floods = floodBurstUs();
    }

    /** The link changed; what was spent stays spent. */
    void update(long nowMs, LinkInfo next, RoutingParameters present) {
        fill(nowMs);
        configure(next, present);
        fill(nowMs);
    }

    /** Nothing is changed by what is refused. */
    private void configure(LinkInfo next, RoutingParameters present) {
        int perMille = DutyBudget.perMille(next, present);
        double hour = HOUR_MS * (double) perMille;
        double largest = DutyBudget.airtimeUs(next, present, next.mtuBytes());
        // The largest frame of each use must fit above what it leaves to others.
        double burst = Math.max(BURST_SHARE * hour, 2 * largest + URGENT_RESERVE * hour);
        if (perMille < NO_LIMIT && burst > MAX_BURST_SHARE * hour) {
            throw new IllegalArgumentException("a frame of " + next.mtuBytes() + " bytes takes "
                    + (long) largest / 1_000 + " ms, but the link may send only for "
                    + (long) hour / 1_000
                    + " ms in an hour");
        }
        dutyPerMille = perMille;
        hourUs = hour;
        largestUs = largest;
        burstUs = burst;
        perMs = (hour - burst) / HOUR_MS;
    }

    /** Whether there is any limit. */
    boolean isLimited() {
        return dutyPerMille < NO_LIMIT;
    }

    /** How long a frame of so much airtime has to wait for its turn: 0 if it may be sent now. */
    long waitMs(long nowMs, Use use, long cost) {
        if (!isLimited()) {
            return 0;
        }
        fill(nowMs);
        double missingMs = (cost + leftUs(use) - tokens) / perMs;
        if (use == Use.CONTROL) {
            missingMs = Math.max(missingMs, (cost - control) / controlPerMs());
        } else if (use == Use.FLOOD) {
            missingMs = Math.max(missingMs, (cost - floods) / floodPerMs());
        }
        return missingMs <= 0 ? 0 : (long) Math.ceil(missingMs);
    }

    /** How long after a HELLO that is sent now there may be none for want of airtime. */
    long helloGapMs(long nowMs) {
        if (!isLimited()) {
            return 0;
        }
        fill(nowMs);
        double missingMs = Math.max(
                (2 * largestUs + leftUs(Use.CONTROL) - tokens) / perMs, (2 * largestUs - control) / controlPerMs());
        return missingMs <= 0 ? 0 : (long) Math.ceil(missingMs);
    }

    /** Whether there is airtime for HELLOs to become frequent again. */
    boolean mayHurry(long nowMs) {
        fill(nowMs);
        return !isLimited() || control >= STARVED * controlBurstUs();
    }

    /** Takes the airtime of a frame that is sent now; false, and nothing is taken, if it must not be sent. */
    boolean take(long nowMs, Use use, long cost) {
        if (!isLimited()) {
            return true;
        }
        if (waitMs(nowMs, use, cost) > 0) {
            return false;
        }
        tokens -= cost;
        control -= use == Use.CONTROL ? cost : 0;
        floods -= use == Use.FLOOD ? cost : 0;
        if (sentUs.length == 0) {
            sentUs = new long[SLOTS + 1];
        }
        sentUs[(int) Math.floorMod(slot, (long) sentUs.length)] += cost;
        return true;
    }

    /** For people. */
    RoutingSnapshot.Airtime snapshot(long nowMs, Interface link) {
        fill(nowMs);
        long usedUs = 0;
        for (long each : sentUs) {
            usedUs += each;
        }
        return new RoutingSnapshot.Airtime(
                link.id, (long) hourUs / 1_000, usedUs / 1_000, (long) tokens / 1_000, (long) control / 1_000);
    }

    /** What must be left to others. */
    private double leftUs(Use use) {
        boolean starved = control >= STARVED * controlBurstUs();
        double reserveUs = URGENT_RESERVE * hourUs;
        return switch (use) {
            case ACK, URGENT -> starved ? largestUs : 0;
            case DATA -> reserveUs + Math.min(control, largestUs);
            case CONTROL -> starved ? 0 : reserveUs;
            case FLOOD -> reserveUs;
        };
    }

    private double controlBurstUs() {
        return CONTROL_BURST * burstUs;
    }

    private double floodBurstUs() {
        return Math.max(FLOOD_BURST * burstUs, largestUs);
    }

    private double controlPerMs() {
        return CONTROL_SHARE * (1 - FLOOD_SHARE) * hourUs / HOUR_MS;
    }

    private double floodPerMs() {
        return CONTROL_SHARE * FLOOD_SHARE * hourUs / HOUR_MS;
    }

    private void fill(long nowMs) {
        double ms = nowMs - filledAtMs;
        filledAtMs = nowMs;
        tokens = Math.min(burstUs, tokens + ms * perMs);
        control = Math.min(controlBurstUs(), control + ms * controlPerMs());
        floods = Math.min(floodBurstUs(), floods + ms * floodPerMs());
        long now = Math.floorDiv(nowMs, SLOT_MS);
        for (long i = Math.max(slot + 1, now - SLOTS); i <= now && sentUs.length > 0; i++) {
            sentUs[(int) Math.floorMod(i, (long) sentUs.length)] = 0;
        }
        slot = now;
    }
}
