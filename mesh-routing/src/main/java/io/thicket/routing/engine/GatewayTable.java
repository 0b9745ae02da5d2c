package io.thicket.routing.engine;

import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.wire.GatewayEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known about gateways (2.5): what each of them last announced, how long that lives, and which of them this node's
 * HELLOs pass on. Which one this node uses itself is the {@link GatewayChoice}'s business.
 */
final class GatewayTable {
    /** Gateways known at most. */
    static final int MAX_GATEWAYS = 16;

    /** Gateways that a HELLO passes on. */
    static final int READVERTISED = 2;

    /** How long a withdrawal is passed on. */
    private static final long WITHDRAWAL_MS = 30_000;

    /** Or, on slow links, for so many of the shortest HELLO intervals. */
    private static final long WITHDRAWAL_HELLOS = 5;

    private static final long LONGEST_WITHDRAWAL_MS =
            WITHDRAWAL_HELLOS * RoutingParameters.of(LinkClass.LORA).helloMinMs();

    /** No entry lives longer, whatever it says. */
    private static final long SLOWEST_LIFE_MS =
            RoutingParameters.of(LinkClass.LORA).gatewayLifetimeMs();

    private final RoutingTable routes;

    /** In the order of their NodeIds. */
    private KnownGateway[] known = {};

    private int size;

    /** {@link RoutingTable#changes} when the gateways' routes were looked up: they are asked for after each frame. */
    private int routesAtChanges = -1;

    /** Before this no gateway can be forgotten; news of one makes it earlier, a sweep later. */
    private long sweepAtMs = Long.MIN_VALUE;

    GatewayTable(RoutingTable routes) {
        this.routes = routes;
    }

