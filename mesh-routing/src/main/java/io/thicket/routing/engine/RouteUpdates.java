package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.RuleSwitches.Rule;
import org.jspecify.annotations.Nullable;

/** The update rules U1 to U7 and U9 of section 2.4, for the entry of one destination. Which advert is the best says {@link RouteChoice}. */
final class RouteUpdates {
    private final RuleSwitches rules;
    private final RoutingTable.Listener listener;
    private @Nullable E2eScores scores;

    RouteUpdates(RuleSwitches rules, RoutingTable.Listener listener) {
        this.rules = rules;
        this.listener = listener;
    }

    /** Ways that failed end to end cost more (2.5). */
    void setScores(E2eScores e2eScores) {
        scores = e2eScores;
    }

    /** An advert of a live session (U1, U2, U4). Whether something of the entry may be over at another time than before. */
    boolean advert(long nowMs, RouteEntry entry, NextHop hop, Seq seq, long advertised, int hops) {
        Candidate known = entry.candidateOf(hop);
        if (known != null && known.isNewerThan(seq)) {
            return false; // a late advert of a neighbour that has gone on
        }
        Candidate current = entry.current();
        if (current != null && known == current) {
            boolean newer = current.isOlderThan(seq);
            if (newer && !entry.isFeasible(seq, advertised, rules)) {
                return false;
            }
            current.update(nowMs, seq, advertised, hops); // U4: the same Seq only changes the metric
            extendLife(entry, nowMs, hop); // U9
            if (!newer && breaksU4(nowMs, entry, current)) {
                return true;
            }
            if (newer) {
                entry.endSettling();
            }
            if (entry.isActive()) {
                if (newer) {
                    if (rules.isOn(Rule.U2_IMPROVES_FD)) {
                        entry.improve(); // U2
                    }
                    changed(entry, Reason.NEWER_SEQ, false);
                }
                switchIfBetter(nowMs, entry);
                return true;
            }
            select(nowMs, entry, Reason.FIRST);
            return true;
        }
        boolean stored = true;
        if (known == null) {
            Alternate made = new Alternate(nowMs, hop, seq, advertised, hops);
            made.costPercent = costPercent(entry, hop.id());
            stored = store(nowMs, entry, made);
            known = made;
        } else {
            known.update(nowMs, seq, advertised, hops);
        }
        if (!entry.isActive() || current == null) {
            select(nowMs, entry, Reason.FIRST);
            return true;
        }
        if (current.isOlderThan(seq)
                && RouteChoice.isEligible(rules, nowMs, entry, known)
                && RouteChoice.isClearlyBetter(known, current)) {
            install(nowMs, entry, known, Reason.BETTER); // nothing to settle for: it does not get longer
            return true;
        }
        if (current.isOlderThan(seq)) {
            boolean begins = !entry.isSettling();
            if (begins) {
                entry.settleAt(nowMs + current.hop().settleMs()); // 2.5, settling
            }
            return begins || stored;
        }
        return switchIfBetter(nowMs, entry) || stored;
    }

    /** U3: what may be announced now; announcing it is remembered first. Null: there is no route, announce nothing. */
    RoutingTable.@Nullable Advert advertise(long nowMs, RouteEntry entry, RoutingParameters sentOn) {
        Candidate current = entry.current();
        long metric = entry.metric();
        if (current == null || metric < 0) {
            return null;
        }
        if (rules.isOn(Rule.U3_IMPROVES_FD)) {
            entry.improve();
        }
        hold(entry, nowMs, sentOn);
        Seq seq = rules.isOn(Rule.U3_SAME_ROUTE) ? current.seq() : newestHeard(entry, current);
        return new RoutingTable.Advert(seq, metric, current.advertisedHops() + 1);
    }

    /** U6: DATA for its destination is being acknowledged to somebody on a link of this class. */
    void acknowledging(RouteEntry entry, long nowMs, RoutingParameters sentOn) {
        if (rules.isOn(Rule.U6_HOLD_ON_ACK)) {
            hold(entry, nowMs, sentOn);
        }
    }

    /** U9: DATA that was first sent at {@code firstSentMs} over {@code hop} was acknowledged by it. */
    void acknowledged(RouteEntry entry, NextHop hop, long firstSentMs) {
        if (entry.nextHop() == hop || !rules.isOn(Rule.U9_ACK_OF_THE_ROUTE)) {
            extendLife(entry, firstSentMs, hop);
            entry.usedAt(firstSentMs);
        }
    }

