package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RouteExplanation;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.RuleSwitches.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The update rules U1 to U7, U9 and U10 of section 2.4 over all destinations. */
final class RoutingTable {
    /** Destinations held at most; beyond it new ones are refused (U6), a held one is never evicted. */
    static final int MAX_DESTINATIONS = 10_000;

    /** Hears of every route that was made, changed or lost. */
    interface Listener {
        /** {@code entry} was changed because of {@code reason}; {@code lost} if it leads nowhere any more. */
        void routeChanged(RouteEntry entry, Reason reason, boolean lost);
    }

    /** What may be announced (U3). */
    record Advert(Seq seq, long metric, int hops) {}

    private final NodeId self;
    private final RuleSwitches rules;
    private final Listener listener;
    private final int capacity;
    private final Destinations entries;
    private final SweepTime sweepTime;
    private @Nullable E2eScores scores;
    private long refused;

    RoutingTable(NodeId self, int capacity, RuleSwitches rules, Listener listener) {
        this(self, capacity, rules, listener, 0);
    }

    /** {@code seed}: see {@link Destinations}. */
    RoutingTable(NodeId self, int capacity, RuleSwitches rules, Listener listener, long seed) {
        this.entries = new Destinations(seed);
        this.sweepTime = new SweepTime(rules, entries);
        this.self = self;
        this.capacity = capacity;
        this.rules = rules;
        this.listener = listener;
    }

    /** Ways that failed end to end cost more (2.5). */
    void setScores(E2eScores e2eScores) {
        scores = e2eScores;
    }

    @Nullable
    RouteEntry get(NodeId destination) {
        return entries.find(destination);
    }

    /** The next hop of the ACTIVE route to {@code destination}, null if there is none. */
    @Nullable
    NextHop nextHop(NodeId destination) {
        RouteEntry entry = entries.find(destination);
        return entry == null ? null : entry.nextHop();
    }

    /** Another number after each destination that came or went. */
    int changes() {
        return entries.changes();
    }

    Collection<RouteEntry> entries() {
        return entries;
    }

    /** Adverts refused since the table was full. */
    long refused() {
        return refused;
    }

    /**
     * An advert for {@code destination} from a live session (U1, U2, U4). False if it was refused because the table is
     * full: then nothing derived from it may be sent on (U6).
     */
    boolean advert(long nowMs, NodeId destination, NextHop hop, Seq seq, long advertised, int hops) {
        if (destination.equals(self) && rules.isOn(Rule.U10_SELF) || destination.equals(Held.ANY_GATEWAY)) {
            return true; // U10; and nobody may become the way to a name that stands for something else
        }
        RouteEntry entry = entries.find(destination);
        if (FeasibilityDistance.extend(advertised, hop.cost()) < 0) {
            if (entry != null) {
                withdraw(nowMs, entry, hop, Reason.WITHDRAWN);
                sweepTime.changed(nowMs, entry);
            }
            return true;
        }
        if (entry == null) {
            if (entries.size() >= capacity && (rules.isOn(Rule.U6_TABLE_FULL) || !evictUnused())) {
                refused++;
                return false;
            }
            entry = new RouteEntry(nowMs, destination);
            entries.insert(entry);
        }
        apply(nowMs, entry, hop, seq, advertised, hops);
        sweepTime.changed(nowMs, entry);
        return true;
    }

    /**
     * The advert that a DATA carries for its origin, otherwise as {@link #advert}. It takes one path and is announced nowhere
     * else, so the present next hop will never confirm the newer Seq: there is nothing to settle for (2.5), and whoever
     * kept the older one would pass that on and leave the gateway without a way back.
     */
    boolean registered(long nowMs, NodeId destination, NextHop hop, Seq seq, long advertised, int hops) {
        boolean taken = advert(nowMs, destination, hop, seq, advertised, hops);
        RouteEntry entry = entries.find(destination);
        if (entry != null && entry.isSettling()) {
            settle(nowMs, entry);
            sweepTime.changed(nowMs, entry);
        }
        return taken;
    }

