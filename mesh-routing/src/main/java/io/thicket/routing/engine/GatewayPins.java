package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.DataFields;
import java.util.ArrayList;
import java.util.List;

/** To which gateway go messages in custody that are for any (2.5). */
final class GatewayPins {
    /** How often a message may change its pinned gateway in one turn (2.5). */
    static final int MAX_REPINS = 2;

    private final Core core;
    private final GatewayTable gateways;
    private final CustodyQueue queue;
    private final RelayedMessages relayed;
    private final List<NodeId> targets;

    GatewayPins(Core core, GatewayTable gateways, CustodyQueue queue, RelayedMessages relayed) {
        this.core = core;
        this.gateways = gateways;
        this.queue = queue;
        this.relayed = relayed;
        this.targets = core.scratch.targets;
    }

    /** Pins what has no gateway to {@code choice}, and what has lost its own. */
    void moveTo(NodeId choice, RoutingTable routes) {
        pinWaiting(choice);
        queue.targets(targets);
        for (NodeId target : targets) {
            if (!choice.equals(target) && !target.equals(Held.ANY_GATEWAY) && isGone(target, routes)) {
                repin(target, choice);
            }
        }
    }

    /** Whether an anycast message pinned to {@code target} should look for another gateway. */
    private boolean isGone(NodeId target, RoutingTable routes) {
        KnownGateway gateway = gateways.get(target);
        return routes.nextHop(target) == null || gateway != null && !gateway.isOffered(core.now());
    }

    /** The first pin of messages made while no gateway was known. */
    private void pinWaiting(NodeId choice) {
        while (queue.isWaiting(Held.ANY_GATEWAY) && queue.mayMoveTo(choice, false)) {
            Held message = queue.poll(Held.ANY_GATEWAY);
            DataFields data = message == null ? null : message.data;
            if (message == null || data == null) {
                throw new AssertionError("only DATA goes to any gateway");
            }
            data.redirect(data.turn(), choice, data.repins());
            queue.retarget(message, choice);
        }
    }

    /** 2.5: the pin moves to another gateway, at most twice in a turn, and the turn is counted on (2.7). */
    private void repin(NodeId target, NodeId choice) {
        List<Held> stay = new ArrayList<>(0);
        for (Held message : queue.take(target, GatewayPins::mayRepin)) {
            DataFields data = message.data;
            if (data == null || !queue.mayMoveTo(choice, message.high)) {
                stay.add(message);
                continue;
            }
            boolean fresh = message.own && !message.everSent;
            int turn = fresh ? data.turn() : Math.min(Data.MAX_TURN, data.turn() + 1);
            data.redirect(turn, choice, fresh ? data.repins() : data.repins() + 1);
            relayed.setTurn(relayed.remember(core.now(), data.origin(), data.epoch(), data.number()), turn);
            queue.retarget(message, choice);
        }
        for (int i = stay.size() - 1; i >= 0; i--) {
            queue.putBack(stay.get(i));
        }
    }

    private static boolean mayRepin(Held message) {
        DataFields data = message.data;
        return data != null && data.node() == null && data.repins() < MAX_REPINS;
    }
}