    /** In the order of their NodeIds; a view. */
    List<KnownGateway> known() {
        return Arrays.asList(known).subList(0, size);
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** One of {@link #known}, without a list for it. */
    KnownGateway at(int place) {
        return known[place];
    }

    /** Whether the way to {@code gateway} has frames so small that it is taken for a slow one. */
    boolean isSlow(NodeId gateway) {
        KnownGateway way = get(gateway);
        return way != null && way.mtuBytes < FrameRoom.SMALL_MTU_BYTES;
    }

    @Nullable
    KnownGateway get(NodeId gateway) {
        int place = placeOf(gateway);
        return place < size && known[place].name == gateway.value() ? known[place] : null;
    }

    /** The entry of its route, null if there is none. {@code gateway} is one of {@link #known}. */
    @Nullable
    RouteEntry routeOf(KnownGateway gateway) {
        if (routesAtChanges != routes.changes()) {
            for (int i = 0; i < size; i++) {
                known[i].route = routes.get(known[i].id);
            }
            routesAtChanges = routes.changes();
        }
        return gateway.route;
    }

    private int placeOf(NodeId gateway) {
        long name = gateway.value();
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(known[middle].name, name) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(KnownGateway gateway) {
        int place = placeOf(gateway.id);
        if (size == known.length) {
            known = Arrays.copyOf(known, Math.min(MAX_GATEWAYS, size + 1 + size / 2));
        }
        System.arraycopy(known, place, known, place + 1, size - place);
        known[place] = gateway;
        size++;
        routesAtChanges = -1;
    }

    /**
     * Takes what {@code entry}, heard from {@code hop}, says about the gateway itself; its route is the routing table's
     * business. True if neighbours should hear of a change soon.
     */
    boolean update(long nowMs, GatewayEntry entry, NextHop hop, int linkMtuBytes) {
        int lifeMs = lifeMs(entry, hop);
        long rememberUntilMs = nowMs + hop.parameters().longestHelloMs() * 5 / 2;
        KnownGateway gateway = get(entry.gateway());
        RouteEntry route = gateway == null ? routes.get(entry.gateway()) : routeOf(gateway);
        boolean isOnPath = route != null && route.nextHop() == hop;
        if (gateway == null) {
            if (size >= MAX_GATEWAYS || entry.gateway().equals(Held.ANY_GATEWAY)) {
                return false;
            }
            gateway = new KnownGateway(entry.gateway(), entry.seq());
            insert(gateway);
            gateway.seqSinceMs = nowMs;
            gateway.lifeMs = lifeMs;
            gateway.rememberUntilMs = rememberUntilMs;
            apply(nowMs, gateway, entry, isOnPath, linkMtuBytes);
            return true;
        }
        gateway.rememberUntilMs = Math.max(gateway.rememberUntilMs, rememberUntilMs);
        boolean fromNextHop = entry.gateway().equals(hop.id()) || isOnPath;
        long seq = PackedSeq.of(entry.seq());
        boolean newer = PackedSeq.isNewer(seq, gateway.seq);
        if (!newer && !(fromNextHop && seq == gateway.seq)) {
            return false;
        }
        boolean sameBoot = entry.seq().epoch() == gateway.epoch();
        if (entry.signature() != null
                && sameBoot
                && entry.signedCount() < Integer.toUnsignedLong(gateway.signedCount)) {
            return false; // what the gateway itself said of its uplink is newer
        }
        if (newer) {
            gateway.seqSinceMs = nowMs;
            gateway.lifeMs = lifeMs;
        }
        boolean was = gateway.isOffered(nowMs);
        boolean accepted = gateway.accepting;
        apply(nowMs, gateway, entry, isOnPath, linkMtuBytes);
        return was != gateway.isOffered(nowMs) || accepted != gateway.accepting || newer && mustGoOn(nowMs, entry, hop);
    }

    private void apply(long nowMs, KnownGateway gateway, GatewayEntry entry, boolean isOnPath, int linkMtuBytes) {
        boolean up = entry.uplink() && entry.lifetimeS() > 0;
        if (up != gateway.uplink) {
            gateway.changedAtMs = nowMs;
        }
        // A relay passes on what is left of the life, so the same Seq can not renew itself in a circle.
        long until = Math.min(nowMs + entry.lifetimeS() * 1_000L, gateway.seqSinceMs + gateway.lifeMs);
        // Nor does a newer Seq shorten it: a relay may have that from an RREP, with the rest of an older entry's life.
        gateway.expiresAtMs = up ? Math.max(gateway.expiresAtMs, until) : until;
        boolean sameBoot = entry.seq().epoch() == gateway.epoch();
        gateway.seq = PackedSeq.of(entry.seq());
        gateway.signedCount =
                entry.signature() != null ? (int) entry.signedCount() : sameBoot ? gateway.signedCount : 0;
        gateway.uplink = up;
        gateway.backlog = entry.backlog();
        gateway.accepting = entry.accepting();
        gateway.loadPercent = (byte) entry.loadPercent();
        if (isOnPath || gateway.mtuBytes == 0) {
            boolean known = entry.mtuBytes() >= LinkInfo.MIN_MTU_BYTES; // a smaller one is no link's
            gateway.mtuBytes = known ? Math.min(linkMtuBytes, entry.mtuBytes()) : linkMtuBytes;
        }
        sweepAtMs = Math.min(sweepAtMs, forgettableAtMs(gateway)); // mostly it has become later, and is not moved
    }

    /** Behind a slow link newer Seqs come as rarely as its HELLOs, and the entry says how long it lives there. */
    private static int lifeMs(GatewayEntry entry, NextHop hop) {
        long ofClass = hop.parameters().gatewayLifetimeMs();
        return Math.toIntExact(Math.max(ofClass, Math.min(SLOWEST_LIFE_MS, entry.lifetimeS() * 1_000L)));
    }

    /** Whether a newer Seq can not wait for the next regular HELLO; on a congested link it waits as long as it can. */
    private static boolean mustGoOn(long nowMs, GatewayEntry entry, NextHop hop) {
        return hop.isCongested(nowMs) ? isOld(entry, hop) : isAged(entry, hop);
    }

    /**
     * With an unchanged tree a newer Seq travels with regular HELLOs, 45 s a hop when all is quiet. After some hops there is no
     * time for that any more, or the entry ends at the far nodes before the next Seq has come.
     */
    private static boolean isAged(GatewayEntry entry, NextHop hop) {
        long leftMs = entry.lifetimeS() * 1_000L;
        return leftMs > 0 && leftMs * 3 < hop.parameters().gatewayLifetimeMs() * 2;
    }

    /**
     * With half of its life gone a Seq must go on at once: the one before has a tenth left, and ends at the far nodes while the hops
     * on the way settle (2.5).
     */
    static boolean isOld(GatewayEntry entry, NextHop hop) {
        long leftMs = entry.lifetimeS() * 1_000L;
        return leftMs > 0 && leftMs * 2 < hop.parameters().gatewayLifetimeMs();
    }

    /** The gateways that the next HELLO passes on: the best two, and those withdrawn just now. */
    List<KnownGateway> toAnnounce(long nowMs, RoutingParameters link) {
        long withdrawalMs = Math.max(WITHDRAWAL_MS, WITHDRAWAL_HELLOS * link.helloMinMs());
        List<KnownGateway> best = new ArrayList<>(READVERTISED);
        List<KnownGateway> withdrawn = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            KnownGateway gateway = known[i];
            RouteEntry route = routeOf(gateway);
            if (route == null || route.metric() < 0) {
                continue;
            }
            if (gateway.isOffered(nowMs)) {
                insert(best, gateway, route.metric());
            } else if (!gateway.uplink && nowMs - gateway.changedAtMs < withdrawalMs && withdrawn.size() < 1) {
                withdrawn.add(gateway);
            }
        }
        best.addAll(withdrawn);
        return best;
    }

    /** A hash of what {@link #toAnnounce} would say: which gateways, their Seqs, and whether they can be used. */
    long news(long nowMs, RoutingParameters link) {
        long hash = 0;
        for (KnownGateway gateway : toAnnounce(nowMs, link)) {
            RouteEntry route = routeOf(gateway);
            Candidate current = route == null ? null : route.current();
            hash = 31 * hash + gateway.id.hashCode();
            hash = 31 * hash + (current == null ? 0 : current.seq().hashCode());
            hash = 31 * hash + (gateway.isOffered(nowMs) ? 2 : 0) + (gateway.accepting ? 1 : 0);
        }
        return hash;
    }

    private void insert(List<KnownGateway> best, KnownGateway gateway, long metric) {
        int at = 0;
        while (at < best.size() && metricOf(best.get(at)) <= metric) {
            at++;
        }
        best.add(at, gateway);
        if (best.size() > READVERTISED) {
            best.remove(READVERTISED);
        }
    }

    private long metricOf(KnownGateway gateway) {
        RouteEntry route = routeOf(gateway);
        return route == null ? Long.MAX_VALUE : route.metric();
    }

    private static long forgettableAtMs(KnownGateway gateway) {
        long overMs = Math.max(gateway.expiresAtMs, gateway.rememberUntilMs);
        return Math.max(overMs, gateway.changedAtMs + LONGEST_WITHDRAWAL_MS + 1);
    }

    /** Before this {@link #sweep} does nothing by the time alone. */
    long sweepAtMs() {
        return sweepAtMs;
    }

    /** Forgets gateways whose announcement ended long enough ago that no relay passes it on any more. */
    void sweep(long nowMs) {
        if (nowMs < sweepAtMs) {
            return;
        }
        sweepAtMs = MeshRouter.NEVER;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            KnownGateway gateway = known[i];
            if (!isOver(nowMs, gateway)) {
                known[kept++] = gateway;
                sweepAtMs = Math.min(sweepAtMs, forgettableAtMs(gateway));
            }
        }
        if (kept < size) {
            size = kept;
            known = Arrays.copyOf(known, size);
        }
    }

    private boolean isOver(long nowMs, KnownGateway gateway) {
        if (gateway.expiresAtMs - nowMs > 0
                || gateway.rememberUntilMs - nowMs > 0
                || nowMs - gateway.changedAtMs <= LONGEST_WITHDRAWAL_MS) {
            return false;
        }
        RouteEntry route = routeOf(gateway);
        return route == null || route.metric() < 0;
    }
}