    private void apply(long nowMs, RouteEntry entry, NextHop hop, Seq seq, long advertised, int hops) {
        Candidate known = entry.candidateOf(hop);
        if (known != null && known.isNewerThan(seq)) {
            return; // a late advert of a neighbour that has gone on
        }
        Candidate current = entry.current();
        if (current != null && known == current) {
            boolean newer = current.isOlderThan(seq);
            if (newer && !entry.isFeasible(seq, advertised, rules)) {
                return;
            }
            current.update(nowMs, seq, advertised, hops); // U4: the same Seq only changes the metric
            extendLife(entry, nowMs, hop); // U9
            if (!newer && breaksU4(nowMs, entry, current)) {
                return;
            }
            if (newer) {
                entry.endSettling();
            }
            if (entry.active) {
                if (newer) {
                    if (rules.isOn(Rule.U2_IMPROVES_FD)) {
                        entry.improve(); // U2
                    }
                    changed(entry, Reason.NEWER_SEQ, false);
                }
                switchIfBetter(nowMs, entry);
                return;
            }
            select(nowMs, entry, Reason.FIRST);
            return;
        }
        if (known == null) {
            Alternate made = new Alternate(nowMs, hop, seq, advertised, hops);
            made.costPercent = costPercent(entry.destination(), hop.id());
            store(nowMs, entry, made);
            known = made;
        } else {
            known.update(nowMs, seq, advertised, hops);
        }
        if (!entry.active || current == null) {
            select(nowMs, entry, Reason.FIRST);
        } else if (current.isOlderThan(seq)
                && RouteChoice.isEligible(rules, nowMs, entry, known)
                && RouteChoice.isClearlyBetter(known, current)) {
            install(nowMs, entry, known, Reason.BETTER); // nothing to settle for: it does not get longer
        } else if (current.isOlderThan(seq)) {
            if (!entry.isSettling()) {
                entry.settleAt(nowMs + current.hop().settleMs()); // 2.5, settling
            }
        } else {
            switchIfBetter(nowMs, entry);
        }
    }

    /** Why a stored advert is not the route (U1, U2). */
    RouteExplanation.Verdict verdict(long nowMs, RouteEntry entry, Candidate candidate) {
        return RouteChoice.verdict(rules, nowMs, entry, candidate);
    }

    /** U3: what may be announced now; announcing it is remembered first. Null: there is no route, announce nothing. */
    @Nullable
    Advert advertise(long nowMs, NodeId destination, RoutingParameters sentOn) {
        RouteEntry entry = entries.find(destination);
        Candidate current = entry == null ? null : entry.current();
        long metric = entry == null ? -1 : entry.metric();
        if (entry == null || current == null || metric < 0) {
            return null;
        }
        if (rules.isOn(Rule.U3_IMPROVES_FD)) {
            entry.improve();
        }
        hold(entry, nowMs, sentOn);
        Seq seq = rules.isOn(Rule.U3_SAME_ROUTE) ? current.seq() : newestHeard(entry, current);
        return new Advert(seq, metric, current.advertisedHops() + 1);
    }

    /** U6: DATA for {@code destination} is being acknowledged to somebody on a link of this class. */
    void acknowledging(long nowMs, NodeId destination, RoutingParameters sentOn) {
        RouteEntry entry = entries.find(destination);
        if (entry != null && rules.isOn(Rule.U6_HOLD_ON_ACK)) {
            hold(entry, nowMs, sentOn);
        }
    }

    /** U9: DATA that was first sent at {@code firstSentMs} over the current route was acknowledged by its next hop. */
    void acknowledged(NodeId destination, NextHop hop, long firstSentMs) {
        RouteEntry entry = entries.find(destination);
        if (entry != null && (entry.nextHop() == hop || !rules.isOn(Rule.U9_ACK_OF_THE_ROUTE))) {
            extendLife(entry, firstSentMs, hop);
            entry.usedAt(firstSentMs);
        }
    }

    /** What the way over {@code hop} costs by its end-to-end score has changed: that of a route may rise as in U4. */
    void penalized(long nowMs, NodeId destination, NodeId hop) {
        RouteEntry entry = entries.find(destination);
        if (entry == null) {
            return;
        }
        Candidate current = entry.current();
        NextHop way = current == null ? null : current.hop();
        long before = entry.metric();
        if (current != null && current.hop().id().equals(hop)) {
            current.costPercent = costPercent(destination, hop);
        }
        for (Alternate alternate = entry.alternates(); alternate != null; alternate = alternate.next) {
            if (alternate.hop().id().equals(hop)) {
                alternate.costPercent = costPercent(destination, hop);
            }
        }
        if (before >= 0) {
            switchIfBetter(nowMs, entry);
            takeNewerIfBetter(nowMs, entry);
            sweepTime.changed(nowMs, entry);
            if (entry.nextHop() == way && entry.metric() != before) {
                changed(entry, Reason.METRIC, false);
            }
        }
    }

    private short costPercent(NodeId destination, NodeId hop) {
        E2eScores known = scores;
        return known == null ? E2eScores.NORMAL_PERCENT : (short) known.percent(destination, hop);
    }

