package io.thicket.agent.node;

import io.thicket.agent.port.Link;
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
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what the router wants. Frames leave at once; whatever could call back into the router waits until the router's call
 * has returned ({@link RouterCalls#afterCall}).
 */
final class NodeEffects implements RouterEffects {
    private final List<Link> links;
    private final LongConsumer epochWriter;
    private @Nullable Events told;

    /** What the node does after the router's call. */
    interface Events {
        /** This waits until the router's call has returned. */
        void afterCall(Runnable effect);

        void onDelivered(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, byte[] payload);

        void onSettled(long messageNumber, NodeId gateway, SettleStatus status);

        void onDropped(MessageId message, Destination destination, DropReason reason);

        void onRouteChanged(RouteChange change);

        void onIdentified(Identity identity);

        /** The epoch was repaired and is on the disk: everything is numbered in it from now on. */
        void onEpochRepaired(long epoch);

        void onAlarm(Alarm alarm);

        void onTraced(TraceReport report);
    }

    NodeEffects(List<Link> links, LongConsumer epochWriter) {
        this.links = links;
        this.epochWriter = epochWriter;
    }

    /** Who is told after calls; once, before the first one. */
    void tell(Events events) {
        told = events;
    }

    private Events events() {
        Events present = told;
        if (present == null) {
            throw new AssertionError("the router was called before anybody could be told");
        }
        return present;
    }

    private void later(Runnable effect) {
        events().afterCall(effect);
    }

    @Override
    public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        links.get(link.value()).transmit(toOrAll, exchange, sealed);
    }

    @Override
    public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
        links.get(link.value()).reply(to, exchange, code, sealed);
    }

    @Override
    public void deliver(
            MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        later(() -> events().onDelivered(message, type, hops, ageMs, wantsSettle, copy));
    }

    @Override
    public void settled(long messageNumber, NodeId gateway, SettleStatus status) {
        later(() -> events().onSettled(messageNumber, gateway, status));
    }

    @Override
    public void drop(MessageId message, Destination destination, DropReason reason) {
        later(() -> events().onDropped(message, destination, reason));
    }

    @Override
    public void routeChanged(RouteChange change) {
        later(() -> events().onRouteChanged(change));
    }

    @Override
    public void identified(Identity identity) {
        later(() -> events().onIdentified(identity));
    }

    @Override
    public void persistEpoch(long epoch) {
        epochWriter.accept(epoch);
        later(() -> events().onEpochRepaired(epoch));
    }

    @Override
    public void alarm(Alarm alarm) {
        later(() -> events().onAlarm(alarm));
    }

    @Override
    public void traced(TraceReport report) {
        later(() -> events().onTraced(report));
    }
}
