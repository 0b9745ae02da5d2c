package io.thicket.sim.check;

import io.thicket.routing.NodeId;
import io.thicket.sim.check.NetworkView.ReadingAccount;
import io.thicket.sim.check.ReadingLedger.ReadingId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Conservation of readings: each that a node's sensors gave is settled, reported lost, or in its outbox, and none is in
 * two of these; and each that it holds for settled really is at the broker.
 */
public final class EveryReadingAccounted implements Invariant {
    private record Boot(int node, long epoch) {}

    private final ReadingLedger ledger;
    private final Map<Boot, Integer> verified = new HashMap<>();

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
        if (account.open().size() != account.waiting().size() || !account.open().containsAll(account.waiting())) {
            return "node " + touched + " keeps readings " + new TreeSet<>(account.waiting())
                    + " in its outbox, but neither settled nor lost are " + account.open();
        }
        List<Long> settled = account.settled();
        Boot boot = new Boot(touched, account.epoch());
        for (int i = verified.getOrDefault(boot, 0); i < settled.size(); i++) {
            NodeId id = network.idOf(touched);
            if (!ledger.isPublished(new ReadingId(id, account.epoch(), settled.get(i)))) {
                return "node " + touched + " holds reading " + account.epoch() + "/" + settled.get(i)
                        + " for settled, but the broker does not have it";
            }
            verified.put(boot, i + 1);
        }
        return "";
    }
}
