package io.thicket.sim.reference;

import io.thicket.routing.MeshRouter;
import io.thicket.routing.RouterEffects;
import io.thicket.sim.reference.BabelTlv.Hello;
import io.thicket.sim.reference.BabelTlv.Ihu;
import io.thicket.sim.reference.BabelTlv.RouteRequest;
import io.thicket.sim.reference.BabelTlv.SeqnoRequest;
import io.thicket.sim.reference.BabelTlv.Update;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The control plane of one Babel node: what it says, when, and how it answers (RFC 8966 s3.4, s3.7, s3.8). */
final class BabelSpeaker implements BabelTable.Listener {
    /** Broadcasts of the same moment do not all start in the same millisecond. */
    private static final int JITTER_MS = 10;

    /** Full updates that were asked for are no closer than this. */
    private static final long MIN_FULL_UPDATE_MS = 2_000;

    /** A TLV for one neighbour, sent when the call that caused it ends. */
    private record Unicast(int neighbor, BabelTlv tlv) {}

    final BabelTable table;
    final BabelRequests requests = new BabelRequests();
    private final int self;
    private final boolean announcesItself;
    private final BabelParameters parameters;
    private final Links links;
    private final RandomGenerator random;
    private final BabelOutbox outbox;
    private final List<Unicast> unicasts = new ArrayList<>();

    /** Retractions that are said once more: no update is acknowledged (s3.7.2). */
    private final Set<Integer> repeats = new LinkedHashSet<>();

    private int ownSeqno;
    private int helloSeqno;
    private int hellos;
    private long nextHelloMs = MeshRouter.NEVER;
    private long nextUpdateMs;
    private long lastFullUpdateMs = Long.MIN_VALUE / 2;

    BabelSpeaker(
            int self,
            boolean announcesItself,
            long epoch,
            BabelParameters parameters,
            Links links,
            RandomGenerator random) {
        this.self = self;
        this.announcesItself = announcesItself;
        this.parameters = parameters;
        this.links = links;
        this.random = random;
        this.table = new BabelTable(self, parameters, this);
        this.outbox = new BabelOutbox(random);
        // s3.2.1 asks for a stored number; the boot's stands for it, with room for what one boot may add.
        this.ownSeqno = (int) (epoch * 256 & 0xffff);
        this.helloSeqno = random.nextInt(0x1_0000);
    }

    int ownSeqno() {
        return ownSeqno;
    }

    void start(long nowMs) {
        if (nextHelloMs == MeshRouter.NEVER) {
            nextHelloMs = nowMs + random.nextLong(parameters.helloIntervalMs());
            nextUpdateMs = nextHelloMs;
        }
    }

    void onPacket(long nowMs, int neighbor, List<BabelTlv> tlvs, RouterEffects effects) {
        for (BabelTlv tlv : tlvs) {
            onTlv(nowMs, neighbor, tlv);
        }
        sendUnicasts(effects);
    }

    private void onTlv(long nowMs, int neighbor, BabelTlv tlv) {
        if (tlv instanceof Hello hello) {
            BabelNeighbor isNew = table.onHello(nowMs, neighbor, hello);
            if (isNew != null) {
                addIhu(nowMs, isNew, parameters.urgentDelayMs());
            }
        } else if (tlv instanceof Ihu ihu) {
            table.onIhu(nowMs, neighbor, ihu);
        } else if (tlv instanceof Update update) {
            table.onUpdate(nowMs, neighbor, update);
        } else if (tlv instanceof RouteRequest request) {
            onRouteRequest(nowMs, request);
        } else if (tlv instanceof SeqnoRequest request) {
            onSeqnoRequest(nowMs, neighbor, request);
        }
    }

