package io.thicket.routing.engine;

import static io.thicket.routing.MeshRouter.NEVER;

import io.thicket.routing.Destination;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Ident;
import java.util.List;

/**
 * Sends IDENTs as messages (2.2): this node's to its gateway, so that names spread and downward routes exist for nodes that have no
 * readings, and to newcomers; and to whoever speaks of an earlier boot of itself its own word of a later one (2.1).
 */
final class IdentService {
    private static final int MAX_AGE_MS = 60_000;

    /** The same where the way to the gateway has small frames, so that it is taken for a slow one; and how often. */
    private static final int SLOW_MAX_AGE_MS = 3_600_000;

    private static final long SLOW_REGISTER_MS = 86_400_000;
    private static final long SLOW_FIRST_MS = 21_600_000;

    private final Core core;
    private final DataPlane data;
    private final GatewayTable gateways;
    private final GatewayChoice choice;
    private final OwnGateway ownGateway;
    private final Identities identities;
    private final IdentSchedule schedule;
    private final PayloadRoom room;
    private long registerPeriodMs;

    IdentService(
            Core core,
            DataPlane data,
            GatewayTable gateways,
            GatewayChoice choice,
            OwnGateway ownGateway,
            Identities identities,
            IdentSchedule schedule,
            PayloadRoom room,
            long registerPeriodMs) {
        this.core = core;
        this.data = data;
        this.gateways = gateways;
        this.choice = choice;
        this.ownGateway = ownGateway;
        this.identities = identities;
        this.schedule = schedule;
        this.room = room;
        this.registerPeriodMs = registerPeriodMs;
    }

    /** REG of the links that this node has. */
    void setPeriod(long periodMs) {
        registerPeriodMs = periodMs;
    }

    /** A reading of this node's own went off: its way back is renewed without an IDENT. */
    void sentReading() {
        schedule.sentReading(core.now());
    }

    /** The IDENT changed: the gateway hears of it at once. */
    void renewed() {
        schedule.renewed();
        sendAt(core.now());
    }

    /** A gateway that was not told yet is told. */
    void sweep() {
        NodeId gateway = choice.choose(core.now());
        KnownGateway chosen = gateway == null ? null : gateways.get(gateway);
        if (chosen != null && !ownGateway.isGateway() && schedule.isNewFor(chosen.id, chosen.epoch())) {
            // On a slow way the first readings go first: all nodes may have started at once.
            sendAt(core.now() + (gateways.isSlow(chosen.id) ? core.random.nextLong(SLOW_FIRST_MS) : 0));
        }
    }

    void onDeadline() {
        if (core.agenda.isDue(Agenda.Part.IDENT, core.now())) {
            tellGateway();
        }
        if (core.agenda.isDue(Agenda.Part.NEWCOMERS, core.now())) {
            greetNewcomers();
        }
    }

    private void sendAt(long atMs) {
        core.agenda.set(Agenda.Part.IDENT, atMs);
    }

    private void tellGateway() {
        sendAt(NEVER);
        if (ownGateway.isGateway()) {
            return;
        }
        NodeId gateway = choice.choose(core.now());
        boolean slow = gateway != null && gateways.isSlow(gateway);
        // An IDENT fills a frame of a LoRa link; behind one, a downward route is searched when it is wanted.
        schedule.setPeriod(slow ? SLOW_REGISTER_MS : registerPeriodMs);
        sendAt(core.now() + schedule.pauseMs(core.random));
        if (!schedule.isDue(core.now())) {
            return;
        }
        Bytes payload = encoded(identities.own());
        boolean isKnown = gateway != null && gateways.get(gateway) != null;
        if (isKnown && payload.length() <= room.linkBytes(Destination.GATEWAY)) {
            send(Destination.GATEWAY, slow ? SLOW_MAX_AGE_MS : MAX_AGE_MS, payload);
        }
    }

    private void greetNewcomers() {
        core.agenda.set(Agenda.Part.NEWCOMERS, NEVER);
        for (NodeId newcomer = data.pollNewcomer(); newcomer != null; newcomer = data.pollNewcomer()) {
            greet(newcomer, identities.own());
        }
        for (NodeId behind = data.pollOutdated(); behind != null; behind = data.pollOutdated()) {
            Ident proof = identities.proofOf(behind);
            if (proof != null) {
                greet(behind, proof);
            }
        }
    }

    private void greet(NodeId node, Ident ident) {
        send(Destination.node(node), MAX_AGE_MS, encoded(ident));
    }

    private void send(Destination destination, long maxAgeMs, Bytes ident) {
        data.send(destination, PayloadType.IDENT, Priority.NORMAL, maxAgeMs, false, 0, 0, ident, true);
    }

    private static Bytes encoded(Ident ident) {
        return Bytes.copyOf(FrameCodec.encode(List.of(ident)));
    }
}
