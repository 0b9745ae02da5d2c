package io.thicket.sim.check;

/** The broker gets each (node, epoch, seq) once, each reading under one identity, and nothing that no sensor made. */
public final class NoDuplicateDelivery implements Invariant {
    private final ReadingLedger ledger;

    public NoDuplicateDelivery(ReadingLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "no duplicate delivery";
    }

    @Override
    public String check(NetworkView network, int touched) {
        String problem = ledger.firstProblem();
        return problem == null ? "" : problem;
    }
}