    /** s3.8.1.1. */
    private void onRouteRequest(long nowMs, RouteRequest request) {
        if (request.prefix() != RouteRequest.ALL) {
            outbox.update(nowMs, request.prefix(), parameters.urgentDelayMs());
        } else if (nowMs - lastFullUpdateMs >= MIN_FULL_UPDATE_MS) {
            addFullUpdate(nowMs, parameters.urgentDelayMs());
        }
    }

    /** s3.8.1.2. */
    private void onSeqnoRequest(long nowMs, int neighbor, SeqnoRequest request) {
        if (request.prefix() == self) {
            if (BabelSeq.isNewer(request.seqno(), ownSeqno)) {
                ownSeqno = BabelSeq.next(ownSeqno);
            }
            outbox.update(nowMs, self, parameters.urgentDelayMs());
            return;
        }
        BabelRoute selected = table.selected(request.prefix());
        if (selected != null && !BabelSeq.isNewer(request.seqno(), selected.seqno)) {
            outbox.update(nowMs, request.prefix(), parameters.urgentDelayMs());
            return;
        }
        Integer onward = request.hops() < 2 ? null : onward(nowMs, neighbor, request.prefix());
        if (onward != null && requests.start(nowMs, request.prefix(), request.seqno(), onward, 1)) {
            unicasts.add(new Unicast(onward, new SeqnoRequest(request.prefix(), request.seqno(), request.hops() - 1)));
        }
    }

    /** Whom to ask next: over a feasible route if there is one, and never whoever asks. */
    private @Nullable Integer onward(long nowMs, int asking, int destination) {
        BabelPrefix prefix = table.prefix(destination);
        if (prefix == null) {
            return null;
        }
        BabelRoute feasible = null;
        BabelRoute other = null;
        for (BabelRoute route : prefix.routes.values()) {
            if (route.neighbor == asking || route.metric == BabelTlv.INFINITY) {
                continue;
            }
            if (!prefix.isFeasible(nowMs, route.seqno, route.refmetric)) {
                other = other == null || route.metric < other.metric ? route : other;
            } else if (feasible == null || route.metric < feasible.metric) {
                feasible = route;
            }
        }
        if (feasible != null) {
            return feasible.neighbor;
        }
        return other == null ? null : other.neighbor;
    }

    @Override
    public void changed(long nowMs, int prefix) {
        outbox.update(nowMs, prefix, parameters.urgentDelayMs());
    }

    @Override
    public void starved(long nowMs, int prefix, int seqno, @Nullable Integer neighbor) {
        if (requests.start(nowMs, prefix, seqno, neighbor, parameters.requestTries())) {
            request(nowMs, prefix, seqno, neighbor);
        }
    }

    @Override
    public void arrived(long nowMs, int prefix, int seqno) {
        if (requests.satisfied(prefix, seqno)) {
            outbox.update(nowMs, prefix, parameters.urgentDelayMs());
        }
    }

    private void request(long nowMs, int prefix, int seqno, @Nullable Integer neighbor) {
        SeqnoRequest tlv = new SeqnoRequest(prefix, seqno, parameters.requestHops());
        if (neighbor == null) {
            outbox.add(nowMs, tlv, parameters.urgentDelayMs());
        } else {
            unicasts.add(new Unicast(neighbor, tlv));
        }
    }

    void onDeadline(long nowMs, RouterEffects effects) {
        if (nowMs >= nextHelloMs) {
            tick(nowMs);
        }
        for (BabelRequests.Request due : requests.due(nowMs)) {
            request(nowMs, due.prefix(), due.seqno(), due.neighbor());
        }
        if (nowMs >= outbox.nextMs()) {
            flush(nowMs, effects);
        }
        sendUnicasts(effects);
    }

    long nextMs() {
        return Math.min(Math.min(nextHelloMs, outbox.nextMs()), requests.nextMs());
    }

