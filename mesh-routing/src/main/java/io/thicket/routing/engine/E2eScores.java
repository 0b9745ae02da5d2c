package io.thicket.routing.engine;

import io.thicket.routing.Alarm;
import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether readings that a next hop acknowledged were settled by their gateway, too (2.5, e2e-verified). A hop that takes
 * messages and loses them, and a gateway whose broker does not answer, look fine to every hop; only the origin can tell.
 * Below one half over at least eight messages the way costs four times as much, which wears off within ten minutes. A neighbour that says
 * for seconds that it is full, and takes nothing, loses no message, but nobody behind it gets one through, and to others it looks
 * well: its way costs twice as much, which wears off within a minute. It may just have too much to do, so nobody is told.
 */
final class E2eScores {
    /** Verdicts needed. */
    static final int MIN_MESSAGES = 8;

    /** Verdicts after which old ones count half. */
    private static final int MEMORY = 32;

    /** Ways remembered. */
    static final int MAX_PATHS = 64;

    /** Own messages watched; of more only the newest. */
    static final int MAX_WATCHED = 256;

    /** The cost of a demoted way, in percent. */
    static final int DEMOTED_PERCENT = 400;

    static final short NORMAL_PERCENT = 100;

    /** How long a demotion wears off; twice as long each time that it comes again before {@link #MAX_DEMOTION_MS}. */
    static final long DEMOTION_MS = 600_000;

    static final long MAX_DEMOTION_MS = 8 * DEMOTION_MS;

    /** The same of a way whose next hop takes nothing; less than what {@link #isDistrusted}. */
    static final int FULL_PERCENT = 200;

    /** How long that wears off, or, where HELLOs are rarer, the longest time between two; others must have heard of it meanwhile. */
    static final long FULL_MS = 60_000;

    private static final long MAX_FULL_MS = 8 * FULL_MS;

    /** An answer that takes longer counts as none (until it comes); a link class with a longer D takes D. */
    private static final long VERIFY_MS = 12_000;

    /** Or so long if there is a slow link on the way: D there. */
    private static final long SLOW_VERIFY_MS =
            RoutingParameters.of(LinkClass.LORA).messageLifeMs();

    /** The routing table hears of a changed cost in steps of so many percent. */
    private static final int STEP_PERCENT = 25;

    /** Of a way to a gateway: its first hop. Of messages there are no more than {@link #MEMORY}, or little more. */
    private static final class Score {
        final NodeId gateway;
        final NodeId hop;
        short settled;
        short unsettled;

        /** Of the unsettled ones. */
        short tooLarge;

        // Made when it happens.

        /** As it loses messages. */
        @Nullable
        Demotion lossy;

        /** As it takes none. */
        @Nullable
        Demotion full;

        short toldPercent = NORMAL_PERCENT;

        /** The one that was used next, null for the one used last. */
        @Nullable
        Score next;

        Score(NodeId gateway, NodeId hop) {
            this.gateway = gateway;
            this.hop = hop;
        }
    }

    private static final class Watched {
        final long number;
        final NodeId gateway;
        final NodeId hop;
        final long untilMs;

        /** Its time is over. */
        boolean failed;

        /** The way got a verdict for it. */
        boolean blamed;

        Watched(long number, NodeId gateway, NodeId hop, long untilMs) {
            this.number = number;
            this.gateway = gateway;
            this.hop = hop;
            this.untilMs = untilMs;
        }
    }

    private final Core core;

    /** The one unused longest, null if there is none. There are few: most nodes use one way. */
    private @Nullable Score scores;

    /** Those that were demoted when another one took their place; until the next sweep. */
    private List<Score> forgotten = List.of();

    /** The oldest first. Made for the first one, and forgotten with the last: mostly there is one for a moment. */
    private List<Watched> watched = List.of();

    /** When the first message that is watched gets its verdict, at the earliest. */
    private long verdictAtMs = MeshRouter.NEVER;

    /** Some way may cost more than it would, or did so when the table was told last. */
    private boolean anyDemoted;

    E2eScores(Core core) {
        this.core = core;
    }