    /** The neighbour itself says that it leads nowhere (refusal, RERR, a HELLO without the gateway): U5. */
    void withdrawn(long nowMs, NodeId destination, NextHop hop, Reason reason) {
        RouteEntry entry = entries.find(destination);
        if (entry != null) {
            withdraw(nowMs, entry, hop, reason);
            sweepTime.changed(nowMs, entry);
        }
    }

    /** Two sends without an answer: another feasible way, if there is one, becomes the route (2.7). True if so. */
    boolean useAlternate(long nowMs, NodeId destination, NextHop unanswering) {
        RouteEntry entry = entries.find(destination);
        Candidate current = entry == null ? null : entry.current();
        if (entry == null || current == null || current.hop() != unanswering) {
            return false;
        }
        Candidate best = RouteChoice.best(rules, nowMs, entry, null);
        if (best == null) {
            return false;
        }
        install(nowMs, entry, best, Reason.ALTERNATE);
        sweepTime.changed(nowMs, entry);
        return true;
    }

    /** A destination without a route takes an alternate that was heard again since. */
    void recover(long nowMs, NodeId destination) {
        RouteEntry entry = entries.find(destination);
        if (entry != null && !entry.active && entry.hasAlternates()) {
            select(nowMs, entry, Reason.FIRST);
            sweepTime.changed(nowMs, entry);
        }
    }

    /**
     * The best neighbour, other than {@code except}, whose young advert for {@code destination} is infeasible only, and much better than the
     * route if there is one; null if there is none.
     */
    @Nullable
    NextHop infeasibleWay(long nowMs, NodeId destination, @Nullable NextHop except) {
        RouteEntry entry = entries.find(destination);
        return entry == null ? null : RouteChoice.infeasibleWay(rules, nowMs, entry, except);
    }

    /** Whether there is such a neighbour at all. */
    boolean hasInfeasibleWay(long nowMs, RouteEntry entry) {
        return entry.hasAlternates() && RouteChoice.infeasibleWay(rules, nowMs, entry, null) != null;
    }

    /** A link is no longer TWO_WAY: its routes move to an alternate or are BROKEN until it recovers (U5). */
    void linkUnusable(long nowMs, NextHop hop, Reason reason) {
        sweepTime.changedMany();
        for (RouteEntry entry : entries) {
            Candidate current = entry.current();
            if (current != null && current.hop() == hop && entry.active) {
                lose(nowMs, entry, reason);
            }
        }
    }

    /** A link is TWO_WAY again: BROKEN routes over it are ACTIVE again, with the life they had (U9). */
    void linkUsable(long nowMs, NextHop hop) {
        sweepTime.changedMany();
        for (RouteEntry entry : entries) {
            if (!entry.active && entry.candidateOf(hop) != null) {
                select(nowMs, entry, Reason.FIRST);
            }
        }
    }

    /** U7: a session ended (restart seen, or forgotten): nothing leads over it any more. */
    void sessionEnded(long nowMs, NextHop hop, Reason reason) {
        if (!rules.isOn(Rule.U7_INCARNATION)) {
            return;
        }
        sweepTime.changedMany();
        for (RouteEntry entry : entries) {
            withdraw(nowMs, entry, hop, reason);
        }
    }

    /** 4.1, stall: routes and alternates go, feasibility distances and holds stay. */
    void stalled(long nowMs) {
        sweepTime.changedMany();
        for (RouteEntry entry : entries) {
            boolean had = entry.active;
            entry.clear();
            entry.forgetAlternates();
            entry.endSettling();
            entry.notUsed(nowMs);
            entry.active = false;
            if (had) {
                changed(entry, Reason.STALLED, true);
            }
        }
    }

    /** Ends what is over: settling (2.5), route life (U9), alternates (U2), memory (U6). */
    void sweep(long nowMs, Predicate<NodeId> isQueued) {
        if (isSweepDue(nowMs)) {
            sweepDue(nowMs, isQueued);
        }
    }

    /** Before this a {@link #sweep} has nothing to do. */
    long sweepAtMs() {
        return sweepTime.atMs();
    }

    boolean isSweepDue(long nowMs) {
        return sweepTime.isDue(nowMs);
    }

    /** The same of all entries, whether anything is due or not. */
    void sweepAll(long nowMs, Predicate<NodeId> isQueued) {
        sweepTime.changedMany();
        sweepDue(nowMs, isQueued);
    }