    /** Once per hello interval: hello, what depends on it, and a look at what has run out. */
    private void tick(long nowMs) {
        long intervalMs = parameters.helloIntervalMs();
        nextHelloMs = nowMs + intervalMs - intervalMs / 16 + random.nextLong(intervalMs / 8 + 1);
        table.expire(nowMs);
        outbox.add(nowMs, new Hello(helloSeqno, BabelParameters.intervalOnWire(intervalMs)), JITTER_MS);
        helloSeqno = BabelSeq.next(helloSeqno);
        if (hellos++ == 0) {
            outbox.add(nowMs, new RouteRequest(RouteRequest.ALL), JITTER_MS); // s3.8.2: a node that has just started
        }
        if (hellos % parameters.hellosPerIhu() == 0) {
            table.neighbors().forEach(neighbor -> addIhu(nowMs, neighbor, JITTER_MS));
        }
        if (nowMs >= nextUpdateMs) {
            nextUpdateMs = nowMs + parameters.updateIntervalMs() - intervalMs / 2;
            addFullUpdate(nowMs, JITTER_MS);
        }
    }

    private void addIhu(long nowMs, BabelNeighbor neighbor, int withinMs) {
        long intervalMs = parameters.helloIntervalMs() * parameters.hellosPerIhu();
        outbox.add(
                nowMs,
                new Ihu(
                        neighbor.rxcost(parameters.cost()),
                        BabelParameters.intervalOnWire(intervalMs),
                        neighbor.address),
                withinMs);
    }

    private void addFullUpdate(long nowMs, int withinMs) {
        lastFullUpdateMs = nowMs;
        if (announcesItself) {
            outbox.update(nowMs, self, withinMs);
        }
        for (BabelPrefix prefix : table.prefixes()) {
            if (prefix.selected != null) {
                outbox.update(nowMs, prefix.prefix, withinMs);
            }
        }
    }

    private void flush(long nowMs, RouterEffects effects) {
        List<BabelTlv> tlvs = new ArrayList<>(outbox.takeTlvs());
        for (int prefix : outbox.takeUpdates()) {
            Update update = updateOf(nowMs, prefix);
            if (update != null) {
                tlvs.add(update);
            }
        }
        repeats.forEach(prefix -> outbox.update(nowMs, prefix, parameters.urgentDelayMs()));
        repeats.clear();
        send(AddressPlan.BROADCAST, tlvs, effects);
    }

    /** What is said of {@code destination} now; null if nothing ever was. */
    private @Nullable Update updateOf(long nowMs, int destination) {
        int interval = BabelParameters.intervalOnWire(parameters.updateIntervalMs());
        if (destination == self) {
            return announcesItself ? new Update(self, interval, ownSeqno, 0) : null;
        }
        BabelPrefix prefix = table.prefix(destination);
        if (prefix == null) {
            return null;
        }
        BabelRoute selected = prefix.selected;
        if (selected == null) {
            if (prefix.announcedMetric != BabelTlv.INFINITY) {
                repeats.add(destination);
            }
            prefix.announced(nowMs, prefix.feasibleSeqno(), BabelTlv.INFINITY);
            return new Update(destination, interval, prefix.feasibleSeqno(), BabelTlv.INFINITY);
        }
        prefix.announced(nowMs, selected.seqno, selected.metric);
        return new Update(destination, interval, selected.seqno, selected.metric);
    }

    private void sendUnicasts(RouterEffects effects) {
        for (Unicast unicast : unicasts) {
            send(unicast.neighbor, List.of(unicast.tlv), effects);
        }
        unicasts.clear();
    }

    private void send(int to, List<BabelTlv> tlvs, RouterEffects effects) {
        for (ByteBuffer packet : BabelCodec.encode(tlvs, links.mtuBytes() - IpPacket.HEADER_BYTES)) {
            ByteBuffer frame = IpPacket.control(self, to, 1, BabelCodec.PORT, packet);
            if (to == AddressPlan.BROADCAST) {
                links.broadcast(frame, effects);
            } else {
                links.unicast(to, frame, effects);
            }
        }
    }
}
