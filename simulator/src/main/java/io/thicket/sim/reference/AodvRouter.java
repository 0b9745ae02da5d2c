package io.thicket.sim.reference;

import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.wire.WireFormatException;
import io.thicket.sim.reference.AodvMessage.Rerr;
import io.thicket.sim.reference.AodvMessage.Rrep;
import io.thicket.sim.reference.AodvMessage.Rreq;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * AODV after RFC 3561 in the resolved reading ({@link AodvReading}): routes on demand, held valid by use, broken links
 * learned from the MAC or by missing hellos. Without local repair (s6.12), multicast, and RREP-ACK (the MAC does it).
 */
public final class AodvRouter implements ReferenceRouter, MacFeedback {
    private final NodeId self;
    private final long epoch;
    private final AddressPlan plan;
    private final List<Integer> gateways = new ArrayList<>();
    private final AodvParameters parameters;
    private final Tally tally = new Tally();
    private final Links links = new Links(tally, this);
    private final AodvCore core;
    private final AodvControl control;
    private final AodvDiscovery discovery;
    private final AodvHello hello;
    private final PacketQueue queue;
    private final long helloPhaseMs;
    private boolean started;
    private long sent;

    /**
     * @param self an address of the plan
     * @param epoch number of this boot, from 1; later ones begin with the silence of s6.13
     * @param gateways where messages for any gateway go: to the nearest that a route is held to, else to the first
     */
    public AodvRouter(
            NodeId self,
            long epoch,
            AddressPlan plan,
            List<NodeId> gateways,
            AodvParameters parameters,
            RandomGenerator random) {
        this.self = self;
        this.epoch = epoch;
        this.plan = plan;
        this.parameters = parameters;
        for (NodeId gateway : gateways) {
            this.gateways.add(plan.addressOf(gateway));
        }
        SeenCache seen = new SeenCache(parameters.pathDiscoveryTimeMs());
        this.core = new AodvCore(plan.addressOf(self), plan, parameters, links, tally, random);
        this.control = new AodvControl(core, seen);
        this.discovery = new AodvDiscovery(core, seen);
        this.hello = new AodvHello(core);
        this.queue = new PacketQueue(parameters.queuePackets());
        this.helloPhaseMs = random.nextLong(parameters.helloIntervalMs());
    }

    @Override
    public void onLink(long nowMs, LinkId link, LinkInfo info, RouterEffects effects) {
        links.onLink(link, info);
        hello.start(nowMs, helloPhaseMs);
        if (!started) {
            started = true;
            core.silentUntilMs = epoch > 1 && parameters.waitAfterReboot() ? nowMs + parameters.deletePeriodMs() : 0;
        }
    }

    @Override
    public void onFrame(
            long nowMs, LinkId link, LinkAddress from, ByteBuffer frame, int exchange, RouterEffects effects) {
        tally.received(frame.remaining());
        try {
            IpPacket packet = IpPacket.parse(frame, plan);
            if (packet.destinationPort() == AodvCodec.PORT) {
                onControl(nowMs, link, from, packet, effects);
            } else {
                DataMessage.check(packet);
                onData(nowMs, links.neighborAt(link, from), packet, frame, effects);
            }
        } catch (WireFormatException e) {
            tally.count(RoutingCounter.DROPPED_MALFORMED);
        }
    }

    private void onControl(long nowMs, LinkId link, LinkAddress from, IpPacket packet, RouterEffects effects)
            throws WireFormatException {
        AodvMessage message = AodvCodec.decode(packet.payload(), plan);
        int neighbor = packet.source();
        if (neighbor == core.self) {
            return;
        }
        links.learn(neighbor, link, from);
        hello.heard(nowMs, neighbor);
        if (message instanceof Rreq rreq) {
            control.onRreq(nowMs, neighbor, packet.timeToLive(), rreq, effects);
        } else if (message instanceof Rrep rrep) {
            if (isHello(packet, rrep)) {
                hello.onHello(nowMs, neighbor, rrep);
            } else {
                control.onRrep(nowMs, neighbor, rrep, effects);
            }
        } else if (message instanceof Rerr rerr) {
            control.onRerr(nowMs, neighbor, rerr, effects);
        }
        sendWaiting(nowMs, effects);
    }

    private static boolean isHello(IpPacket packet, Rrep rrep) {
        return packet.destination() == AddressPlan.BROADCAST && rrep.destination() == packet.source();
    }

