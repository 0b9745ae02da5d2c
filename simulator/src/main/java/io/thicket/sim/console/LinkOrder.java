package io.thicket.sim.console;

/**
 * What is to become of a link.
 *
 * @param loss of {@link State#LOSS}: the share of frames, 0 to 1
 * @param oneWay only what the first node sends to the second
 */
record LinkOrder(State state, double loss, boolean oneWay) {
    /** States of a link. */
    enum State {
        LOSS,
        DOWN,
        UP
    }
}
