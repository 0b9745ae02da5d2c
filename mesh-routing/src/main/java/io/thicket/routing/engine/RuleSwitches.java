package io.thicket.routing.engine;

/**
 * Lets the mutation tests switch one normative rule off and see that a test notices. Only {@link #ALL_ON} exists
 * outside this package.
 */
final class RuleSwitches {
    static final RuleSwitches ALL_ON = new RuleSwitches(null);

    /** The rules of section 2.4 that can be broken on purpose, and what happens instead. */
    enum Rule {
        /** An advert equal to the feasibility distance passes. */
        U1_STRICT,
        /** Compared is the current route's advert only: AODV's way. */
        U1_MEMORY,
        /** A stored advert never grows too old. */
        U2_AGE,
        /** A stored advert is used over a link that is not TWO_WAY. */
        U2_TWO_WAY,
        /** A stored advert is used although it is not feasible any more. */
        U2_FEASIBLE_NOW,
        /** The route's own distance does not improve FD when it is chosen. */
        U2_IMPROVES_FD,
        /** The newest Seq heard is announced with the present route's metric. */
        U3_SAME_ROUTE,
        /** What is announced does not improve FD. */
        U3_IMPROVES_FD,
        /** A worse metric of the current next hop worsens FD, too. */
        U4_KEEPS_FD,
        /** A metric of the current next hop that is not feasible ends the route. */
        U4_KEEPS_ROUTE,
        /** The end of a route erases FD. */
        U5_KEEPS_FD,
        /** Anybody's refusal or RERR ends the route. */
        U5_NEXT_HOP_ONLY,
        /** FD is forgotten as soon as nothing uses it. */
        U6_HOLD,
        /** An acknowledgement of DATA does not prolong the hold. */
        U6_HOLD_ON_ACK,
        /** A full table evicts the destination that is unused for longest. */
        U6_TABLE_FULL,
        /** A restarted neighbour is its former self. */
        U7_INCARNATION,
        /** DATA is taken from whoever sends it. */
        U8_DESCENT,
        /** An acknowledgement of any neighbour prolongs the route. */
        U9_ACK_OF_THE_ROUTE,
        /** An acknowledgement prolongs from when it came. */
        U9_FIRST_SENT,
        /** A route that comes back from BROKEN begins a new life. */
        U9_KEEPS_LIFE,
        /** A node takes adverts of itself. */
        U10_SELF
    }

    private final @org.jspecify.annotations.Nullable Rule broken;

    private RuleSwitches(@org.jspecify.annotations.Nullable Rule broken) {
        this.broken = broken;
    }

    /** Everything on but {@code rule}; called by tests only. */
    static RuleSwitches without(Rule rule) {
        return new RuleSwitches(rule);
    }

    boolean isOn(Rule rule) {
        return broken != rule;
    }
}