    /** What the ways over {@code hop} cost by its end-to-end score has changed: the cost of a route may rise as in U4. Whether there is a route. */
    boolean repriced(long nowMs, RouteEntry entry, NodeId hop) {
        Candidate current = entry.current();
        NextHop way = current == null ? null : current.hop();
        long before = entry.metric();
        if (current != null && current.hop().id().equals(hop)) {
            current.costPercent = costPercent(entry, hop);
        }
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            if (alternate.hop().id().equals(hop)) {
                alternate.costPercent = costPercent(entry, hop);
            }
        }
        if (before < 0) {
            return false;
        }
        switchIfBetter(nowMs, entry);
        takeNewerIfBetter(nowMs, entry);
        if (entry.nextHop() == way && entry.metric() != before) {
            changed(entry, Reason.METRIC, false);
        }
        return true;
    }

    private short costPercent(RouteEntry entry, NodeId hop) {
        E2eScores known = scores;
        return known == null || !known.isAnyDemoted()
                ? E2eScores.NORMAL_PERCENT // nearly always
                : (short) known.percent(entry.destination(), hop);
    }

    /** Two sends over {@code unanswering} without an answer: another feasible way, if there is one, becomes the route (2.7). True if so. */
    boolean useAlternate(long nowMs, RouteEntry entry, NextHop unanswering) {
        Candidate current = entry.current();
        if (current == null || current.hop() != unanswering) {
            return false;
        }
        Candidate best = RouteChoice.best(rules, nowMs, entry, null);
        if (best == null) {
            return false;
        }
        install(nowMs, entry, best, Reason.ALTERNATE);
        return true;
    }

    /** 4.1, stall: the route and its alternates go, the feasibility distance and the hold stay. */
    void stalled(long nowMs, RouteEntry entry) {
        boolean had = entry.isActive();
        entry.clear();
        entry.forgetAlternates();
        entry.endSettling();
        entry.notUsed(nowMs);
        entry.deactivate();
        if (had) {
            changed(entry, Reason.STALLED, true);
        }
    }

    /** Ends what is over: settling (2.5), the route's life (U9), alternates (U2). */
    void sweep(long nowMs, RouteEntry entry) {
        forgetOld(nowMs, entry);
        entry.limitAges(nowMs);
        if (entry.isSettled(nowMs)) {
            settleOrWait(nowMs, entry);
        }
        Candidate current = entry.current();
        if (current != null && entry.isOver(nowMs)) {
            entry.clear();
            if (entry.isActive()) {
                lose(nowMs, entry, Reason.EXPIRED);
            }
        }
        if (!entry.isActive() && entry.hasAlternates()) {
            select(nowMs, entry, Reason.FIRST); // an alternate may have been heard again since
        }
    }

    /**
     * Ends settling early for a destination that was asked for: the best newer advert becomes the route, unless it is
     * more than a quarter worse than the present one. Whether it ended.
     */
    boolean settleIfAsGood(long nowMs, RouteEntry entry) {
        Candidate current = entry.current();
        if (current == null || !entry.isSettling()) {
            return false;
        }
        Candidate best = RouteChoice.best(rules, nowMs, entry, current);
        long metric = current.wayMetric();
        if (best == null || metric >= 0 && best.wayMetric() * 4 > metric * 5) {
            return false;
        }
        settle(nowMs, entry);
        return true;
    }

    /** Settling ends: the best other way becomes the route. */
    void settle(long nowMs, RouteEntry entry) {
        entry.endSettling();
        Candidate current = entry.current();
        if (current == null || !entry.isActive()) {
            return;
        }
        Candidate best = RouteChoice.best(rules, nowMs, entry, current);
        if (best != null) {
            install(nowMs, entry, best, Reason.NEWER_SEQ);
        }
    }

    /**
     * A way that costs more than twice as much as the present one, which leads on, is worth less than to wait until that one has the Seq, too;
     * unless another way is more than that one ahead.
     */
    private void settleOrWait(long nowMs, RouteEntry entry) {
        Candidate current = entry.current();
        Candidate best = current == null ? null : RouteChoice.best(rules, nowMs, entry, current);
        if (current != null
                && best != null
                && RouteChoice.isNextSeqOnly(rules, nowMs, entry, current)
                && current.hop().isUsable()
                && current.wayMetric() >= 0
                && best.wayMetric() / 2 > current.wayMetric()) {
            entry.settleAt(nowMs + current.hop().settleMs());
        } else {
            settle(nowMs, entry);
        }
    }

    /** A way that was announced newer than the present one, which waits to settle (2.5), is taken if the present one is now so much worse. */
    private void takeNewerIfBetter(long nowMs, RouteEntry entry) {
        Candidate current = entry.current();
        Candidate best = current == null ? null : RouteChoice.best(rules, nowMs, entry, current);
        if (current != null && best != null && RouteChoice.isClearlyBetter(best, current)) {
            install(nowMs, entry, best, Reason.BETTER);
        }
    }

    /** Whether the route is another one now. */
    private boolean switchIfBetter(long nowMs, RouteEntry entry) {
        Candidate current = entry.current();
        Candidate winner = current == null ? null : RouteChoice.better(rules, nowMs, entry, current);
        if (winner != null) {
            install(nowMs, entry, winner, Reason.BETTER);
        }
        return winner != null;
    }

    /** U2 for a destination without an ACTIVE route. */
    void select(long nowMs, RouteEntry entry, Reason reason) {
        Candidate current = entry.current();
        if (current != null && current.hop().isUsable() && !entry.isOver(nowMs) && current.wayMetric() >= 0) {
            entry.activate(); // U9: BROKEN to ACTIVE keeps validUntil
            keepLife(entry, nowMs, current.hop());
            // U2: a newer Seq heard while the link was one-way counts from now on, not while others might have used it.
            if (rules.isOn(Rule.U2_IMPROVES_FD)) {
                entry.improve();
            }
            changed(entry, reason, false);
            return;
        }
        Candidate best = RouteChoice.best(rules, nowMs, entry, null);
        if (best != null) {
            install(nowMs, entry, best, reason);
        }
    }

    private void install(long nowMs, RouteEntry entry, Candidate chosen, Reason reason) {
        entry.removeAlternate(chosen);
        Alternate previous = entry.install(chosen, nowMs);
        if (rules.isOn(Rule.U2_IMPROVES_FD) || !entry.hasDistance()) {
            entry.improve(); // U2
        }
        if (previous != null) {
            store(nowMs, entry, previous);
        }
        changed(entry, reason, false);
    }

    /** The ACTIVE route is over: the best alternate takes its place, or it is BROKEN. FD is not touched (U5). */
    void lose(long nowMs, RouteEntry entry, Reason reason) {
        if (!rules.isOn(Rule.U5_KEEPS_FD)) {
            entry.forgetDistance();
        }
        entry.deactivate();
        entry.endSettling();
        Candidate best = RouteChoice.best(rules, nowMs, entry, null);
        if (best != null) {
            install(nowMs, entry, best, reason);
        } else {
            changed(entry, reason, true);
        }
    }

    /** The neighbour itself says that it leads nowhere, or nothing leads over it any more (U5). */
    void withdraw(long nowMs, RouteEntry entry, NextHop hop, Reason reason) {
        Candidate current = entry.current();
        if (current != null && current.hop() == hop) {
            boolean active = entry.isActive();
            entry.clear();
            if (active) {
                lose(nowMs, entry, reason);
            }
            return;
        }
        Candidate alternate = entry.candidateOf(hop);
        if (alternate != null) {
            entry.removeAlternate(alternate);
        }
        if (!rules.isOn(Rule.U5_NEXT_HOP_ONLY) && current != null && entry.isActive()) {
            entry.clear();
            lose(nowMs, entry, reason);
        }
    }

    /** Whether there is a place for it: there may be as many that are better. */
    private boolean store(long nowMs, RouteEntry entry, Alternate candidate) {
        if (entry.countAlternates() < RouteEntry.MAX_ALTERNATES) {
            entry.addAlternate(candidate);
            return true;
        }
        Alternate worst = RouteChoice.worst(rules, nowMs, entry, candidate);
        if (worst != null) {
            entry.replaceAlternate(worst, candidate);
        }
        return worst != null;
    }

    private void forgetOld(long nowMs, RouteEntry entry) {
        if (!rules.isOn(Rule.U2_AGE)) {
            return;
        }
        Alternate next;
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = next) {
            next = alternate.next; // it loses that when it is removed
            if (!alternate.isYoung(nowMs)) {
                entry.removeAlternate(alternate);
            }
        }
    }

    private static void extendLife(RouteEntry entry, long fromMs, NextHop hop) {
        entry.extendLife(fromMs + hop.parameters().routeLifeMs());
    }

    private static void hold(RouteEntry entry, long nowMs, RoutingParameters sentOn) {
        entry.holdUntil(nowMs + sentOn.tombstoneMs()); // U6
    }

    // What the mutants of RuleSwitches do instead; with all rules on, none of it has an effect.

    private boolean breaksU4(long nowMs, RouteEntry entry, Candidate current) {
        if (rules.isOn(Rule.U4_KEEPS_FD) && rules.isOn(Rule.U4_KEEPS_ROUTE)
                || !entry.hasDistance()
                || current.wayMetric() < 0) {
            return false;
        }
        if (!rules.isOn(Rule.U4_KEEPS_FD)) {
            entry.setDistance();
        }
        if (rules.isOn(Rule.U4_KEEPS_ROUTE) || entry.isFeasible(current, rules)) {
            return false;
        }
        withdraw(nowMs, entry, current.hop(), Reason.METRIC);
        return true;
    }

    private static Seq newestHeard(RouteEntry entry, Candidate than) {
        Candidate newest = than;
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            newest = alternate.isNewerThan(newest) ? alternate : newest;
        }
        return newest.seq();
    }

    private void keepLife(RouteEntry entry, long nowMs, NextHop hop) {
        if (!rules.isOn(Rule.U9_KEEPS_LIFE)) {
            extendLife(entry, nowMs, hop);
        }
    }

    private void changed(RouteEntry entry, Reason reason, boolean lost) {
        listener.routeChanged(entry, reason, lost);
    }
}
