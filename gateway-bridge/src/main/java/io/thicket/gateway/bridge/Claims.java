package io.thicket.gateway.bridge;

import io.thicket.routing.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who publishes a reading that two gateways may have at the same moment. The gateway that published a node's readings last, or that
 * claimed the node since, goes on at once; another one says first what it is about to publish (a claim) and waits for as long as it takes to hear of the
 * same reading from the former. Of two claims the one that the broker passed on first counts, and all gateways hear
 * them in that order.
 */
final class Claims {
    /** From a claim to the publication; more than three times the way to the broker. */
    static final long HOLD_MS = 1_000;
    /** A claim after which nothing was published for this long is void. */
    static final long LIFE_MS = 8_000;
    /** The same for one's own claim, so that it ends first. */
    private static final long OWN_LIFE_MS = LIFE_MS - 3_000;
    /** After this its gateway will not publish by it any more, so that another claim counts although not all think it void yet. */
    private static final long FIRM_MS = OWN_LIFE_MS + 1_000;
    /** Other gateways of the site that are told apart. */
    static final int MAX_GATEWAYS = 256;

    /** A claim that has not come back by then was dropped by the broker. */
    static final long BACK_WITHIN_MS = 2_000;

    private static final long NOT_HEARD = -1;
    private static final long NEVER = Long.MAX_VALUE;

    private static final class Claim {
        final HeldReading reading;
        boolean sent;
        long sentMs;
        long heardMs = NOT_HEARD;

        Claim(HeldReading reading) {
            this.reading = reading;
        }
    }

    private record HeardClaim(Claim claim, long atMs) {}

    private final Set<String> others = new HashSet<>();
    private final SiteNodes site;
    private final Work work;

    private final Map<HeldReading.Key, Claim> own = new LinkedHashMap<>();
    /** Parked since {@link #takeFresh} was last called. */
    private final List<HeldReading> fresh = new ArrayList<>();

    /** Own claims in the order in which they were heard, which is that in which they are won; some came to nothing meanwhile. */
    private final Deque<HeardClaim> heard = new ArrayDeque<>();

    private final ForeignClaims foreign = new ForeignClaims();
    /** Nodes that became known here, to be claimed as a whole if nobody has them; at most {@link Bridge#MAX_NODES}. */
    private final Set<NodeId> newcomers = new LinkedHashSet<>();

    /** When the newest claim of readings left, {@link #NEVER} once one came back. */
    private long onItsWaySinceMs = NEVER;

    /** No claim leaves earlier; {@link Long#MIN_VALUE} once that is past. */
    private long notBeforeMs = Long.MIN_VALUE;

    /** None yet, of readings of {@code site}. */
    Claims(SiteNodes site, Work work) {
        this.site = site;
        this.work = work;
    }

    /** Another gateway is there, or said goodbye. */
    void gateway(String name, boolean online) {
        if (!online) {
            others.remove(name);
        } else if (others.size() < MAX_GATEWAYS) {
            others.add(name);
        }
    }

    /**
     * A new connection: who owns what may have changed. Without the former session claims that are about to be
     * published are not known, so that own ones must wait for those. Returns the readings whose claims are void.
     */
    List<HeldReading> restart(long nowMs, boolean kept) {
        notBeforeMs = kept ? notBeforeMs : nowMs + LIFE_MS;
        site.forEach(node -> node.setOwner(SiteNode.Owner.UNKNOWN));
        fresh.clear();
        heard.clear();
        List<HeldReading> parked = new ArrayList<>();
        own.values().forEach(claim -> parked.add(claim.reading));
        own.clear();
        onItsWaySinceMs = NEVER;
        return parked;
    }

    /** Whether another gateway is known. */
    boolean hasOthers() {
        return !others.isEmpty();
    }

    /** Whether another gateway is there. */
    boolean isThere(String gateway) {
        return others.contains(gateway);
    }

    /** How many gateways the site has, this one included: no more are counted than can be told apart. */
    int gateways() {
        return 1 + others.size();
    }

    /** The reading is at the broker. */
    void published(HeldReading.Key key) {
        foreign.remove(key);
        work.setForeignClaims(foreign.size() > 0);
    }

    /** A node became known here, so that its readings may come here. */
    void nodeKnown(NodeId node) {
        if (newcomers.size() < Bridge.MAX_NODES) {
            newcomers.add(node);
        }
    }

    /** The nodes to be claimed now, before a reading of them is here: those that nobody has. It takes them away from whoever does. */
    List<NodeId> takeNewcomers(long nowMs) {
        if (newcomers.isEmpty() || nowMs < notBeforeMs) {
            return List.of();
        }
        List<NodeId> taken = new ArrayList<>();
        for (NodeId node : newcomers) {
            SiteNode known = site.find(node);
            boolean nobodys = known == null || known.owner() == SiteNode.Owner.UNKNOWN;
            if (!others.isEmpty() && nobodys) {
                taken.add(node);
            }
        }
        newcomers.clear();
        return taken;
    }

    /**
     * A claim of whole nodes was heard: as if its gateway had published a reading of each. Of two the one that the broker passed on last
     * counts, as of two readings.
     */
    void heardNodes(long nowMs, List<NodeId> nodes, boolean mine) {
        for (int i = 0; i < nodes.size(); i++) {
            site.brings(nowMs, site.of(nodes.get(i)), mine);
        }
    }

    /** Whether a reading may be published without a claim. */
    boolean isFree(long nowMs, HeldReading.Key key) {
        if (others.isEmpty()) {
            return true;
        }
        SiteNode node = site.find(key.node());
        return node != null
                && node.track != null
                && node.owner() == SiteNode.Owner.MINE
                && nowMs - node.track.ownSinceMs >= HOLD_MS
                && !isForeign(nowMs, key);
    }

