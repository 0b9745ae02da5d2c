package io.thicket.agent.node;

import io.thicket.agent.coap.CoapNode;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlFormatException;
import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouteChange;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.TraceReport;
import org.tinylog.Logger;

/** What follows from the router's effects: to the uplink, to CoAP, to the outbox, into the directory. */
final class MeshEvents implements NodeEffects.Events {
    private final NodeParts parts;
    private final CoapNode coap;
    private boolean stopping;

    MeshEvents(NodeParts parts, CoapNode coap) {
        this.parts = parts;
        this.coap = coap;
    }

    /** From now on no readings of others are taken. */
    void stopping() {
        stopping = true;
    }

    @Override
    public void afterCall(Runnable effect) {
        parts.router().afterCall(effect);
    }

    @Override
    public void onDelivered(
            MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, byte[] payload) {
        parts.directory().seen(parts.nowMs(), message.origin(), hops);
        switch (type) {
            case READINGS -> onReadings(message, hops, ageMs, payload);
            case COAP -> {
                parts.counters().count(NodeCounter.COAP_MESSAGES_IN);
                coap.onMeshMessage(message.origin(), payload);
            }
            case IDENT -> Logger.debug("ident arrived origin={} hops={}", message.origin(), hops);
        }
    }

    private void onReadings(MessageId message, int hops, long ageMs, byte[] payload) {
        Uplink uplink = parts.ports().uplink();
        if (uplink == null) {
            Logger.warn("readings for a gateway arrived at a node that is none origin={}", message.origin());
            return;
        }
        if (stopping && !isOwn(message)) {
            return; // Its origin keeps it for the next gateway, or for this one's next start.
        }
        ReadingBatch batch;
        try {
            batch = ReadingBatchCodec.decode(payload);
        } catch (SenmlFormatException malformed) {
            parts.counters().count(NodeCounter.PAYLOADS_MALFORMED);
            parts.router().settle(message, SettleStatus.REFUSED);
            return;
        }
        // Readings may overtake the IDENT of a new node; a topic must not change its name because of that.
        if (parts.directory().presume(parts.nowMs(), message.origin(), batch.name(), batch.epoch())) {
            duplicateName(message.origin(), batch.name());
        }
        // Relative times in the batch were relative to its encoding; the message has travelled since then.
        long encodedAtMs = parts.nowMs() - ageMs;
        // The message's epoch, not that of its readings, which they keep when their node learns of a later one.
        boolean outdated = parts.directory().epochOf(message.origin()) > message.epoch();
        uplink.accept(new Uplink.Arrival(
                message,
                message.origin(),
                parts.directory().label(message.origin()),
                hops,
                encodedAtMs,
                batch,
                outdated));
    }

    @Override
    public void onSettled(long messageNumber, NodeId gateway, SettleStatus status) {
        parts.outbox().onSettled(messageNumber, status);
    }

    @Override
    public void onDropped(MessageId message, Destination destination, DropReason reason) {
        if (isOwn(message)) {
            parts.outbox().onDropped(message.number(), reason);
            if (reason == DropReason.NO_ROUTE && destination instanceof Destination.Node node) {
                coap.onUnreachable(node.id());
            }
        }
    }

    private boolean isOwn(MessageId message) {
        return message.origin().equals(parts.id());
    }

    @Override
    public void onRouteChanged(RouteChange change) {
        Logger.debug(
                "route changed destination={} nextHop={} metric={} reason={}",
                change.destination(),
                change.nextHop(),
                change.metric(),
                change.reason());
        coap.onChange();
        if (change.nextHop() != null) {
            coap.onReachable(change.destination());
            parts.outbox().onReady();
        }
    }

    @Override
    public void onIdentified(Identity identity) {
        NodeDirectory.Change change = parts.directory().learn(parts.nowMs(), identity);
        if (change == NodeDirectory.Change.NONE) {
            return;
        }
        Logger.info("node known name={} id={}", parts.directory().label(identity.id()), identity.id());
        if (change == NodeDirectory.Change.CONFLICT) {
            duplicateName(identity.id(), identity.name());
        }
        Uplink uplink = parts.ports().uplink();
        if (uplink != null) {
            for (Identity holder : parts.directory().named(identity.name())) {
                uplink.nodeKnown(holder, parts.directory().label(holder.id()));
            }
        }
    }

    private void duplicateName(NodeId node, String name) {
        onAlarm(new Alarm(
                Alarm.Kind.DUPLICATE_NAME,
                node,
                "two nodes are named '" + name + "'; give one another name in its [node] section"));
    }

    @Override
    public void onEpochRepaired(long epoch) {
        Logger.warn("epoch repaired: the mesh knew a later boot of this node epoch={}", epoch);
        Identity boot = parts.settings().identity();
        parts.directory().learn(parts.nowMs(), new Identity(boot.id(), boot.name(), boot.roles(), epoch));
        parts.outbox().renumber(epoch);
    }

    @Override
    public void onTraced(TraceReport report) {
        // A trace to this node itself ends within its own call, before its number is known to anybody.
        parts.ports().timers().at(parts.nowMs(), () -> parts.traces().end(report));
    }

    @Override
    public void onAlarm(Alarm alarm) {
        if (parts.alarms().raise(parts.nowMs(), alarm)) {
            Logger.warn("alarm kind={} node={} detail={}", alarm.kind(), alarm.node(), alarm.detail());
        }
    }
}
