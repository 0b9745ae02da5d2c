package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RouteChange.Reason;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Makes this node's HELLOs and reads the others': heard lists, gateway entries, the neighbour itself as destination. */
final class HelloService {
    /** HELLOs after a new neighbour that carry the IDENT. */
    private static final int IDENT_HELLOS = 2;

    /** A HELLO that says nothing about the IDENT for so long gets one. */
    private static final int IDENT_EVERY = 16;

    /** Where this node should soon send a HELLO of its own because of one that it heard. */
    enum Answer {
        NONE,
        /** The sender asks for what this node knows. */
        SAME_LINK,
        /** A gateway's uplink came or went: those on the other links wait for it, too. */
        ALL_LINKS
    }

    private static final int HEARD_BYTES = 14;

    /** Room for eight heard neighbours. */
    private static final int IDENT_RESERVE_BYTES = 8 * HEARD_BYTES;

    /** How heard lists name this node. */
    private final int ownPrefix;

    // What the others' HELLOs need, and the links: the JVM puts what is declared first in front, in one line of memory.
    private final Core core;
    private final FrameGuard guard;
    private final NeighborTable neighbors;
    private final RoutingTable routes;
    private final GatewayTable gateways;
    private final GatewayTrust trust;
    private final GatewayNews gatewayNews;
    private final Collection<Interface> links;

    private final FrameSender frames;
    private final OwnGateway ownGateway;
    private final Identities identities;
    private byte identHellos = IDENT_HELLOS;

    /** Of a relay. */
    private final byte willingness;

    /** What {@link #trust} said, which never changes: each HELLO that is heard asks. */
    private final boolean restricted;

    private int sinceIdent;
    private int heardOffset;

    HelloService(
            Core core,
            FrameGuard guard,
            FrameSender frames,
            NeighborTable neighbors,
            RoutingTable routes,
            GatewayTable gateways,
            OwnGateway ownGateway,
            Identities identities,
            GatewayTrust trust,
            GatewayNews gatewayNews,
            Collection<Interface> links,
            int willingness) {
        this.core = core;
        this.ownPrefix = core.self.prefix();
        this.guard = guard;
        this.frames = frames;
        this.neighbors = neighbors;
        this.routes = routes;
        this.gateways = gateways;
        this.ownGateway = ownGateway;
        this.identities = identities;
        this.trust = trust;
        this.restricted = trust.isRestricted();
        this.gatewayNews = gatewayNews;
        this.links = links;
        this.willingness = (byte) willingness;
    }

    /** A new session: it does not know this node's name yet. */
    void identSoon() {
        identHellos = IDENT_HELLOS;
    }

    /** Sends those that are due. */
    void onDeadline(int queuePercent) {
        for (Interface link : links) {
            if (link.info.up()
                    && link.trickle.dueMs() - core.now() <= 0
                    && mayHello(link)
                    && link.trickle.fire(core.now())) {
                if (!(link.trickle.wasRegular() && isSpare(link))) {
                    send(link, queuePercent);
                }
            }
        }
    }

    /** A HELLO that has no airtime yet is made when it has, with the news of then. */
    private boolean mayHello(Interface link) {
        long waitMs = link.duty.waitMs(core.now(), DutyBudget.Use.CONTROL);
        link.helloUse = DutyBudget.Use.CONTROL;
        if (waitMs > 0 && link.mayHelloUrgently(core.now())) {
            link.helloUse = DutyBudget.Use.URGENT;
            return true;
        }
        if (waitMs > 0) {
            core.count(RoutingCounter.AIRTIME_WAITS);
            link.trickle.postpone(core.now() + waitMs);
        }
        return waitMs == 0;
    }

