package io.thicket.routing.engine;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import java.util.List;

/**
 * What one link may still send (2.6): a bucket of airtime that never lets more than the duty out in any hour, since what it
 * holds at most and what an hour brings are together the duty of an hour. Control has a tenth of it, flooded requests 40 % of
 * that, and each use leaves a reserve for those above it. Links without a limit have a budget that always says yes.
 *
 * <p>Nothing that was composed waits here: whoever has something to send asks first, and composes it when there is room,
 * so that what goes out is never older than its stamp (U6).
 */
final class DutyBudget {
    /** What a frame is for, the most important use first. */
    enum Use {
        /** The result of a hop: without it the other side sends everything again. */
        ACK,
        /** Settlement, urgent DATA, RREP (2.6: below 5 % only these). */
        URGENT,
        DATA,
        CONTROL,
        /** Flooded requests: control with a share of its own. */
        FLOOD;

        /** What a frame with these messages is for. */
        static Use of(List<MeshMessage> messages, boolean broadcast) {
            Use use = FLOOD;
            for (MeshMessage message : messages) {
                Use one = of(message, broadcast);
                use = one.compareTo(use) < 0 ? one : use;
            }
            return use;
        }

        private static Use of(MeshMessage message, boolean broadcast) {
            if (message instanceof Data data) {
                return data.highPriority() ? URGENT : DATA;
            }
            if (message instanceof E2eAck || message instanceof Rrep) {
                return URGENT;
            }
            return broadcast && message instanceof Rreq ? FLOOD : CONTROL;
        }
    }

    /** The duty is one of so long (ETSI EN 300 220). */
    static final long HOUR_MS = 3_600_000;

    /** So much of an hour's duty may be sent at once: a node that joins says in a minute what it says in an hour later. */
    static final double BURST_SHARE = 0.25;

    /** 2.6: control has so much of the duty, flooded requests so much of that. */
    static final double CONTROL_SHARE = 0.1;

    static final double FLOOD_SHARE = 0.4;

    /** 2.6: so much of an hour's duty is left to acknowledgements, settlement and replies. */
    private static final double URGENT_RESERVE = 0.05;

    /** And so much to DATA. */
    private static final double DATA_RESERVE = 0.1;

    private static final int SLOTS = 60;
    private static final long SLOT_MS = HOUR_MS / SLOTS;

    private final long[] sentUs = new long[SLOTS + 1];
    private LinkInfo info;
    private RoutingParameters parameters;
    private int dutyPerMille;
    private double hourUs;
    private double burstUs;
    private double perMs;
    private double tokens;
    private double control;
    private double floods;
    private long filledAtMs;
    private long slot;

    DutyBudget(long nowMs, LinkInfo info, RoutingParameters parameters) {
        this.info = info;
        this.parameters = parameters;
        this.filledAtMs = nowMs;
        this.slot = Math.floorDiv(nowMs, SLOT_MS);
        configure();
        tokens = burstUs;
        control = burstUs;
        floods = burstUs * FLOOD_SHARE;
    }

    /** The link changed; what was spent stays spent. */
    void update(long nowMs, LinkInfo next, RoutingParameters present) {
        fill(nowMs);
        info = next;
        parameters = present;
        configure();
        fill(nowMs);
    }

    private void configure() {
        LoraRadio radio = info.radio();
        dutyPerMille = radio == null ? parameters.dutyPerMille() : radio.dutyPerMille();
        hourUs = HOUR_MS * (double) dutyPerMille;
        // The largest frame must fit above all reserves.
        burstUs = Math.max(BURST_SHARE * hourUs, airtimeUs(info.mtuBytes()) + DATA_RESERVE * hourUs);
        perMs = (hourUs - burstUs) / HOUR_MS;
        if (isLimited() && perMs <= 0) {
            throw new IllegalArgumentException("a frame of " + info.mtuBytes() + " bytes takes "
                    + airtimeUs(info.mtuBytes()) / 1_000 + " ms, but the link may send only for "
                    + (long) hourUs / 1_000
                    + " ms in an hour");
        }
    }

    /** Whether there is any limit. */
    boolean isLimited() {
        return dutyPerMille < 1_000;
    }

    /** How long a frame of so many bytes is on the air, in us. */
    long airtimeUs(int bytes) {
        LoraRadio radio = info.radio();
        return radio != null
                ? radio.airtimeUs(bytes)
                : 10 * parameters.frameOverhead() + Math.max(1, bytes * 8_000L / info.rateKbps());
    }

    /** How long a frame of the largest size has to wait for its turn: 0 if it may be sent now. */
    long waitMs(long nowMs, Use use) {
        return isLimited() ? waitMs(nowMs, use, info.mtuBytes()) : 0;
    }

    /** How long a frame of so many bytes has to wait for its turn: 0 if it may be sent now. */
    long waitMs(long nowMs, Use use, int bytes) {
        if (!isLimited()) {
            return 0;
        }
        fill(nowMs);
        double cost = airtimeUs(bytes);
        double missingMs = (cost + reserveUs(use) - tokens) / perMs;
        if (use.compareTo(Use.CONTROL) >= 0) {
            missingMs = Math.max(missingMs, (cost - control) / controlPerMs());
        }
        if (use == Use.FLOOD) {
            missingMs = Math.max(missingMs, (cost - floods) / (controlPerMs() * FLOOD_SHARE));
        }
        return missingMs <= 0 ? 0 : (long) Math.ceil(missingMs);
    }

    /** Takes the airtime of a frame that is sent now; false, and nothing is taken, if it must not be sent. */
    boolean take(long nowMs, Use use, int bytes) {
        if (!isLimited()) {
            return true;
        }
        if (waitMs(nowMs, use, bytes) > 0) {
            return false;
        }
        long cost = airtimeUs(bytes);
        tokens -= cost;
        control -= use.compareTo(Use.CONTROL) >= 0 ? cost : 0;
        floods -= use == Use.FLOOD ? cost : 0;
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

    private double reserveUs(Use use) {
        return switch (use) {
            case ACK, URGENT -> 0;
            case DATA -> URGENT_RESERVE * hourUs;
            case CONTROL, FLOOD -> DATA_RESERVE * hourUs;
        };
    }

    private double controlPerMs() {
        return CONTROL_SHARE * hourUs / HOUR_MS;
    }

    private void fill(long nowMs) {
        double ms = nowMs - filledAtMs;
        filledAtMs = nowMs;
        tokens = Math.min(burstUs, tokens + ms * perMs);
        control = Math.min(burstUs, control + ms * controlPerMs());
        floods = Math.min(burstUs * FLOOD_SHARE, floods + ms * controlPerMs() * FLOOD_SHARE);
        long now = Math.floorDiv(nowMs, SLOT_MS);
        for (long i = Math.max(slot + 1, now - SLOTS); i <= now; i++) {
            sentUs[(int) Math.floorMod(i, (long) sentUs.length)] = 0;
        }
        slot = now;
    }
}
