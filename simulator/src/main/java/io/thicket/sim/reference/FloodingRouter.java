package io.thicket.sim.reference;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Managed flooding, as on Meshtastic: everybody who hears a message for the first time waits a little and relays it unless
 * somebody else did so first. No routes, no control frames. The wait is uniform: there is no signal strength to derive
 * it from. Only the origin repeats what it hears nobody relay.
 */
public final class FloodingRouter implements ReferenceRouter {
    private record Key(int origin, int id) {}

    /** A transmission to come; {@code repeatsLeft} is 0 for relays. */
    private record Waiting(Key key, int repeatsLeft) {}

    private final NodeId self;
    private final int address;
    private final long epoch;
    private final AddressPlan plan;
    private final Set<Integer> gateways = new LinkedHashSet<>();
    private final FloodParameters parameters;
    private final RandomGenerator random;
    private final Tally tally = new Tally();
    private final Links links = new Links(tally, this);
    private final SeenCache seen;
    private final Schedule<Waiting> schedule = new Schedule<>();

    /** The frames behind {@link #schedule}; one that is not here any more was cancelled. */
    private final Map<Key, ByteBuffer> pending = new HashMap<>();

    private long sent;

    /** @param gateways a message for any gateway is delivered by each of them that it reaches */
    public FloodingRouter(
            NodeId self,
            long epoch,
            AddressPlan plan,
            List<NodeId> gateways,
            FloodParameters parameters,
            RandomGenerator random) {
        this.self = self;
        this.address = plan.addressOf(self);
        this.epoch = epoch;
        this.plan = plan;
        gateways.forEach(gateway -> this.gateways.add(plan.addressOf(gateway)));
        this.parameters = parameters;
        this.random = random;
        this.seen = new SeenCache(parameters.memoryMs());
    }

    @Override
    public void onLink(long nowMs, LinkId link, LinkInfo info, RouterEffects effects) {
        links.onLink(link, info);
    }

    @Override
    public void onFrame(
            long nowMs, LinkId link, LinkAddress from, ByteBuffer bytes, int exchange, RouterEffects effects) {
        tally.received(bytes.remaining());
        try {
            onMessage(nowMs, FloodFrame.parse(bytes, plan), effects);
        } catch (WireFormatException e) {
            tally.count(RoutingCounter.DROPPED_MALFORMED);
        }
    }

    private void onMessage(long nowMs, FloodFrame frame, RouterEffects effects) {
        Key key = new Key(frame.origin(), frame.id());
        if (frame.origin() == address || !seen.isNew(nowMs, key.origin, key.id)) {
            tally.count(RoutingCounter.DATA_DUPLICATES);
            if (frame.origin() == address || parameters.cancelOnDuplicate()) {
                cancel(key);
            }
            return;
        }
        boolean forMe = frame.destination() == address
                || frame.destination() == AddressPlan.BROADCAST && gateways.contains(address);
        if (forMe) {
            tally.count(RoutingCounter.DATA_DELIVERED);
            effects.deliver(
                    new MessageId(plan.nodeAt(frame.origin()), frame.epoch(), frame.number()),
                    frame.type(),
                    frame.hops(),
                    0,
                    frame.wantsSettle(),
                    frame.payload());
        }
        // A message for one node has arrived with it; one for every gateway goes on.
        if (frame.destination() != address && frame.hopLimit() > 0) {
            int delayMs = random.nextInt(parameters.relayDelayMs() + 1);
            if (schedule.add(nowMs + delayMs, new Waiting(key, 0))) {
                pending.put(key, frame.relayedBy(address).toBytes());
            } else {
                tally.count(RoutingCounter.DROPPED_TABLE_FULL);
            }
        }
    }

    private void cancel(Key key) {
        if (pending.remove(key) != null) {
            schedule.removeIf(waiting -> waiting.key.equals(key));
        }
    }

    @Override
    public void onLinkFailure(long nowMs, LinkId link, LinkAddress to, RouterEffects effects) {
        // Nothing is sent to one neighbour alone.
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
        if (to == AddressPlan.BROADCAST && (gateways.isEmpty() || destination instanceof Destination.Node)) {
            return Refusal.NO_ROUTE;
        }
        if (payload.remaining() > maxPayloadBytes(destination)) {
            return Refusal.TOO_LARGE;
        }
        long number = ++sent;
        tally.count(RoutingCounter.DATA_ORIGINATED);
        Key key = new Key(address, FloodFrame.id(epoch, number));
        seen.isNew(nowMs, key.origin, key.id);
        int relays = parameters.hopLimit();
        ByteBuffer frame = new FloodFrame(
                        to, address, key.id, relays, relays, type, wantsSettle, address & 0xff, payload.slice())
                .toBytes();
        links.broadcast(frame, effects);
        if (wantsSettle) {
            listen(nowMs, key, frame, parameters.originRepeats());
        }
        return number;
    }

    /** Transmits own messages again until somebody is heard relaying them. */
    private void listen(long nowMs, Key key, ByteBuffer frame, int repeatsLeft) {
        long untilMs = nowMs + parameters.repeatAfterMs() + parameters.relayDelayMs();
        if (repeatsLeft > 0 && schedule.add(untilMs, new Waiting(key, repeatsLeft))) {
            pending.put(key, frame);
        }
    }

    @Override
    public void onDeadline(long nowMs, RouterEffects effects) {
        for (Waiting due = schedule.poll(nowMs); due != null; due = schedule.poll(nowMs)) {
            ByteBuffer frame = pending.remove(due.key);
            if (frame == null) {
                continue;
            }
            tally.count(due.repeatsLeft > 0 ? RoutingCounter.FRAMES_REPEATED : RoutingCounter.DATA_FORWARDED);
            links.broadcast(frame, effects);
            listen(nowMs, due.key, frame, due.repeatsLeft - 1);
        }
    }

    @Override
    public long nextDeadlineMs() {
        return schedule.nextMs();
    }

    /** One gateway has an address; for several there is only "every gateway". */
    private int resolve(Destination destination) {
        if (destination instanceof Destination.Node node) {
            return plan.has(node.id()) ? plan.addressOf(node.id()) : AddressPlan.BROADCAST;
        }
        return gateways.size() == 1 ? gateways.iterator().next() : AddressPlan.BROADCAST;
    }

    @Override
    public int maxPayloadBytes(Destination destination) {
        return links.mtuBytes() - FloodFrame.HEADER_BYTES;
    }

    @Override
    public int headerBytes() {
        return FloodFrame.HEADER_BYTES;
    }

    @Override
    public RoutingSnapshot snapshot(long nowMs) {
        boolean gateway = gateways.contains(address);
        return new RoutingSnapshot(
                self,
                new Seq(epoch, 0),
                (int) epoch,
                gateway,
                null,
                pending.size(),
                List.of(),
                List.of(),
                List.of(),
                tally.snapshot());
    }

    @Override
    public FrameKind kindOf(ByteBuffer frame) {
        return FrameKind.DATA;
    }

    @Override
    public String nameOf(ByteBuffer frame) {
        return "data";
    }
}
