package io.thicket.sim.lab;

import io.thicket.routing.engine.RoutingParameters;
import io.thicket.sim.reference.AodvParameters;
import io.thicket.sim.reference.AodvRouter;
import io.thicket.sim.reference.BabelParameters;
import io.thicket.sim.reference.BabelRouter;
import io.thicket.sim.reference.FloodParameters;
import io.thicket.sim.reference.FloodingRouter;
import java.util.List;

/** The protocols by name. */
public final class Protocols {
    /** What {@link #named} knows. */
    public static final List<String> NAMES =
            List.of("thicket", "thicket-mac", "thicket-agent", "aodv", "aodv-30s", "aodv-180s", "babel", "flooding");

    /** More than the longest way of any scenario here. */
    private static final int FLOOD_HOPS = 64;

    private Protocols() {}

    /**
     * The factory of that name. {@code thicket-mac} is Thicket with the MAC's failures reported to it, {@code thicket-agent} the agent's
     * whole node instead of the router alone; {@code aodv-30s} and {@code
     * aodv-180s} are AODV with routes that live as long, the tunings of the ns-3 rows.
     */
    public static ProtocolFactory named(String name) {
        return switch (name) {
            case "thicket" -> new ThicketProtocol(false);
            case "thicket-mac" -> new ThicketProtocol(true);
            case "thicket-agent" -> AgentProtocol.usual();
            case "aodv" -> aodv(AodvParameters.USUAL);
            case "aodv-30s" -> aodv(tuned(30_000));
            case "aodv-180s" -> aodv(tuned(180_000));
            case "babel" ->
                new ReferenceProtocol((self, epoch, plan, gateways, random) ->
                        new BabelRouter(self, epoch, plan, gateways, BabelParameters.RFC8966, random));
            case "flooding" -> flooding(FLOOD_HOPS);
            default ->
                throw new IllegalArgumentException(
                        "a protocol is one of " + String.join(", ", NAMES) + ", not '" + name + "'");
        };
    }

    /** Thicket's router alone, with these timers. */
    public static ProtocolFactory thicket(RoutingParameters parameters) {
        return new ThicketProtocol(false, parameters);
    }

    /** AODV with routes that live as long as that. */
    public static ProtocolFactory aodv(long routeMs) {
        return aodv(tuned(routeMs));
    }

    /** Managed flooding. */
    public static ProtocolFactory flooding(int hopLimit) {
        return new ReferenceProtocol((self, epoch, plan, gateways, random) ->
                new FloodingRouter(self, epoch, plan, gateways, FloodParameters.USUAL.withHopLimit(hopLimit), random));
    }

    private static AodvParameters tuned(long routeMs) {
        return AodvParameters.USUAL.withActiveRouteTimeout(routeMs).withMyRouteTimeout(2 * routeMs);
    }

    private static ProtocolFactory aodv(AodvParameters parameters) {
        return new ReferenceProtocol((self, epoch, plan, gateways, random) ->
                new AodvRouter(self, epoch, plan, gateways, parameters, random));
    }
}
