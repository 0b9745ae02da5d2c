package io.thicket.routing.record;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkId;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.TraceReport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running SHA-256 over everything that a router wants done, every byte and number of it; passes each effect on. */
final class EffectDigest implements RouterEffects {
    /** Bytes of the hash that stand behind each call in the log. */
    static final int SHORT_BYTES = 8;

    private final MessageDigest digest;
    private RouterEffects to;
    private long effects;

    EffectDigest(RouterEffects to) {
        this.to = to;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Where the effects of the next call go. */
    EffectDigest passingTo(RouterEffects next) {
        to = next;
        return this;
    }

    /** Effects so far. */
    long effects() {
        return effects;
    }

    /** The first bytes of the hash so far. */
    long shortHash() {
        return ByteBuffer.wrap(hash()).getLong();
    }

    /** The hash so far, in hexadecimal. */
    String hex() {
        return HexFormat.of().formatHex(hash());
    }

    byte[] hash() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's SHA-256 can be cloned", e);
        }
    }

    private void note(String effect) {
        effects++;
        digest.update(effect.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    private void note(String effect, ByteBuffer bytes) {
        note(effect + " " + bytes.remaining());
        digest.update(bytes.duplicate());
    }

    @Override
    public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        note("transmit " + link + " " + toOrAll + " " + exchange, sealed);
        to.transmit(link, toOrAll, exchange, sealed);
    }

    @Override
    public void reply(LinkId link, LinkAddress address, int exchange, HopCode code, ByteBuffer sealed) {
        note("reply " + link + " " + address + " " + exchange + " " + code, sealed);
        to.reply(link, address, exchange, code, sealed);
    }

    @Override
    public void deliver(
            MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
        note("deliver " + message + " " + type + " " + hops + " " + ageMs + " " + wantsSettle, payload);
        to.deliver(message, type, hops, ageMs, wantsSettle, payload);
    }

    @Override
    public void settled(long messageNumber, NodeId gateway, SettleStatus status) {
        note("settled " + messageNumber + " " + gateway + " " + status);
        to.settled(messageNumber, gateway, status);
    }

    @Override
    public void drop(MessageId message, Destination destination, DropReason reason) {
        note("drop " + message + " " + destination + " " + reason);
        to.drop(message, destination, reason);
    }

    @Override
    public void routeChanged(RouteChange change) {
        note("route " + change);
        to.routeChanged(change);
    }

    @Override
    public void identified(Identity identity) {
        StringBuilder roles = new StringBuilder();
        for (Identity.Role role : Identity.Role.values()) {
            roles.append(identity.roles().contains(role) ? '1' : '0'); // a set has no order of its own
        }
        note("identified " + identity.id() + " " + identity.name() + " " + roles + " " + identity.epoch());
        to.identified(identity);
    }

    @Override
    public void persistEpoch(long epoch) {
        note("epoch " + epoch);
        to.persistEpoch(epoch);
    }

    @Override
    public void alarm(Alarm alarm) {
        note("alarm " + alarm);
        to.alarm(alarm);
    }

    @Override
    public void traced(TraceReport report) {
        note("traced " + report);
        to.traced(report);
    }
}
