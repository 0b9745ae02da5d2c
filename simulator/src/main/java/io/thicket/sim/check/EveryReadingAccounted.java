package io.thicket.sim.check;

import io.thicket.sim.check.NetworkView.ReadingAccount;
import java.util.Optional;

/**
 * Conservation of readings: what a node's sensors gave is settled, reported lost, or waiting in its outbox; and what it
 * holds for settled really is at the broker.
 */
public final class EveryReadingAccounted implements Invariant {
    private final ReadingLedger ledger;

    public EveryReadingAccounted(ReadingLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "every reading accounted for";
    }

    @Override
    public String check(NetworkView network, int touched) {
        Optional<ReadingAccount> readings = network.readings(touched);
        if (readings.isEmpty()) {
            return "";
        }
        ReadingAccount account = readings.get();
        if (account.offered() != account.settled() + account.lost() + account.waiting()) {
            return "node " + touched + " lost track of readings: " + account;
        }
        long published = ledger.publishedCount(touched, account.epoch());
        if (account.settled() > published) {
            return "node " + touched + " dropped readings that the broker does not have (" + published + " there): "
                    + account;
        }
        return "";
    }
}
