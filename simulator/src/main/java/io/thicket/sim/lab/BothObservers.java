package io.thicket.sim.lab;

import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.MessageId;
import io.thicket.routing.RouteChange;
import java.util.List;

/** Two who hear the same, one after the other. */
final class BothObservers implements LabObserver {
    private final LabObserver first;
    private final LabObserver second;

    BothObservers(LabObserver first, LabObserver second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void created(long nowUs, int source, long number, int destination) {
        first.created(nowUs, source, number, destination);
        second.created(nowUs, source, number, destination);
    }

    @Override
    public void arrived(long nowUs, int source, long number, int hops) {
        first.arrived(nowUs, source, number, hops);
        second.arrived(nowUs, source, number, hops);
    }

    @Override
    public void lost(long nowUs, int source, long number, String reason) {
        first.lost(nowUs, source, number, reason);
        second.lost(nowUs, source, number, reason);
    }

    @Override
    public void crossed(long nowUs, int node, boolean came, FrameClass its, int bytes, List<Carried> messages) {
        first.crossed(nowUs, node, came, its, bytes, messages);
        second.crossed(nowUs, node, came, its, bytes, messages);
    }

    @Override
    public void foreign(long nowUs, String name, int hops) {
        first.foreign(nowUs, name, hops);
        second.foreign(nowUs, name, hops);
    }

    @Override
    public void composed(int node, Carried message) {
        first.composed(node, message);
        second.composed(node, message);
    }

    @Override
    public void transmitted(
            long nowUs, int from, int to, FrameClass its, int bytes, boolean retry, List<Carried> messages) {
        first.transmitted(nowUs, from, to, its, bytes, retry, messages);
        second.transmitted(nowUs, from, to, its, bytes, retry, messages);
    }

    @Override
    public void heard(long nowUs, int at, int from, FrameClass its, List<Carried> messages) {
        first.heard(nowUs, at, from, its, messages);
        second.heard(nowUs, at, from, its, messages);
    }

    @Override
    public void gaveUp(long nowUs, int from, int to, FrameClass its, List<Carried> messages) {
        first.gaveUp(nowUs, from, to, its, messages);
        second.gaveUp(nowUs, from, to, its, messages);
    }

    @Override
    public void dropped(long nowUs, int node, MessageId message, DropReason reason) {
        first.dropped(nowUs, node, message, reason);
        second.dropped(nowUs, node, message, reason);
    }

    @Override
    public void vanished(long nowUs, int insider, Carried message) {
        first.vanished(nowUs, insider, message);
        second.vanished(nowUs, insider, message);
    }

    @Override
    public void routeChanged(long nowUs, int node, RouteChange change) {
        first.routeChanged(nowUs, node, change);
        second.routeChanged(nowUs, node, change);
    }

    @Override
    public void alarm(long nowUs, int node, Alarm alarm) {
        first.alarm(nowUs, node, alarm);
        second.alarm(nowUs, node, alarm);
    }

    @Override
    public void power(long nowUs, int node, boolean up) {
        first.power(nowUs, node, up);
        second.power(nowUs, node, up);
    }

    @Override
    public void published(long nowUs, int source, long number, String payload) {
        first.published(nowUs, source, number, payload);
        second.published(nowUs, source, number, payload);
    }

    @Override
    public void datagram(
            long nowUs, int from, int to, byte[] coap, boolean retry, FrameClass its, List<Carried> messages) {
        first.datagram(nowUs, from, to, coap, retry, its, messages);
        second.datagram(nowUs, from, to, coap, retry, its, messages);
    }
}
