package io.thicket.routing.engine;

import io.thicket.routing.RouteExplanation;
import io.thicket.routing.engine.RuleSwitches.Rule;
import org.jspecify.annotations.Nullable;

/** Which of the stored adverts of a destination may be its route (U2), and which of those should be. Changes nothing but how long what was better. */
final class RouteChoice {
    /** A route that is better, but not by a fifth, replaces the current one after so long. */
    private static final long PATIENCE_MS = 300_000;

    /** A way that costs so many times as much as an infeasible one is worth a request for that. */
    private static final int MUCH_BETTER = 2;

    /**
     * Where neighbours speak more rarely, what one said before the way got worse stands for long, and requests in vain would take the few that a
     * radio with a duty has from searches that matter: the gateway's next Seq is awaited there.
     */
    private static final long SPEAKS_WITHIN_MS = 120_000;

    private RouteChoice() {}

    /** U2: younger than A, session live, link TWO_WAY, feasible now. */
    static boolean isEligible(RuleSwitches rules, long nowMs, RouteEntry entry, Candidate candidate) {
        // First what needs no look at the neighbour: many adverts are of an older Seq.
        return (entry.isFeasible(candidate, rules) || !rules.isOn(Rule.U2_FEASIBLE_NOW))
                && (candidate.isYoung(nowMs) || !rules.isOn(Rule.U2_AGE))
                && (candidate.hop().isUsable() || !rules.isOn(Rule.U2_TWO_WAY))
                && candidate.wayMetric() >= 0;
    }

    /** Why a stored advert is not the route (U1, U2). */
    static RouteExplanation.Verdict verdict(RuleSwitches rules, long nowMs, RouteEntry entry, Candidate candidate) {
        if (!candidate.isYoung(nowMs)) {
            return RouteExplanation.Verdict.OLD;
        }
        if (!candidate.hop().isUsable()) {
            return RouteExplanation.Verdict.LINK;
        }
        if (candidate.wayMetric() < 0) {
            return RouteExplanation.Verdict.UNREACHABLE;
        }
        return entry.isFeasible(candidate, rules)
                ? RouteExplanation.Verdict.READY
                : RouteExplanation.Verdict.INFEASIBLE;
    }