    /** Sends a HELLO on {@code link} now. */
    void send(Interface link, int queuePercent) {
        link.helloSeq = link.helloSeq + 1 & WireLimits.MAX_U32;
        List<MeshMessage> messages = new ArrayList<>(3);
        boolean withIdent = identHellos > 0 || ++sinceIdent >= IDENT_EVERY;
        boolean apart = false;
        if (withIdent) {
            link.signAgain();
        }
        List<GatewayEntry> entries = entries(link);
        Reg self = new Reg(core.self, new Distance(core.ownSeq(), 0), List.of());
        cutToMtu(link, entries, FrameCodec.encodedBytes(self), queuePercent);
        int room = link.info.mtuBytes()
                - FrameForm.BROADCAST_INTRODUCED.overheadBytes()
                - FrameCodec.encodedBytes(hello(link, List.of(), entries, queuePercent));
        room -= FrameCodec.encodedBytes(self);
        if (withIdent) {
            int bytes = FrameCodec.encodedBytes(identities.own());
            apart = bytes > room && link.isUnsigned() && fitsApart(link, bytes);
            withIdent = bytes <= room || apart;
            room -= withIdent && !apart ? bytes : 0;
        }
        if (apart) {
            frames.broadcast(link, List.of(identities.own()), DutyBudget.Use.URGENT);
        }
        if (withIdent) {
            room = addGatewayIdents(link, room, messages); // before the entries that need their keys
        }
        messages.add(hello(link, heard(link, room / HEARD_BYTES), entries, queuePercent));
        messages.add(self);
        if (withIdent) {
            if (!apart) {
                messages.add(identities.own());
            }
            identHellos = (byte) Math.max(0, identHellos - 1);
            sinceIdent = 0;
        }
        core.count(RoutingCounter.HELLOS_SENT);
        link.thinning.sent(core.now(), news(link), intervalMs(link));
        frames.broadcast(link, messages, link.helloUse);
        link.toldNews(core.now());
    }

    /** On links with small frames signed entries may be too many; the first is the best, but a HELLO matters more. */
    private void cutToMtu(Interface link, List<GatewayEntry> entries, int selfBytes, int queuePercent) {
        int room = link.info.mtuBytes() - FrameForm.BROADCAST_INTRODUCED.overheadBytes() - selfBytes;
        while (!entries.isEmpty()
                && FrameCodec.encodedBytes(hello(link, List.of(), entries, queuePercent))
                        > room - (entries.size() > 1 ? HEARD_BYTES : 0)) {
            entries.remove(entries.size() - 1);
        }
    }

    /** In a frame of its own, for which there is airtime apart from that of HELLOs. */
    private boolean fitsApart(Interface link, int identBytes) {
        int bytes = identBytes + FrameForm.BROADCAST_INTRODUCED.overheadBytes();
        return bytes <= link.info.mtuBytes() && link.mayIntroduce(core.now(), bytes);
    }

    /** The IDENTs of listed gateways that fit beside a few heard neighbours; on links with small frames in frames of their own. */
    private int addGatewayIdents(Interface link, int roomBytes, List<MeshMessage> messages) {
        int room = roomBytes;
        for (Ident ident : trust.idents()) {
            int bytes = FrameCodec.encodedBytes(ident);
            if (bytes <= room - IDENT_RESERVE_BYTES) {
                messages.add(ident);
                room -= bytes;
            } else if (fitsApart(link, bytes)) {
                frames.broadcast(link, List.of(ident), DutyBudget.Use.URGENT);
            }
        }
        return room;
    }

    private Hello hello(Interface link, List<Hello.Heard> heard, List<GatewayEntry> entries, int queuePercent) {
        return new Hello(
                link.helloSeq,
                intervalMs(link),
                heard,
                entries,
                core.roles,
                core.isRelay() ? willingness : 0,
                queuePercent,
                null);
    }

    private long intervalMs(Interface link) {
        long ofTrickleMs = link.trickle.announcedIntervalMs();
        long announcedMs = link.thinning.announcedMs(ofTrickleMs, link.isBusy(core.now()));
        return Math.max(announcedMs, link.duty.helloGapMs(core.now()));
    }

