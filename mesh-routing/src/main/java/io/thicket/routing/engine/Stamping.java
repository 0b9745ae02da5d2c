package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.DataFields;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.MeshMessage;
import org.jspecify.annotations.Nullable;

/** What a message says on its next hop: the distance that it must descend from, its registration, its age; and whether all that fits there. */
final class Stamping {
    private final Core core;
    private final RoutingTable routes;
    private final OwnGateway ownGateway;
    private final PathMtus pathMtus;
    private final Registrations registrations;

    Stamping(Core core, RoutingTable routes, OwnGateway ownGateway, PathMtus pathMtus) {
        this.core = core;
        this.routes = routes;
        this.ownGateway = ownGateway;
        this.pathMtus = pathMtus;
        this.registrations = new Registrations(core.tableSeed);
    }

    /** Once before it goes to {@code hop}, however often it is then transmitted. */
    void prepare(Held message, Neighbor hop) {
        DataFields data = message.data;
        if (data != null) {
            boolean due = registrations.isDue(core.now(), data.origin(), message.target, hop);
            message.registers = message.register || due || message.own && data.turn() > 0;
            if (message.own && message.registers && ownGateway.mayRaise(hop.link.isCongested(core.now()))) {
                core.bumpOwnSeq(); // a registration after a change of path must be feasible everywhere
            }
            core.count(message.own ? RoutingCounter.DATA_ORIGINATED : RoutingCounter.DATA_FORWARDED);
        }
        message.everSent = true;
    }

    /** A message did not get through; if it registered, the next one does. */
    void didNotGetThrough(Held message) {
        if (message.registers) {
            registrations.failed(message.origin(), message.target);
        }
    }

    /** For each transmission. */
    MeshMessage stamp(Held message, Neighbor hop) {
        message.stamp(routes.get(message.target));
        E2eAck ack = message.ack;
        if (ack != null) {
            return ack.forwarded(message.stampedOnWire(), ack.ttl());
        }
        DataFields data = message.data;
        if (data == null) {
            throw new AssertionError("nothing to send");
        }
        if (message.isStamped()) { // U8
            long seq = message.stampedSeq();
            data.descent(PackedSeq.epoch(seq), PackedSeq.count(seq), message.stampedMetric());
        } else {
            data.noDescent();
        }
        register(message, data, hop);
        data.ageMs(message.ageMs(core.now()));
        return data;
    }

    private void register(Held message, DataFields data, Neighbor hop) {
        int mtuBytes = hop.link.info.mtuBytes();
        if (!message.registers) {
            data.register(null, 0, 0);
        } else if (message.own) {
            data.register(core.ownSeq(), 0, mtuBytes);
        } else {
            RoutingTable.Advert advert = routes.advertise(core.now(), data.origin(), hop.parameters()); // U3
            int pathBytes = Math.min(mtuBytes, pathMtus.of(core.now(), data.origin()));
            data.register(advert == null ? null : advert.seq(), advert == null ? 0 : advert.metric(), pathBytes);
        }
    }

    /** Whether the way moved to a link with smaller frames after the message was cut. */
    boolean isTooLarge(Held message, Neighbor hop) {
        DataFields data = message.data;
        int mtuBytes = hop.mtuBytes();
        if (data == null || FrameRoom.widestHeaderBytes() + data.payloadBytes() <= mtuBytes) {
            return false;
        }
        return mtuBytes >= FrameRoom.SMALL_MTU_BYTES
                || FrameRoom.headerBytes(
                                        data.toData(),
                                        seqOf(message.target),
                                        message.own ? core.ownSeq() : seqOf(message.origin()))
                                + data.payloadBytes()
                        > mtuBytes;
    }

    private @Nullable Seq seqOf(NodeId node) {
        RouteEntry route = routes.get(node);
        return route == null ? null : route.feasibleSeq();
    }
}