    /** {@code hop} took custody of the own message {@code number} for {@code gateway}. */
    void handedOn(long number, NodeId gateway, Neighbor hop, boolean slow) {
        Watched before = find(number);
        if (before != null && before.gateway.equals(gateway) && before.hop.equals(hop.id())) {
            return; // a repetition the same way: one verdict a message
        }
        if (before != null) {
            unwatch(before);
            if (!before.failed) {
                fail(before);
            }
        }
        if (watched.size() >= MAX_WATCHED) {
            watched.remove(0);
        }
        long patienceMs =
                Math.max(slow ? SLOW_VERIFY_MS : VERIFY_MS, hop.parameters().messageLifeMs());
        Watched message = new Watched(number, gateway, hop.id(), core.now() + patienceMs);
        watched = watched.isEmpty() ? new ArrayList<>(1) : watched;
        watched.add(message);
        verdictAtMs = Math.min(verdictAtMs, message.untilMs);
        plan();
    }

    /** The own message {@code number} was settled; a late answer takes its verdict back. */
    void settled(long number) {
        Watched message = find(number);
        if (message == null) {
            return;
        }
        unwatch(message);
        Score score = scoreOf(message.gateway, message.hop);
        if (message.blamed) {
            score.unsettled = (short) Math.max(0, score.unsettled - 1);
        }
        score.settled++;
        forgetOld(score);
        if (watched.isEmpty()) {
            verdictAtMs = MeshRouter.NEVER; // mostly there is one message at a time, and it is settled long before
            plan();
        }
    }

    private void unwatch(Watched message) {
        watched.remove(message);
        watched = watched.isEmpty() ? List.of() : watched;
    }

    private @Nullable Watched find(long number) {
        for (int i = 0; i < watched.size(); i++) {
            if (watched.get(i).number == number) {
                return watched.get(i);
            }
        }
        return null;
    }

    /** Judges what waited too long, and tells the table what ways cost now. */
    void sweep(GatewayTable gateways, RoutingTable routes) {
        if (core.now() >= verdictAtMs) {
            judge(gateways);
        }
        if (anyDemoted) {
            tell(routes);
        }
        plan();
    }

    /** Before this a {@link #sweep} has nothing to do: what was demoted costs less every second. */
    private void plan() {
        core.agenda.set(Agenda.Part.SCORES, anyDemoted ? core.now() : verdictAtMs);
    }

    private void judge(GatewayTable gateways) {
        verdictAtMs = MeshRouter.NEVER;
        for (Watched message : watched) {
            if (!message.failed && message.untilMs - core.now() > 0) {
                verdictAtMs = Math.min(verdictAtMs, message.untilMs);
            } else if (!message.failed) {
                message.failed = true;
                KnownGateway gateway = gateways.get(message.gateway);
                // A gateway that says itself that it is cut off is withdrawn; nobody on the way is to blame.
                if (gateway != null && gateway.isOffered(core.now())) {
                    fail(message);
                }
            }
        }
    }

    private void tell(RoutingTable routes) {
        anyDemoted = false;
        List<Score> changed = new ArrayList<>(forgotten);
        forgotten = List.of();
        for (Score score = scores; score != null; score = score.next) {
            int percent = percentOf(score);
            boolean over = percent == NORMAL_PERCENT && score.toldPercent != NORMAL_PERCENT;
            if (over || Math.abs(percent - score.toldPercent) >= STEP_PERCENT) {
                score.toldPercent = (short) percent;
                changed.add(score);
            }
            anyDemoted |= percent != NORMAL_PERCENT || score.toldPercent != NORMAL_PERCENT;
        }
        for (Score score : changed) {
            routes.penalized(core.now(), score.gateway, score.hop);
        }
    }

    /** Whether any way costs more than it would. */
    boolean isAnyDemoted() {
        return anyDemoted;
    }

    /** What the way costs now, in percent of its metric; as the table was told last. */
    int percent(NodeId gateway, NodeId hop) {
        if (!anyDemoted) {
            return NORMAL_PERCENT;
        }
        Score score = use(gateway, hop);
        return score == null ? NORMAL_PERCENT : score.toldPercent;
    }

    /** Whether the way should be left if any other leads to a broker. */
    boolean isDistrusted(NodeId gateway, RouteEntry route) {
        NextHop hop = anyDemoted ? route.nextHop() : null;
        return hop != null && percent(gateway, hop.id()) > (NORMAL_PERCENT + DEMOTED_PERCENT) / 2;
    }

    /**
     * {@code hop} refused an own message to {@code gateway} as too large for the links behind it. Nobody can check that; if
     * it is so most of the time, the way is of no use, whoever is to blame.
     */
    void tooLarge(NodeId gateway, Neighbor hop) {
        Score score = scoreOf(gateway, hop.id());
        score.tooLarge++;
        blame(score);
    }

    private void fail(Watched message) {
        message.failed = true;
        message.blamed = true;
        blame(scoreOf(message.gateway, message.hop));
    }

