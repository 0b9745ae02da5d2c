package io.thicket.sim.lab;

import io.thicket.sim.kernel.Column;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the packets that sources made, in the order in which they made them: rows of columns as wide as their numbers, since a long run of a
 * large network has millions.
 */
final class PacketPage {
    static final int ROWS = 256;

    final Column createdUs;

    /** From then until it was delivered, {@link Ledger#NONE} before. */
    final Column latencyUs = new Column(ROWS, Ledger.NONE);

    final Column source;
    final Column destination = new Column(ROWS, Flow.ANY_GATEWAY);
    final Column shortest = new Column(ROWS, Ledger.NONE);
    final Column hops = new Column(ROWS, Ledger.NONE);
    final Column copies = new Column(ROWS, 0);

    /** The last that happened to it, by its number in {@link Fates}. */
    final Column note = new Column(ROWS, 0);

    final boolean[] sourceDied = new boolean[ROWS];
    final boolean[] settled = new boolean[ROWS];

    /** Null while no packet has any. */
    private @Nullable List<List<Measured>> values;

    /** {@code createdUs} is about when its packets are made, and {@code source} a source. */
    PacketPage(long createdUs, int source) {
        this.createdUs = new Column(ROWS, createdUs);
        this.source = new Column(ROWS, source);
    }

    List<Measured> values(int row) {
        return values == null ? List.of() : values.get(row);
    }

    void setValues(int row, List<Measured> its) {
        List<List<Measured>> all = values;
        if (all == null && its.isEmpty()) {
            return;
        }
        if (all == null) {
            all = new ArrayList<>(Collections.nCopies(ROWS, List.of()));
            values = all;
        }
        all.set(row, its);
    }
}