    private boolean isForeign(long nowMs, HeldReading.Key key) {
        ForeignClaims.Claim claim = foreign.get(key);
        return claim != null && nowMs - claim.heardMs() < LIFE_MS;
    }

    /** Keeps a reading until its claim is won. */
    void park(HeldReading reading) {
        own.put(reading.key, new Claim(reading));
        fresh.add(reading);
    }

    /** The reading is no longer to be published. */
    void drop(HeldReading.Key key) {
        if (!own.isEmpty()) {
            own.remove(key);
        }
    }

    /**
     * One page for each node with readings that were parked just now; they count as claimed. None while a claim is on its way: the more a
     * broker lags, the more readings then share a message.
     */
    List<LedgerPage> takeFresh(long nowMs) {
        if (fresh.isEmpty() || isOnItsWay(nowMs)) {
            return List.of();
        }
        List<HeldReading.Key> keys = new ArrayList<>();
        fresh.forEach(reading -> keys.add(reading.key));
        fresh.clear();
        return take(nowMs, keys);
    }

    /** The same for all that could not be claimed before. */
    List<LedgerPage> takeUnsent(long nowMs) {
        if (nowMs >= notBeforeMs) {
            notBeforeMs = Long.MIN_VALUE;
        }
        return own.isEmpty() || isOnItsWay(nowMs) ? List.of() : take(nowMs, own.keySet());
    }

    private boolean isOnItsWay(long nowMs) {
        return onItsWaySinceMs != NEVER && nowMs - onItsWaySinceMs < BACK_WITHIN_MS;
    }

    private List<LedgerPage> take(long nowMs, Collection<HeldReading.Key> keys) {
        if (nowMs < notBeforeMs) {
            return List.of();
        }
        Map<NodeId, LedgerPage> pages = new LinkedHashMap<>();
        for (HeldReading.Key key : keys) {
            Claim claim = own.get(key);
            if (claim != null && !claim.sent && !isForeign(nowMs, key)) {
                claim.sent = true;
                claim.sentMs = nowMs;
                claim.heardMs = NOT_HEARD;
                pages.computeIfAbsent(key.node(), LedgerPage::new).add(key.epoch(), key.seq(), key.seq());
            }
        }
        if (!pages.isEmpty()) {
            onItsWaySinceMs = nowMs;
        }
        return new ArrayList<>(pages.values());
    }

    /** A claim was heard, one's own or another's; {@code isGone} says which readings are on their way to the broker. */
    void heardClaim(
            long nowMs, List<LedgerPage> pages, String gateway, boolean mine, Predicate<HeldReading.Key> isGone) {
        if (mine) {
            onItsWaySinceMs = NEVER;
        }
        int left = ForeignClaims.MAX; // What others write must not keep a gateway busy: 128 lines may name all numbers.
        for (int i = 0; i < pages.size(); i++) {
            left = heardPage(nowMs, pages.get(i), left, gateway, mine, isGone);
        }
    }

    private int heardPage(
            long nowMs, LedgerPage page, int most, String gateway, boolean mine, Predicate<HeldReading.Key> isGone) {
        return page.forEach(most, (epoch, seq) -> {
            HeldReading.Key key = new HeldReading.Key(page.node(), epoch, seq);
            Claim claim = own.get(key);
            ForeignClaims.Claim first = foreign.get(key);
            boolean taken = first != null && !first.gateway().equals(gateway) && nowMs - first.heardMs() < FIRM_MS;
            if (!mine) {
                boolean mineIsFirst = claim != null && claim.heardMs != NOT_HEARD;
                if (!taken && !mineIsFirst && !isGone.test(key)) {
                    foreign.put(key, gateway, nowMs);
                    work.setForeignClaims(true);
                }
            } else if (!taken && claim != null && claim.sent && claim.heardMs == NOT_HEARD) {
                claim.heardMs = nowMs;
                heard.add(new HeardClaim(claim, nowMs));
            }
        });
    }

    /** When {@link #takeWon} or {@link #takeUnsent} next has something to do that is known now. */
    long nextMs() {
        long wonMs = heard.isEmpty() ? NEVER : heard.element().atMs() + HOLD_MS;
        return notBeforeMs == Long.MIN_VALUE ? wonMs : Math.min(wonMs, notBeforeMs);
    }

    /** The readings whose claims are won, to be published now. */
    List<HeldReading> takeWon(long nowMs) {
        if (own.isEmpty() && heard.isEmpty()) {
            return List.of();
        }
        List<HeldReading> won = new ArrayList<>();
        if (others.isEmpty()) {
            own.values().forEach(claim -> won.add(claim.reading));
            own.clear();
        }
        while (!heard.isEmpty() && nowMs - heard.element().atMs() >= HOLD_MS) {
            HeardClaim oldest = heard.remove();
            Claim claim = oldest.claim();
            HeldReading.Key key = claim.reading.key;
            if (own.get(key) == claim && claim.heardMs == oldest.atMs() && !isVoid(nowMs, claim)) {
                own.remove(key);
                won.add(claim.reading);
            }
        }
        return won;
    }

    /** Claims that came to nothing begin anew, and others' are forgotten. */
    void renew(long nowMs) {
        foreign.forgetUntil(nowMs - LIFE_MS);
        work.setForeignClaims(foreign.size() > 0);
        for (Claim claim : own.values()) {
            if (isVoid(nowMs, claim)) {
                claim.sent = false;
                claim.heardMs = NOT_HEARD;
            }
        }
    }

    private static boolean isVoid(long nowMs, Claim claim) {
        return claim.sent && nowMs - claim.sentMs >= OWN_LIFE_MS;
    }

    int parked() {
        return own.size();
    }
}