    private void blame(Score score) {
        score.unsettled++;
        forgetOld(score);
        int verdicts = score.settled + score.unsettled;
        if (verdicts >= MIN_MESSAGES && 2 * score.settled < verdicts) {
            distrust(score);
        }
    }

    /** {@code hop} had no room for messages to {@code gateway} for a while, and took none. Nothing new until half of that has worn off. */
    void full(NodeId gateway, Neighbor hop) {
        Score score = scoreOf(gateway, hop.id());
        Demotion its = score.full;
        if (its == null) {
            long firstMs = Math.max(FULL_MS, hop.parameters().helloMaxMs());
            its = new Demotion(FULL_PERCENT, firstMs, Math.max(MAX_FULL_MS, firstMs));
            score.full = its;
        }
        if (its.percent(core.now()) <= (NORMAL_PERCENT + FULL_PERCENT) / 2) {
            demote(its);
        }
    }

    private void demote(Demotion demotion) {
        demotion.begin(core.now());
        anyDemoted = true;
        plan();
    }

    private void distrust(Score score) {
        Demotion its = score.lossy;
        if (its == null) {
            its = new Demotion(DEMOTED_PERCENT, DEMOTION_MS, MAX_DEMOTION_MS);
            score.lossy = its;
        }
        demote(its);
        core.count(RoutingCounter.PATHS_DEMOTED);
        core.alarm(
                Alarm.Kind.UNVERIFIED_PATH,
                score.hop,
                "of " + (score.settled + score.unsettled) + " messages that it "
                        + (score.tooLarge == 0 ? "took" : "was given") + " for gateway " + score.gateway + " only "
                        + score.settled + " were settled"
                        + (score.tooLarge == 0 ? "" : ", it refused " + score.tooLarge + " as too large"));
        score.tooLarge = 0;
        score.settled = 0;
        score.unsettled = 0;
    }

    private int percentOf(Score score) {
        return Math.max(percentOf(score.lossy), percentOf(score.full));
    }

    private int percentOf(@Nullable Demotion demotion) {
        return demotion == null ? NORMAL_PERCENT : demotion.percent(core.now());
    }

    private Score scoreOf(NodeId gateway, NodeId hop) {
        Score known = use(gateway, hop);
        if (known == null) {
            int count = 0;
            for (Score each = scores; each != null; each = each.next) {
                count++;
            }
            if (count >= MAX_PATHS) {
                forgetOne();
            }
            known = new Score(gateway, hop);
            append(known);
        }
        return known;
    }

    /** The oldest one that costs nothing; else the oldest, of which the routing table must hear. */
    private void forgetOne() {
        Score oldest = scores;
        while (oldest != null && isDemoted(oldest)) {
            oldest = oldest.next;
        }
        Score gone = oldest != null ? oldest : scores;
        if (gone != null) {
            remove(gone);
        }
        if (oldest == null && gone != null) {
            forgotten = new ArrayList<>(forgotten);
            forgotten.add(gone);
        }
    }

    private boolean isDemoted(Score score) {
        return score.toldPercent != NORMAL_PERCENT || percentOf(score) != NORMAL_PERCENT;
    }

    /** The score of that way, from now on the one used last; null if there is none. */
    private @Nullable Score use(NodeId gateway, NodeId hop) {
        for (Score each = scores; each != null; each = each.next) {
            if (each.gateway.equals(gateway) && each.hop.equals(hop)) {
                if (each.next != null) {
                    remove(each);
                    append(each);
                }
                return each;
            }
        }
        return null;
    }

    /** As the one used last. */
    private void append(Score score) {
        link(before(null), score);
    }

    private void remove(Score score) {
        link(before(score), score.next);
        score.next = null;
    }

    /** The one before {@code until}, null if that is the first; of the end, which is null, the last. */
    private @Nullable Score before(@Nullable Score until) {
        Score before = null;
        for (Score each = scores; each != null && each != until; each = each.next) {
            before = each;
        }
        return before;
    }

    /** {@code following} comes after {@code before}, or first if that is null. */
    private void link(@Nullable Score before, @Nullable Score following) {
        if (before == null) {
            scores = following;
        } else {
            before.next = following;
        }
    }

    private static void forgetOld(Score score) {
        if (score.settled + score.unsettled >= MEMORY) {
            score.settled = (short) (score.settled / 2);
            score.unsettled = (short) (score.unsettled / 2);
            score.tooLarge = (short) (score.tooLarge / 2);
        }
    }
}