    /** Whether the regular HELLO that is due on {@code link} can be left out. */
    private boolean isSpare(Interface link) {
        return link.thinning.isSpare(core.now(), news(link), link.isBusy(core.now()));
    }

    /** A hash of what neighbours should hear of soon, that of this node's own gateway included. */
    private long news(Interface link) {
        long own = ownGateway.isGateway() ? core.ownSeq().hashCode() : 0;
        return 31 * own + gateways.news(core.now(), link.parameters);
    }

    private List<Hello.Heard> heard(Interface link, int room) {
        List<Hello.Heard> all = new ArrayList<>();
        for (Neighbor neighbor : neighbors.all()) {
            if (neighbor.link == link && !neighbor.isIn(NeighborState.DOWN)) {
                int ratio = Math.max(1, neighbor.receivedPercent() * 255 / 100);
                all.add(new Hello.Heard(neighbor.id().prefix(), neighbor.bootTag() & 0xff, ratio, 0));
            }
        }
        int limit = Math.min(Math.max(0, room), WireLimits.MAX_HEARD);
        if (all.size() <= limit) {
            return all;
        }
        // More than fit: each HELLO names the next ones, so everybody is named in turn.
        List<Hello.Heard> some = new ArrayList<>(limit);
        for (int i = 0; i < limit - 1; i++) {
            some.add(all.get((heardOffset + i) % all.size()));
        }
        some.add(Hello.Heard.MORE);
        heardOffset = (heardOffset + Math.max(0, limit - 1)) % all.size();
        return some;
    }

    private List<GatewayEntry> entries(Interface link) {
        List<GatewayEntry> entries = new ArrayList<>();
        GatewayEntry own = ownGateway.entry(link);
        if (own != null) {
            entries.add(own);
        }
        for (KnownGateway gateway : gateways.toAnnounce(core.now(), link.parameters)) {
            RoutingTable.Advert advert = core.isRelay()
                    ? routes.advertise(core.now(), gateway.id, link.parameters) // U3
                    : new RoutingTable.Advert(gateway.seq(), WireLimits.MAX_U32, 0); // known here, not reached over me
            if (advert == null) {
                continue;
            }
            GatewayTrust.Proof proof = restricted ? trust.proofOf(gateway.id, advert.seq(), gateway.uplink) : null;
            if (restricted && proof == null) {
                continue; // nobody would believe it
            }
            boolean signed =
                    proof != null && (!link.isUnsigned() || link.isSignatureDue(gateway.id, advert.seq(), proof));
            gateway.announced(core.isRelay() ? advert.metric() : -1);
            boolean offered = gateway.isOffered(core.now());
            long lifetimeS =
                    offered ? Math.min(0xffff, (gateway.leftMs(core.now(), link.parameters) + 999) / 1_000) : 0;
            entries.add(new GatewayEntry(
                    gateway.id,
                    advert.seq(),
                    advert.metric(),
                    Math.min(advert.hops(), WireLimits.MAX_HOPS),
                    gateway.uplink,
                    gateway.backlog,
                    gateway.accepting,
                    (int) lifetimeS,
                    gateway.loadPercent,
                    Math.min(gateway.mtuBytes, link.info.mtuBytes()),
                    signed && proof != null ? proof.signature() : null,
                    !signed || proof == null
                            ? advert.seq().count()
                            : proof.seq().count()));
        }
        return entries;
    }

    /** Sends HELLOs soon, as {@link #onHello} on {@code heardOn} asked. */
    void answer(Interface heardOn, Answer answer) {
        if (answer == Answer.NONE) {
            return; // nearly always
        }
        for (Interface link : links) {
            if (answer == Answer.ALL_LINKS || answer == Answer.SAME_LINK && link == heardOn) {
                long withinMs = link.parameters.helloMinMs() / 2;
                if (answer == Answer.ALL_LINKS) {
                    link.gatewayNews();
                    link.trickle.sendEarly(core.now(), withinMs);
                } else {
                    link.helloSoon(core.now(), withinMs);
                }
            }
        }
    }

