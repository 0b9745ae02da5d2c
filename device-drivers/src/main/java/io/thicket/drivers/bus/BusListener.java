package io.thicket.drivers.bus;

/** Hears of the units. Called on the thread that drives the bus. */
@FunctionalInterface
public interface BusListener {
    /** Something about unit {@code index} (in the order in which they were given) changed, be it a count. */
    void unitChanged(int index, UnitHealth health);
}
