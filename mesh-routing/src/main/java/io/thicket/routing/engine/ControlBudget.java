package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What on-demand control traffic may cost (2.6, section 3): rates of own requests, of relayed ones per originator and
 * per neighbour, of errors and questions, and a share of each link's airtime, of which floods get half. HELLOs, replies
 * and data are not limited here.
 */
final class ControlBudget {
    /** Section 3: what a request costs whose originator is not proven. */
    static final int UNPROVEN_COST = 4;

    /** A neighbour may pass on the requests of so many originators at their full rate. */
    static final int ORIGINATORS_PER_NEIGHBOR = 10;

    /** RREQ verifications, of all originators (section 3). */
    static final double VERIFICATIONS_PER_S = 100;

    private static final double MS_PER_HOUR = 3_600_000;
    private static final double S_PER_HOUR = 3_600;

    /** Metric units of 10 us in a millisecond. */
    private static final double UNITS_PER_MS = 100;

    /** Airtime of so long may be spent at once. */
    private static final double AIRTIME_BURST_MS = 10_000;

    /** Or, on slow links, that of so many of the largest frames. */
    private static final int FRAME_BURST = 4;

    /** Errors and questions at once. */
    private static final int ERROR_BURST = 5;

    private record Originator(NodeId id, boolean proven) {}

    /** One link's buckets. */
    private final class Rates {
        final DiscoveryParameters parameters;
        final TokenBucket own;
        final TokenBucket errors;
        final TokenBucket questions;
        final TokenBucket airtime;
        final TokenBucket floods;
        final TokenBuckets<Originator> originators;
        final TokenBuckets<NodeId> neighbors;

        Rates(DiscoveryParameters parameters) {
            this.parameters = parameters;
            long now = core.now();
            own = new TokenBucket(parameters.ownBurst(), now);
            errors = new TokenBucket(ERROR_BURST, now);
            questions = new TokenBucket(ERROR_BURST, now);
            airtime = new TokenBucket();
            floods = new TokenBucket();
            double perS = parameters.relayedPerHour() / S_PER_HOUR;
            originators = new TokenBuckets<>(perS, parameters.relayedBurst());
            neighbors = new TokenBuckets<>(
                    perS * ORIGINATORS_PER_NEIGHBOR, parameters.relayedBurst() * ORIGINATORS_PER_NEIGHBOR);
        }
    }

    private final Core core;

    /** By link, made for the first one. */
    private @Nullable Map<Integer, Rates> rates;

    private @Nullable TokenBucket verifications;

    ControlBudget(Core core) {
        this.core = core;
    }

    /** Whether a new request of this node may be made, given the link that it is for. */
    boolean mayOriginate(Interface link) {
        if (link.duty.waitMs(core.now(), DutyBudget.Use.FLOOD) > 0) {
            return counted(false); // the search waits: nobody was asked
        }
        Rates of = of(link);
        return of.own.take(core.now(), of.parameters.ownPerHour() / MS_PER_HOUR, of.parameters.ownBurst(), 1);
    }

    /** When {@link #mayOriginate} will say yes if nothing else asks it meanwhile; not before the next millisecond. */
    long mayOriginateAtMs(Interface link) {
        Rates of = of(link);
        return Math.max(core.now() + 1, of.own.reachesAtMs(of.parameters.ownPerHour() / MS_PER_HOUR, 1));
    }

    /** Whether a new id that {@code from} brought may be looked at; whoever injects them has no other bucket. */
    boolean mayBring(Neighbor from, int cost) {
        return counted(of(from.link).neighbors.take(core.now(), from.id(), cost));
    }

    /** Whether one whose originator is not proven may be; where nobody could prove it that costs no more. */
    boolean mayBringUnproven(Neighbor from) {
        int more = unprovenCost(from.link) - 1;
        return more == 0 || mayBring(from, more);
    }

    private static int unprovenCost(Interface link) {
        return link.isUnsigned() ? 1 : UNPROVEN_COST;
    }

    /**
     * Whether one more request of {@code origin} may be served. Those that prove their originator have a bucket that
     * others in its name can not empty.
     */
    boolean mayServe(Neighbor from, NodeId origin, boolean proven) {
        return counted(of(from.link)
                .originators
                .take(core.now(), new Originator(origin, proven), proven ? 1 : unprovenCost(from.link)));
    }

    boolean mayVerify() {
        verifications = TokenBucket.of(verifications);
        return verifications.take(core.now(), VERIFICATIONS_PER_S / 1_000, VERIFICATIONS_PER_S, 1);
    }

    boolean mayError(Interface link) {
        Rates of = of(link);
        return counted(of.errors.take(core.now(), of.parameters.errorsPerHour() / MS_PER_HOUR, ERROR_BURST, 1));
    }

    /** ASK frames, and TELL frames: as many as errors. */
    boolean mayAsk(Interface link) {
        Rates of = of(link);
        return counted(of.questions.take(core.now(), of.parameters.errorsPerHour() / MS_PER_HOUR, ERROR_BURST, 1));
    }

    /** Takes the airtime of a control frame of {@code bytes} from the link's share; false if that is used up. */
    boolean spend(Interface link, int bytes, boolean flood) {
        Rates of = of(link);
        if (link.duty.isLimited()) {
            // The duty's own shares are narrower; what is sent is charged when it is.
            DutyBudget.Use use = flood ? DutyBudget.Use.FLOOD : DutyBudget.Use.CONTROL;
            return counted(link.duty.waitMs(core.now(), use, bytes) == 0);
        }
        // While HELLOs are frequent, routes are being made.
        boolean converging = link.trickle.announcedIntervalMs() < link.parameters.helloMaxMs();
        int perMille = converging ? of.parameters.convergingPerMille() : of.parameters.controlPerMille();
        double perMs = UNITS_PER_MS * perMille / 1_000;
        double burst = Math.max(AIRTIME_BURST_MS * perMs, FRAME_BURST * airtime(link, link.info.mtuBytes()));
        double cost = airtime(link, bytes);
        if (flood && !of.floods.take(core.now(), perMs / 2, burst / 2, cost)) {
            return counted(false);
        }
        if (!of.airtime.take(core.now(), perMs, burst, cost)) {
            if (flood) {
                of.floods.giveBack(cost);
            }
            return counted(false);
        }
        return true;
    }

    private static double airtime(Interface link, int bytes) {
        return link.parameters.frameOverhead() + bytes * 8 * UNITS_PER_MS / link.info.rateKbps();
    }

    private boolean counted(boolean allowed) {
        if (!allowed) {
            core.count(RoutingCounter.DROPPED_RATE_LIMITED);
        }
        return allowed;
    }

    private Rates of(Interface link) {
        Map<Integer, Rates> all = rates == null ? new HashMap<>() : rates;
        rates = all;
        Rates known = all.get(link.number);
        if (known == null || !known.parameters.equals(link.parameters.discovery())) {
            known = new Rates(link.parameters.discovery());
            all.put(link.number, known);
        }
        return known;
    }
}