    private void onData(
            long nowMs, @Nullable Integer previousHop, IpPacket packet, ByteBuffer frame, RouterEffects effects) {
        hello.dataSeen(nowMs);
        if (previousHop != null) {
            hello.heard(nowMs, previousHop);
        }
        if (packet.destination() == core.self) {
            refresh(nowMs, packet.source(), previousHop);
            tally.count(RoutingCounter.DATA_DELIVERED);
            DataMessage.deliver(packet, plan, effects);
            return;
        }
        AodvRoute route = core.table.findValid(nowMs, packet.destination());
        if (route == null || packet.timeToLive() <= 1) {
            drop(packet, IpPacket.reasonFor(packet.timeToLive()), effects);
            if (route == null) {
                reportNoRoute(nowMs, packet.destination(), previousHop, effects);
            }
            return;
        }
        refresh(nowMs, packet.source(), previousHop);
        refresh(nowMs, packet.destination(), route.nextHop);
        tally.count(RoutingCounter.DATA_FORWARDED);
        links.unicast(route.nextHop, IpPacket.oneHopOn(frame), effects);
    }

    private void reportNoRoute(long nowMs, int destination, @Nullable Integer previousHop, RouterEffects effects) {
        if (core.isSilent(nowMs)) {
            core.silentUntilMs =
                    nowMs + parameters.deletePeriodMs(); // s6.13: somebody still uses the old boot's routes
        }
        if (previousHop != null) {
            control.noRouteFor(nowMs, destination, previousHop, effects);
        }
    }

    /** s6.2: an end of a data packet's way and the neighbour towards it live on. */
    private void refresh(long nowMs, int end, @Nullable Integer neighbor) {
        long untilMs = nowMs + parameters.activeRouteTimeoutMs();
        core.table.extend(nowMs, end, untilMs);
        if (neighbor != null) {
            core.table.extend(nowMs, neighbor, untilMs);
        }
    }

    @Override
    public void onLinkFailure(long nowMs, LinkId link, LinkAddress to, RouterEffects effects) {
        Integer neighbor = links.neighborAt(link, to);
        if (neighbor != null) {
            core.linkBroke(nowMs, neighbor, effects);
        }
    }

    @Override
    public void onTransmitFailed(long nowMs, LinkId link, LinkAddress to, ByteBuffer frame, RouterEffects effects) {
        onLinkFailure(nowMs, link, to, effects);
        Integer neighbor = links.neighborAt(link, to);
        if (kindOf(frame) != FrameKind.DATA) {
            if (neighbor != null && nameOf(frame).equals("rrep")) {
                core.blacklist(nowMs, neighbor);
            }
            return;
        }
        try {
            IpPacket packet = IpPacket.parse(frame, plan);
            if (parameters.salvageOwn() && packet.source() == core.self) {
                enqueue(nowMs, packet.destination(), frame, parameters.queueMs(), effects);
            } else {
                drop(packet, DropReason.NO_ROUTE, effects);
            }
        } catch (WireFormatException e) {
            throw new IllegalArgumentException("not a frame of this router", e);
        }
    }

    @Override
    public long send(
            long nowMs,
            Destination destination,
            PayloadType type,
            Priority priority,
            long maxAgeMs,
            boolean wantsSettle,
            long repeats,
            int turn,
            ByteBuffer payload,
            RouterEffects effects) {
        int to = resolve(nowMs, destination);
        if (to == AddressPlan.BROADCAST) {
            return Refusal.NO_ROUTE;
        }
        if (payload.remaining() > maxPayloadBytes(destination)) {
            return Refusal.TOO_LARGE;
        }
        hello.dataSeen(nowMs);
        long number = ++sent;
        tally.count(RoutingCounter.DATA_ORIGINATED);
        ByteBuffer frame = DataMessage.frame(core.self, epoch, number, to, type, wantsSettle, payload);
        if (!sendAlong(nowMs, to, frame, effects)) {
            enqueue(nowMs, to, frame, Math.min(maxAgeMs, parameters.queueMs()), effects);
        }
        return number;
    }

    /** False if there is no route. */
    private boolean sendAlong(long nowMs, int destination, ByteBuffer frame, RouterEffects effects) {
        AodvRoute route = core.table.findValid(nowMs, destination);
        if (route == null) {
            return false;
        }
        refresh(nowMs, destination, route.nextHop);
        return links.unicast(route.nextHop, frame, effects);
    }

