package io.thicket.drivers;

import java.util.List;

/** Takes what a device said. */
@FunctionalInterface
public interface ObservationSink {
    /**
     * All values of one frame or line, in the order in which the device gave them.
     *
     * @param arrivedAtMs when the frame's first byte was read, ms of the caller's monotonic clock
     */
    void observed(long arrivedAtMs, List<Observation> observations);
}