    private void sweepDue(long nowMs, Predicate<NodeId> isQueued) {
        List<RouteEntry> due = sweepTime.begin(nowMs);
        List<RouteEntry> gone = List.of();
        for (int i = 0; i < due.size(); i++) {
            RouteEntry entry = due.get(i);
            forgetOld(nowMs, entry);
            entry.limitAges(nowMs);
            if (entry.isSettled(nowMs)) {
                settleOrWait(nowMs, entry);
            }
            Candidate current = entry.current();
            if (current != null && entry.isOver(nowMs)) {
                entry.clear();
                if (entry.active) {
                    lose(nowMs, entry, Reason.EXPIRED);
                }
            }
            if (!entry.active && entry.hasAlternates()) {
                select(nowMs, entry, Reason.FIRST); // an alternate may have been heard again since
            }
            boolean unused = entry.current() == null && !entry.hasAlternates() && !isQueued.test(entry.destination());
            // U6: only an unused destination, and only when nobody can hold anything derived from it.
            if (unused && (nowMs > entry.holdUntilMs(nowMs) || !rules.isOn(Rule.U6_HOLD))) {
                gone = gone.isEmpty() ? new ArrayList<>() : gone;
                gone.add(entry);
            } else {
                sweepTime.changed(nowMs, entry);
            }
        }
        if (!gone.isEmpty()) {
            entries.forget(gone);
        }
    }

    /**
     * Ends settling early for a destination that was asked for: the best newer advert becomes the route, unless it is
     * more than a quarter worse than the present one.
     */
    void settleIfAsGood(long nowMs, NodeId destination) {
        RouteEntry entry = entries.find(destination);
        Candidate current = entry == null ? null : entry.current();
        if (entry == null || current == null || !entry.isSettling()) {
            return;
        }
        Candidate best = RouteChoice.best(rules, nowMs, entry, current);
        long metric = current.wayMetric();
        if (best != null && (metric < 0 || best.wayMetric() * 4 <= metric * 5)) {
            settle(nowMs, entry);
            sweepTime.changed(nowMs, entry);
        }
    }

    /** A search asked for {@code minSeq}: what is older is of no use to it, however near, so the newer advert is taken. */
    void settleFor(long nowMs, NodeId destination, Seq minSeq) {
        RouteEntry entry = entries.find(destination);
        Candidate current = entry == null ? null : entry.current();
        if (entry != null && current != null && current.isOlderThan(minSeq)) {
            settle(nowMs, entry);
            sweepTime.changed(nowMs, entry);
        }
    }

    private void settle(long nowMs, RouteEntry entry) {
        entry.endSettling();
        Candidate current = entry.current();
        if (current == null || !entry.active) {
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

    private void switchIfBetter(long nowMs, RouteEntry entry) {
        Candidate current = entry.current();
        Candidate winner = current == null ? null : RouteChoice.better(rules, nowMs, entry, current);
        if (winner != null) {
            install(nowMs, entry, winner, Reason.BETTER);
        }
    }

    /** U2 for a destination without an ACTIVE route. */
    private void select(long nowMs, RouteEntry entry, Reason reason) {
        Candidate current = entry.current();
        if (current != null && current.hop().isUsable() && !entry.isOver(nowMs) && current.wayMetric() >= 0) {
            entry.active = true; // U9: BROKEN to ACTIVE keeps validUntil
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
    private void lose(long nowMs, RouteEntry entry, Reason reason) {
        if (!rules.isOn(Rule.U5_KEEPS_FD)) {
            entry.forgetDistance();
        }
        entry.active = false;
        entry.endSettling();
        Candidate best = RouteChoice.best(rules, nowMs, entry, null);
        if (best != null) {
            install(nowMs, entry, best, reason);
        } else {
            changed(entry, reason, true);
        }
    }

    private void withdraw(long nowMs, RouteEntry entry, NextHop hop, Reason reason) {
        Candidate current = entry.current();
        if (current != null && current.hop() == hop) {
            boolean active = entry.active;
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
        if (!rules.isOn(Rule.U5_NEXT_HOP_ONLY) && current != null && entry.active) {
            entry.clear();
            lose(nowMs, entry, reason);
        }
    }

    private void store(long nowMs, RouteEntry entry, Alternate candidate) {
        if (entry.countAlternates() < RouteEntry.MAX_ALTERNATES) {
            entry.addAlternate(candidate);
            return;
        }
        Alternate worst = RouteChoice.worst(rules, nowMs, entry, candidate);
        if (worst != null) {
            entry.replaceAlternate(worst, candidate);
        }
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
        long metric = current.wayMetric();
        if (!entry.hasDistance() || metric < 0) {
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

    private boolean evictUnused() {
        for (RouteEntry entry : entries) {
            if (entry.current() == null && !entry.hasAlternates()) {
                entries.forget(List.of(entry));
                return true;
            }
        }
        return false;
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