    private void enqueue(long nowMs, int destination, ByteBuffer frame, long waitMs, RouterEffects effects) {
        ByteBuffer own =
                ByteBuffer.allocate(frame.remaining()).put(frame.duplicate()).flip();
        PacketQueue.Waiting displaced = queue.add(new PacketQueue.Waiting(destination, own, nowMs + waitMs));
        if (displaced != null) {
            drop(displaced, DropReason.QUEUE_FULL, effects);
        }
        discovery.search(nowMs, destination, effects);
    }

    /** Sends what waited for routes that are there now. */
    private void sendWaiting(long nowMs, RouterEffects effects) {
        if (queue.isEmpty()) {
            return;
        }
        for (AodvRoute route : core.table.all(nowMs)) {
            if (route.valid && queue.hasPacketFor(route.destination)) {
                discovery.found(route.destination);
                for (PacketQueue.Waiting waiting : queue.take(route.destination)) {
                    if (!sendAlong(nowMs, route.destination, waiting.frame(), effects)) {
                        drop(waiting, DropReason.NO_ROUTE, effects);
                    }
                }
            }
        }
    }

    @Override
    public void onDeadline(long nowMs, RouterEffects effects) {
        core.transmitDue(nowMs, effects);
        hello.onDeadline(nowMs, effects);
        for (PacketQueue.Waiting waiting : queue.takeExpired(nowMs)) {
            drop(waiting, DropReason.TOO_OLD, effects);
        }
        for (int destination : discovery.onDeadline(nowMs, queue, effects)) {
            for (PacketQueue.Waiting waiting : queue.take(destination)) {
                drop(waiting, DropReason.NO_ROUTE, effects);
            }
        }
    }

    @Override
    public long nextDeadlineMs() {
        return Math.min(Math.min(core.outgoing.nextMs(), hello.nextMs()), Math.min(discovery.nextMs(), queue.nextMs()));
    }

    /** {@link AddressPlan#BROADCAST} if there is no such node. */
    private int resolve(long nowMs, Destination destination) {
        if (destination instanceof Destination.Node node) {
            return plan.has(node.id()) ? plan.addressOf(node.id()) : AddressPlan.BROADCAST;
        }
        int best = gateways.isEmpty() ? AddressPlan.BROADCAST : gateways.get(0);
        int bestHops = Integer.MAX_VALUE;
        for (int gateway : gateways) {
            AodvRoute route = core.table.findValid(nowMs, gateway);
            if (route != null && route.hops < bestHops) {
                best = gateway;
                bestHops = route.hops;
            }
        }
        return best;
    }

    private void drop(PacketQueue.Waiting waiting, DropReason reason, RouterEffects effects) {
        try {
            drop(IpPacket.parse(waiting.frame(), plan), reason, effects);
        } catch (WireFormatException e) {
            throw new AssertionError("the queue holds own frames only", e);
        }
    }

    private void drop(IpPacket packet, DropReason reason, RouterEffects effects) {
        tally.count(RoutingCounter.DATA_DROPPED);
        effects.drop(DataMessage.idOf(packet, plan), DataMessage.destinationOf(packet, plan), reason);
    }

    @Override
    public int maxPayloadBytes(Destination destination) {
        return links.mtuBytes() - IpPacket.HEADER_BYTES;
    }

    @Override
    public int headerBytes() {
        return IpPacket.HEADER_BYTES;
    }

    @Override
    public RoutingSnapshot snapshot(long nowMs) {
        return AodvSnapshot.of(nowMs, self, epoch, core, gateways, queue.size());
    }

    @Override
    public FrameKind kindOf(ByteBuffer frame) {
        return IpPacket.portOf(frame) == AodvCodec.PORT ? FrameKind.CONTROL : FrameKind.DATA;
    }

    @Override
    public String nameOf(ByteBuffer frame) {
        if (IpPacket.portOf(frame) != AodvCodec.PORT) {
            return "data";
        }
        try {
            IpPacket packet = IpPacket.parse(frame, plan);
            AodvMessage message = AodvCodec.decode(packet.payload(), plan);
            if (message instanceof Rrep rrep) {
                return isHello(packet, rrep) ? "hello" : "rrep";
            }
            return message instanceof Rreq ? "rreq" : "rerr";
        } catch (WireFormatException e) {
            return "malformed";
        }
    }
}
