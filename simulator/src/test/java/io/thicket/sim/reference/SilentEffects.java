package io.thicket.sim.reference;

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
import java.nio.ByteBuffer;

/** Nobody listens; counts frames. */
final class SilentEffects implements RouterEffects {
    int transmitted;

    @Override
    public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        transmitted++;
    }

    @Override
    public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {}

    @Override
    public void deliver(
            MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {}

    @Override
    public void settled(long messageNumber, NodeId gateway, SettleStatus status) {}

    @Override
    public void drop(MessageId message, Destination destination, DropReason reason) {}

    @Override
    public void routeChanged(RouteChange change) {}

    @Override
    public void identified(Identity identity) {}

    @Override
    public void persistEpoch(long epoch) {}

    @Override
    public void alarm(Alarm alarm) {}
}