    /** The best stored advert that U2 allows of a neighbour heard lately; or, if {@code than} is given, of those newer than that. */
    static @Nullable Candidate best(RuleSwitches rules, long nowMs, RouteEntry entry, @Nullable Candidate than) {
        Candidate best = null;
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            if (isEligible(rules, nowMs, entry, alternate)
                    && (than == null ? alternate.hop().isFresh(nowMs) : alternate.isNewerThan(than))
                    && (best == null || alternate.wayMetric() < best.wayMetric())) {
                best = alternate;
            }
        }
        return best;
    }

    /** Whether no advert that U2 allows is more than one Seq newer than {@code current}. */
    static boolean isNextSeqOnly(RuleSwitches rules, long nowMs, RouteEntry entry, Candidate current) {
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            if (alternate.isNewerThan(current)
                    && alternate.packedSeq() - current.packedSeq() != 1
                    && isEligible(rules, nowMs, entry, alternate)) {
                return false;
            }
        }
        return true;
    }

    /** What should replace {@code current}, which still leads: it is clearly better, or has been better for long. Null if nothing should. */
    static @Nullable Candidate better(RuleSwitches rules, long nowMs, RouteEntry entry, Candidate current) {
        long metric = current.wayMetric();
        Candidate winner = null;
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            // No way is shorter than what the neighbour says of it: most are out before anything else is looked at.
            boolean better = !current.isNewerThan(alternate)
                    && (metric < 0 || alternate.advertised() < metric)
                    && isEligible(rules, nowMs, entry, alternate)
                    && (metric < 0
                            || alternate.wayMetric() < metric && alternate.smoothedMetric() < current.smoothedMetric());
            if (!better) {
                alternate.notBetter();
                continue;
            }
            long other = alternate.wayMetric();
            int betterForMs = alternate.betterForMs(nowMs);
            boolean clearly = isClearlyBetter(alternate, current);
            boolean patiently = betterForMs >= PATIENCE_MS;
            if ((clearly || patiently) && (winner == null || other < winner.wayMetric())) {
                winner = alternate;
            }
        }
        return winner == null || winner.isNewerThan(current) ? null : winner;
    }

    /** By a fifth, now and on average. */
    static boolean isClearlyBetter(Candidate one, Candidate current) {
        long metric = current.wayMetric();
        return metric < 0
                || one.wayMetric() * 5 <= metric * 4 && one.smoothedMetric() * 5 <= current.smoothedMetric() * 4;
    }

    /**
     * The best neighbour, other than {@code except}, whose young advert is infeasible only; null if there is none. Where a route leads, only a
     * way of its Seq that costs less than half of what links make of the route: with an older Seq the newer one is on its way, and for what
     * failed end to end a newer Seq is no cure, it makes what a liar says feasible for more nodes.
     */
    static @Nullable NextHop infeasibleWay(RuleSwitches rules, long nowMs, RouteEntry entry, @Nullable NextHop except) {
        NextHop leading = entry.nextHop();
        long leadingMetric = leading == null ? -1 : FeasibilityDistance.extend(entry.advertised(), leading.cost());
        if (leadingMetric >= 0 && isNoneMuchBetter(rules, entry, leadingMetric)) {
            return null;
        }
        Candidate best = null;
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            // First what nearly no alternate of a route that leads passes.
            if ((leadingMetric < 0 || isMuchBetter(rules, entry, alternate, leadingMetric))
                    && alternate.hop() != except
                    && alternate.isYoung(nowMs)
                    && alternate.hop().isUsable()
                    && alternate.hop().isFresh(nowMs)
                    && alternate.wayMetric() >= 0
                    && (best == null || alternate.wayMetric() < best.wayMetric())) {
                best = alternate;
            }
        }
        return best == null ? null : best.hop();
    }

    /**
     * Whether none of the alternates can be {@link #isMuchBetter}, without a look at any, which is asked after each frame: an infeasible one of the
     * route's Seq costs no less than the feasibility distance of that Seq, which is the route's own metric unless that got worse.
     */
    private static boolean isNoneMuchBetter(RuleSwitches rules, RouteEntry entry, long metric) {
        return rules.isOn(Rule.U1_MEMORY)
                && rules.isOn(Rule.U1_STRICT)
                && entry.hasDistance()
                && entry.packedFeasibleSeq() == entry.packedSeq()
                && entry.feasibleMetric() * MUCH_BETTER >= metric;
    }

    private static boolean isMuchBetter(RuleSwitches rules, RouteEntry entry, Candidate alternate, long metric) {
        return alternate.advertised() < metric / MUCH_BETTER
                && alternate.wayMetric() * MUCH_BETTER < metric
                && alternate.packedSeq() == entry.packedSeq()
                && alternate.hop().parameters().helloMaxMs() <= SPEAKS_WITHIN_MS
                && !entry.isFeasible(alternate, rules);
    }

    /** Which of the alternates has to go for {@code candidate}, null if none of them is worse than that. */
    static @Nullable Alternate worst(RuleSwitches rules, long nowMs, RouteEntry entry, Candidate candidate) {
        Alternate worst = null;
        Candidate lowest = candidate;
        boolean isLowestEligible = isEligible(rules, nowMs, entry, candidate);
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            boolean eligible = isEligible(rules, nowMs, entry, alternate);
            if (eligible == isLowestEligible ? ranksBelow(alternate, lowest, eligible) : isLowestEligible) {
                worst = alternate;
                lowest = alternate;
                isLowestEligible = eligible;
            }
        }
        return worst;
    }

    /** Of two that are both {@code eligible}, or both not. */
    private static boolean ranksBelow(Candidate a, Candidate b, boolean eligible) {
        return eligible || a.packedSeq() == b.packedSeq() ? rank(a) > rank(b) : b.isNewerThan(a);
    }

    private static long rank(Candidate candidate) {
        long metric = candidate.wayMetric();
        return metric < 0 ? Long.MAX_VALUE : metric;
    }
}
