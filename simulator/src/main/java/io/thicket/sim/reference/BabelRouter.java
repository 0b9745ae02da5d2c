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
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A distance vector after RFC 8966 (Babel): hellos and costs, periodic and triggered updates, the feasibility condition and
 * seqno requests. Each node announces its own address. Like the original it neither queues packets nor asks the MAC: a
 * packet without a route is refused, one that the MAC gives up is lost.
 */
public final class BabelRouter implements ReferenceRouter, MacFeedback {
    private final NodeId self;
    private final int address;
    private final long epoch;
    private final AddressPlan plan;
    private final Set<Integer> gateways = new LinkedHashSet<>();
    private final Tally tally = new Tally();
    private final Links links = new Links(tally, this);
    private final BabelSpeaker speaker;
    private long sent;

    /** @param gateways where messages for any gateway go: to the one with the best route */
    public BabelRouter(
            NodeId self,
            long epoch,
            AddressPlan plan,
            List<NodeId> gateways,
            BabelParameters parameters,
            RandomGenerator random) {
        this.self = self;
        this.address = plan.addressOf(self);
        this.epoch = epoch;
        this.plan = plan;
        gateways.forEach(gateway -> this.gateways.add(plan.addressOf(gateway)));
        boolean announcesItself = !parameters.gatewaysOnly() || this.gateways.contains(address);
        this.speaker = new BabelSpeaker(address, announcesItself, epoch, parameters, links, random);
    }

    @Override
    public void onLink(long nowMs, LinkId link, LinkInfo info, RouterEffects effects) {
        links.onLink(link, info);
        speaker.start(nowMs);
    }

    @Override
    public void onFrame(
            long nowMs, LinkId link, LinkAddress from, ByteBuffer frame, int exchange, RouterEffects effects) {
        tally.received(frame.remaining());
        try {
            IpPacket packet = IpPacket.parse(frame, plan);
            if (packet.destinationPort() == BabelCodec.PORT) {
                List<BabelTlv> tlvs = BabelCodec.decode(packet.payload(), plan);
                if (packet.source() != address) {
                    links.learn(packet.source(), link, from);
                    speaker.onPacket(nowMs, packet.source(), tlvs, effects);
                }
            } else {
                DataMessage.check(packet);
                onData(packet, frame, effects);
            }
        } catch (WireFormatException e) {
            tally.count(RoutingCounter.DROPPED_MALFORMED);
        }
    }

    private void onData(IpPacket packet, ByteBuffer frame, RouterEffects effects) {
        if (packet.destination() == address) {
            tally.count(RoutingCounter.DATA_DELIVERED);
            DataMessage.deliver(packet, plan, effects);
            return;
        }
        BabelRoute route = speaker.table.selected(packet.destination());
        if (route == null || packet.timeToLive() <= 1) {
            drop(packet, IpPacket.reasonFor(packet.timeToLive()), effects);
            return;
        }
        tally.count(RoutingCounter.DATA_FORWARDED);
        links.unicast(route.neighbor, IpPacket.oneHopOn(frame), effects);
    }

    @Override
    public void onLinkFailure(long nowMs, LinkId link, LinkAddress to, RouterEffects effects) {
        // Babel runs above IP and knows links by its hellos only.
    }

    @Override
    public void onTransmitFailed(long nowMs, LinkId link, LinkAddress to, ByteBuffer frame, RouterEffects effects) {
        if (kindOf(frame) != FrameKind.DATA) {
            return;
        }
        try {
            drop(IpPacket.parse(frame, plan), DropReason.NO_ROUTE, effects);
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
        int to = resolve(destination);
        BabelRoute route = speaker.table.selected(to);
        if (route == null) {
            return Refusal.NO_ROUTE;
        }
        if (payload.remaining() > maxPayloadBytes(destination)) {
            return Refusal.TOO_LARGE;
        }
        long number = ++sent;
        tally.count(RoutingCounter.DATA_ORIGINATED);
        ByteBuffer frame = DataMessage.frame(address, epoch, number, to, type, wantsSettle, payload);
        links.unicast(route.neighbor, frame, effects);
        return number;
    }

    /** {@link AddressPlan#BROADCAST}, which no route leads to, if there is no such node. */
    private int resolve(Destination destination) {
        if (destination instanceof Destination.Node node) {
            return plan.has(node.id()) ? plan.addressOf(node.id()) : AddressPlan.BROADCAST;
        }
        int best = AddressPlan.BROADCAST;
        int bestMetric = BabelTlv.INFINITY;
        for (int gateway : gateways) {
            BabelRoute route = speaker.table.selected(gateway);
            if (route != null && route.metric < bestMetric) {
                best = gateway;
                bestMetric = route.metric;
            }
        }
        return best;
    }

    private void drop(IpPacket packet, DropReason reason, RouterEffects effects) {
        tally.count(RoutingCounter.DATA_DROPPED);
        effects.drop(DataMessage.idOf(packet, plan), DataMessage.destinationOf(packet, plan), reason);
    }

    @Override
    public void onDeadline(long nowMs, RouterEffects effects) {
        speaker.onDeadline(nowMs, effects);
    }

    @Override
    public long nextDeadlineMs() {
        return speaker.nextMs();
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
        return BabelSnapshot.of(nowMs, self, epoch, plan, speaker, links, gateways, tally);
    }

    @Override
    public FrameKind kindOf(ByteBuffer frame) {
        return IpPacket.portOf(frame) == BabelCodec.PORT ? FrameKind.CONTROL : FrameKind.DATA;
    }

    /** A packet is named after the rarest thing in it: request, update, hello. */
    @Override
    public String nameOf(ByteBuffer frame) {
        if (IpPacket.portOf(frame) != BabelCodec.PORT) {
            return "data";
        }
        try {
            String name = "hello";
            for (BabelTlv tlv : BabelCodec.decode(IpPacket.parse(frame, plan).payload(), plan)) {
                if (tlv instanceof BabelTlv.SeqnoRequest || tlv instanceof BabelTlv.RouteRequest) {
                    return "request";
                }
                if (tlv instanceof BabelTlv.Update) {
                    name = "update";
                }
            }
            return name;
        } catch (WireFormatException e) {
            return "malformed";
        }
    }
}
