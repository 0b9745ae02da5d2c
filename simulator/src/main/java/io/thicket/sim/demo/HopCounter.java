package io.thicket.sim.demo;

import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import java.util.Map;

/** An uplink that notes over how many hops each received DATA message came, and otherwise is the one behind it. */
final class HopCounter implements Uplink {
    private final Uplink uplink;
    private final ReadingBook book;

    HopCounter(Uplink uplink, ReadingBook book) {
        this.uplink = uplink;
        this.book = book;
    }

    @Override
    public void start(Host host) {
        uplink.start(host);
    }

    @Override
    public void accept(Arrival arrival) {
        for (ReadingBatch.Reading reading : arrival.batch().readings()) {
            book.carried(arrival.label() + "/" + arrival.batch().epoch() + "/" + reading.seq(), arrival.hops());
        }
        uplink.accept(arrival);
    }

    @Override
    public void nodeKnown(Identity identity, String label) {
        uplink.nodeKnown(identity, label);
    }

    @Override
    public GatewayState state() {
        return uplink.state();
    }

    @Override
    public String statusLine() {
        return uplink.statusLine();
    }

    @Override
    public Map<? extends Enum<?>, Long> counters() {
        return uplink.counters();
    }

    @Override
    public void close() {
        uplink.close();
    }
}
