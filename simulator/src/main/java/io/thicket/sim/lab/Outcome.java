package io.thicket.sim.lab;

/**
 * What became of a packet, and why and where if that is known.
 *
 * @param reason the name of a {@link io.thicket.routing.DropReason}, a {@link io.thicket.agent.outbox.LossReason} or a reason of an
 *     origin without an outbox; empty if there is none
 * @param node where it happened, {@link RunFigures#NONE} if that says nothing
 */
public record Outcome(Fate fate, String reason, int node) {
    /** One without a reason and a place. */
    static Outcome of(Fate fate) {
        return new Outcome(fate, "", RunFigures.NONE);
    }
}
