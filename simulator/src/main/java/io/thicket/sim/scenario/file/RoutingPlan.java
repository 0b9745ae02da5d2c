package io.thicket.sim.scenario.file;

/**
 * The protocol under test.
 *
 * @param code what runs of it: the agent's whole node, or a router alone
 * @param helloMinMs of Thicket
 * @param helloMaxMs of Thicket
 * @param gatewayIntervalMs of Thicket
 * @param routeLifetimeMs ACTIVE_ROUTE_TIMEOUT of AODV
 * @param hopLimit of flooding
 */
public record RoutingPlan(
        Protocol protocol,
        Code code,
        long helloMinMs,
        long helloMaxMs,
        long gatewayIntervalMs,
        long routeLifetimeMs,
        int hopLimit) {
    /** By name. */
    public enum Protocol {
        THICKET,
        AODV,
        BABEL,
        FLOODING
    }

    /** How much of a node there is. */
    public enum Code {
        AGENT,
        ROUTER
    }
}
