package io.thicket.routing.engine;

import io.thicket.routing.LinkInfo;
import io.thicket.routing.LoraRadio;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one link may still send (2.6), see {@link DutyAccount}. Links without a limit have a budget that always says yes, and nothing to be
 * counted.
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
        /** Flooded requests: the part of control with a share of its own. */
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
            if (message instanceof DataFields data) {
                return data.highPriority() ? URGENT : DATA;
            }
            if (message instanceof Data data) {
                return data.highPriority() ? URGENT : DATA;
            }
            if (message instanceof E2eAck || message instanceof Rrep) {
                return URGENT;
            }
            return broadcast && message instanceof Rreq ? FLOOD : CONTROL;
        }
    }

    private LinkInfo info;
    private RoutingParameters parameters;

    /** Made when the link is first limited, and kept: what was spent stays spent. */
    private @Nullable DutyAccount account;

    DutyBudget(long nowMs, LinkInfo info, RoutingParameters parameters) {
        this.info = info;
        this.parameters = parameters;
        this.account = opened(nowMs, info, parameters);
    }

    private static @Nullable DutyAccount opened(long nowMs, LinkInfo info, RoutingParameters parameters) {
        return perMille(info, parameters) < DutyAccount.NO_LIMIT ? new DutyAccount(nowMs, info, parameters) : null;
    }

    /** The link changed; what was spent stays spent. Refuses what can not be used, and nothing is changed. */
    void update(long nowMs, LinkInfo next, RoutingParameters present) {
        if (account == null) {
            account = opened(nowMs, next, present);
        } else {
            account.update(nowMs, next, present);
        }
        info = next;
        parameters = present;
    }

    /** Whether there is any limit. */
    boolean isLimited() {
        return account != null && account.isLimited();
    }

    /** How long a frame of so many bytes is on the air, in us. */
    long airtimeUs(int bytes) {
        return airtimeUs(info, parameters, bytes);
    }

    /** The duty of such a link. */
    static int perMille(LinkInfo info, RoutingParameters parameters) {
        LoraRadio radio = info.radio();
        return radio == null ? parameters.dutyPerMille() : radio.dutyPerMille();
    }

    static long airtimeUs(LinkInfo info, RoutingParameters parameters, int bytes) {
        LoraRadio radio = info.radio();
        return radio != null
                ? radio.airtimeUs(bytes)
                : 10 * parameters.frameOverhead() + Math.max(1, bytes * 8_000L / info.rateKbps());
    }

    /** How long a frame of the largest size has to wait for its turn: 0 if it may be sent now. */
    long waitMs(long nowMs, Use use) {
        return waitMs(nowMs, use, info.mtuBytes());
    }

    /** How long a frame of so many bytes has to wait for its turn: 0 if it may be sent now. */
    long waitMs(long nowMs, Use use, int bytes) {
        return account == null ? 0 : account.waitMs(nowMs, use, airtimeUs(bytes));
    }

    /**
     * How long after a HELLO that is sent now there may be none for want of airtime: what neighbours must be told, or they
     * would take the silence for death.
     */
    long helloGapMs(long nowMs) {
        return account == null ? 0 : account.helloGapMs(nowMs);
    }

    /** Whether there is airtime for HELLOs to become frequent again. */
    boolean mayHurry(long nowMs) {
        return account == null || account.mayHurry(nowMs);
    }

    /** Takes the airtime of a frame that is sent now; false, and nothing is taken, if it must not be sent. */
    boolean take(long nowMs, Use use, int bytes) {
        return account == null || account.take(nowMs, use, airtimeUs(bytes));
    }

    /** For people; of a link with a limit. */
    RoutingSnapshot.Airtime snapshot(long nowMs, Interface link) {
        DutyAccount its = account;
        if (its == null) {
            throw new AssertionError("no limit");
        }
        return its.snapshot(nowMs, link);
    }
}
