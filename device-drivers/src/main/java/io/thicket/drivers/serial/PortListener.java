package io.thicket.drivers.serial;

import io.thicket.drivers.Observation;
import java.util.List;

/** Hears of a port. Called on the port's own thread: copy and hand over, never block. */
public interface PortListener {
    /** All values of one frame; {@code arrivedAtNanos} is {@link System#nanoTime()} when its first byte was read. */
    void observed(long arrivedAtNanos, List<Observation> observations);

    /** The state changed. */
    void portChanged(PortStatus status);
}
