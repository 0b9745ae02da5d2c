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

/** All destinations, by the update rules of section 2.4: {@link RouteUpdates} for each, U6 and U10 here. */
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

    /** This node's own name, as a number: its object would be another place in memory to wait for. */
    private final long self;

    private final RuleSwitches rules;
    private final RouteUpdates updates;
    private final int capacity;
    private final Destinations entries;
    private final SweepTime sweepTime;
    private long refused;

    RoutingTable(NodeId self, int capacity, RuleSwitches rules, Listener listener) {
        this(self, capacity, rules, listener, 0);
    }

    /** {@code seed}: see {@link Destinations}. */
    RoutingTable(NodeId self, int capacity, RuleSwitches rules, Listener listener, long seed) {
        this.entries = new Destinations(seed);
        this.sweepTime = new SweepTime(rules, entries);
        this.self = self.value();
        this.capacity = capacity;
        this.rules = rules;
        this.updates = new RouteUpdates(rules, listener);
    }

    /** Ways that failed end to end cost more (2.5). */
    void setScores(E2eScores e2eScores) {
        updates.setScores(e2eScores);
    }

    @Nullable
    RouteEntry get(NodeId destination) {
        return entries.find(destination);
    }

    /** Whether {@code destination} is this node. */
    boolean isSelf(NodeId destination) {
        return destination.value() == self;
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
        if (isSelf(destination) && rules.isOn(Rule.U10_SELF) || destination.equals(Held.ANY_GATEWAY)) {
            return true; // U10; and nobody may become the way to a name that stands for something else
        }
        RouteEntry entry = entries.find(destination);
        if (FeasibilityDistance.extend(advertised, hop.cost()) < 0) {
            if (entry != null) {
                updates.withdraw(nowMs, entry, hop, Reason.WITHDRAWN);
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
        if (updates.advert(nowMs, entry, hop, seq, advertised, hops)) {
            sweepTime.changed(nowMs, entry);
        }
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
            updates.settle(nowMs, entry);
            sweepTime.changed(nowMs, entry);
        }
        return taken;
    }

    /** Why a stored advert is not the route (U1, U2). */
    RouteExplanation.Verdict verdict(long nowMs, RouteEntry entry, Candidate candidate) {
        return RouteChoice.verdict(rules, nowMs, entry, candidate);
    }

    /** U3: what may be announced now; announcing it is remembered first. Null: there is no route, announce nothing. */
    @Nullable
    Advert advertise(long nowMs, NodeId destination, RoutingParameters sentOn) {
        RouteEntry entry = entries.find(destination);
        return entry == null ? null : updates.advertise(nowMs, entry, sentOn);
    }

    /** U6: DATA for {@code destination} is being acknowledged to somebody on a link of this class. */
    void acknowledging(long nowMs, NodeId destination, RoutingParameters sentOn) {
        RouteEntry entry = entries.find(destination);
        if (entry != null) {
            updates.acknowledging(entry, nowMs, sentOn);
        }
    }

    /** U9: DATA that was first sent at {@code firstSentMs} over the current route was acknowledged by its next hop. */
    void acknowledged(NodeId destination, NextHop hop, long firstSentMs) {
        RouteEntry entry = entries.find(destination);
        if (entry != null) {
            updates.acknowledged(entry, hop, firstSentMs);
        }
    }

    /** What the way over {@code hop} costs by its end-to-end score has changed: that of a route may rise as in U4. */
    void penalized(long nowMs, NodeId destination, NodeId hop) {
        RouteEntry entry = entries.find(destination);
        if (entry != null && updates.repriced(nowMs, entry, hop)) {
            sweepTime.changed(nowMs, entry);
        }
    }

    /** The neighbour itself says that it leads nowhere (refusal, RERR, a HELLO without the gateway): U5. */
    void withdrawn(long nowMs, NodeId destination, NextHop hop, Reason reason) {
        RouteEntry entry = entries.find(destination);
        if (entry != null) {
            updates.withdraw(nowMs, entry, hop, reason);
            sweepTime.changed(nowMs, entry);
        }
    }

    /** Two sends without an answer: another feasible way, if there is one, becomes the route (2.7). True if so. */
    boolean useAlternate(long nowMs, NodeId destination, NextHop unanswering) {
        RouteEntry entry = entries.find(destination);
        if (entry == null || !updates.useAlternate(nowMs, entry, unanswering)) {
            return false;
        }
        sweepTime.changed(nowMs, entry);
        return true;
    }

    /** A destination without a route takes an alternate that was heard again since. */
    void recover(long nowMs, NodeId destination) {
        RouteEntry entry = entries.find(destination);
        if (entry != null && !entry.isActive() && entry.hasAlternates()) {
            updates.select(nowMs, entry, Reason.FIRST);
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
            if (current != null && current.hop() == hop && entry.isActive()) {
                updates.lose(nowMs, entry, reason);
            }
        }
    }

    /** A link is TWO_WAY again: BROKEN routes over it are ACTIVE again, with the life they had (U9). */
    void linkUsable(long nowMs, NextHop hop) {
        sweepTime.changedMany();
        for (RouteEntry entry : entries) {
            if (!entry.isActive() && entry.candidateOf(hop) != null) {
                updates.select(nowMs, entry, Reason.FIRST);
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
            updates.withdraw(nowMs, entry, hop, reason);
        }
    }

    /** 4.1, stall: routes and alternates go, feasibility distances and holds stay. */
    void stalled(long nowMs) {
        sweepTime.changedMany();
        for (RouteEntry entry : entries) {
            updates.stalled(nowMs, entry);
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
            updates.sweep(nowMs, entry);
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
        if (entry != null && updates.settleIfAsGood(nowMs, entry)) {
            sweepTime.changed(nowMs, entry);
        }
    }

    /** A search asked for {@code minSeq}: what is older is of no use to it, however near, so the newer advert is taken. */
    void settleFor(long nowMs, NodeId destination, Seq minSeq) {
        RouteEntry entry = entries.find(destination);
        Candidate current = entry == null ? null : entry.current();
        if (entry != null && current != null && current.isOlderThan(minSeq)) {
            updates.settle(nowMs, entry);
            sweepTime.changed(nowMs, entry);
        }
    }

    // What a mutant of RuleSwitches does instead; with all rules on, it has no effect.

    private boolean evictUnused() {
        for (RouteEntry entry : entries) {
            if (entry.current() == null && !entry.hasAlternates()) {
                entries.forget(List.of(entry));
                return true;
            }
        }
        return false;
    }
}