    /** A HELLO from a live session; where this node should soon send one of its own. */
    Answer onHello(Neighbor from, Hello hello) {
        if (!from.onHello(hello.helloSeq())) {
            return Answer.NONE; // overtaken by a newer one
        }
        from.announced(core.now(), hello.intervalMs());
        neighbors.announced(from);
        from.heardList = core.scratch.heard.updated(from.heardList, hello);
        readHeardList(from, hello);
        from.willing(hello.willingness());
        from.updateCost(core.now());
        boolean news = false;
        List<GatewayEntry> entries = restricted ? trust.accepted(from, hello.gateways()) : hello.gateways();
        for (int i = 0; i < entries.size(); i++) {
            GatewayEntry entry = entries.get(i);
            if (routes.isSelf(entry.gateway())) {
                continue; // U10
            }
            if (routes.advert(core.now(), entry.gateway(), from, entry.seq(), entry.metric(), entry.hops())) {
                boolean changed = gateways.update(core.now(), entry, from, from.mtuBytes());
                news |= changed && gatewayNews.mayAnswer(from.link, entry.gateway());
                if (GatewayTable.isOld(entry, from)) {
                    // Settling at each hop takes longer than the older Seq has left to live at the far nodes.
                    routes.settleIfAsGood(core.now(), entry.gateway());
                }
            } else {
                core.count(RoutingCounter.DROPPED_TABLE_FULL);
            }
        }
        withdrawMissing(from, hello.gateways());
        boolean missing = false;
        if (!isAllWithdrawn(entries)) {
            from.knowsGateway(core.now());
        } else {
            if (restricted) {
                identSoon(); // it may lack the keys
            }
            missing = gatewayNews.isMissing(from);
        }
        return news ? Answer.ALL_LINKS : missing ? Answer.SAME_LINK : Answer.NONE;
    }

    private void readHeardList(Neighbor from, Hello hello) {
        List<Hello.Heard> all = hello.heard();
        for (int i = 0; i < all.size(); i++) {
            Hello.Heard heard = all.get(i);
            if (heard.prefix() == ownPrefix && heard.bootTagLowByte() == (guard.bootTag() & 0xff)) {
                from.onHeardByThem(heard.rxRatio() * 100 / 255);
                neighbors.named(from);
                return;
            }
        }
        if (hello.isHeardListComplete()) {
            neighbors.notNamed(from);
        }
    }

    /**
     * A neighbour passes on its best two; one with fewer that leaves a gateway out has lost it (a hint as RERR, U5). An entry
     * that could not be verified is not left out.
     */
    private void withdrawMissing(Neighbor from, List<GatewayEntry> entries) {
        int offered = 0;
        for (int i = 0; i < entries.size(); i++) {
            GatewayEntry entry = entries.get(i);
            offered += entry.lifetimeS() > 0 && !entry.gateway().equals(from.id()) ? 1 : 0;
        }
        if (offered < GatewayTable.READVERTISED) {
            for (int i = 0; i < gateways.size(); i++) {
                KnownGateway gateway = gateways.at(i);
                if (gateway.isOffered(core.now()) && !gateway.id.equals(from.id()) && !isListed(entries, gateway.id)) {
                    routes.withdrawn(core.now(), gateway.id, from, Reason.RERR);
                }
            }
        }
    }

    /** No entry, or those only of gateways that are no way to the broker: that of a gateway whose uplink is down stands in each of its HELLOs. */
    private static boolean isAllWithdrawn(List<GatewayEntry> entries) {
        for (GatewayEntry entry : entries) {
            if (entry.lifetimeS() > 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isListed(List<GatewayEntry> entries, NodeId gateway) {
        for (GatewayEntry entry : entries) {
            if (entry.gateway().equals(gateway)) {
                return true;
            }
        }
        return false;
    }
}
