package io.thicket.sim.reference;

/** What a frame is for in the accounts of an experiment: control is everything but the other three. */
public enum FrameKind {
    DATA,
    HOP_ACK,
    E2E_ACK,
    CONTROL
}
