package io.thicket.sim.reference;

import io.thicket.routing.RouterEffects;
import io.thicket.sim.reference.AodvMessage.Rerr;
import io.thicket.sim.reference.AodvMessage.Unreachable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What the parts of one AODV router share. */
final class AodvCore {
    final int self;
    final AddressPlan plan;
    final AodvParameters parameters;
    final AodvTable table;
    final Links links;
    final Tally tally;

    /** Broadcasts that wait for their jitter to pass. */
    final Schedule<ByteBuffer> outgoing = new Schedule<>();

    int ownSeq = 1;

    /** Until when RFC 3561 s6.13 forbids to take part. */
    long silentUntilMs;

    long lastBroadcastMs = Long.MIN_VALUE / 2;

    private final RandomGenerator random;
    private final RateLimit rerrRate;
    private final Map<Integer, Long> blacklistedUntilMs = new HashMap<>();

    AodvCore(int self, AddressPlan plan, AodvParameters parameters, Links links, Tally tally, RandomGenerator random) {
        this.self = self;
        this.plan = plan;
        this.parameters = parameters;
        this.table = new AodvTable(parameters, self);
        this.links = links;
        this.tally = tally;
        this.random = random;
        this.rerrRate = new RateLimit(parameters.rerrRateLimit());
    }

    boolean isSilent(long nowMs) {
        return nowMs < silentUntilMs;
    }

    void unicast(int neighbor, AodvMessage message, RouterEffects effects) {
        links.unicast(neighbor, packet(neighbor, 1, message), effects);
    }

    void broadcast(long nowMs, int timeToLive, AodvMessage message, RouterEffects effects) {
        lastBroadcastMs = nowMs;
        links.broadcast(packet(AddressPlan.BROADCAST, timeToLive, message), effects);
    }

    /** As {@link #broadcast}, after a random wait: several nodes have the same reason to transmit now. */
    void broadcastLater(long nowMs, int timeToLive, AodvMessage message) {
        long delayMs = random.nextInt(parameters.broadcastJitterMs() + 1);
        outgoing.add(nowMs + delayMs, packet(AddressPlan.BROADCAST, timeToLive, message));
    }

    void transmitDue(long nowMs, RouterEffects effects) {
        for (ByteBuffer frame = outgoing.poll(nowMs); frame != null; frame = outgoing.poll(nowMs)) {
            lastBroadcastMs = nowMs;
            links.broadcast(frame, effects);
        }
    }

    /** RFC 3561 s6.11 (i): the link to {@code neighbor} is gone. */
    void linkBroke(long nowMs, int neighbor, RouterEffects effects) {
        report(nowMs, table.breakLink(nowMs, neighbor), Set.of(), effects);
    }

    /** RFC 3561 s6.11: tells the precursors of {@code broken}, and {@code others}, in one RERR. */
    void report(long nowMs, List<AodvRoute> broken, Set<Integer> others, RouterEffects effects) {
        Set<Integer> recipients = new LinkedHashSet<>(others);
        List<Unreachable> unreachable = new ArrayList<>();
        for (AodvRoute route : broken) {
            // s6.11: only what somebody else depends on is worth a word.
            if ((!route.precursors().isEmpty() || !others.isEmpty()) && unreachable.size() < Rerr.MAX_DESTINATIONS) {
                recipients.addAll(route.precursors());
                unreachable.add(
                        new Unreachable(route.destination, route.seqKnown ? route.seq : AodvMessage.UNKNOWN_SEQ));
            }
        }
        sendRerr(nowMs, unreachable, recipients, effects);
    }

    void sendRerr(long nowMs, List<Unreachable> unreachable, Set<Integer> recipients, RouterEffects effects) {
        if (unreachable.isEmpty() || recipients.isEmpty() || !rerrRate.take(nowMs)) {
            return;
        }
        Rerr rerr = new Rerr(unreachable);
        if (recipients.size() == 1) {
            unicast(recipients.iterator().next(), rerr, effects);
        } else {
            broadcastLater(nowMs, 1, rerr);
        }
    }

    /** RFC 3561 s6.8: a neighbour that cannot hear us is not answered for a while. */
    void blacklist(long nowMs, int neighbor) {
        if (parameters.blacklist()) {
            blacklistedUntilMs.put(neighbor, nowMs + parameters.blacklistTimeoutMs());
        }
    }

    boolean isBlacklisted(long nowMs, int neighbor) {
        Long until = blacklistedUntilMs.get(neighbor);
        return until != null && nowMs < until;
    }

    private ByteBuffer packet(int destination, int timeToLive, AodvMessage message) {
        return IpPacket.control(self, destination, timeToLive, AodvCodec.PORT, AodvCodec.encode(message));
    }
}
