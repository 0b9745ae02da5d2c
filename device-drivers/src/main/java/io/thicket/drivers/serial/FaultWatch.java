package io.thicket.drivers.serial;

import io.thicket.drivers.FrameCounts;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps the bytes around the newest frame that was refused. Written by the port's thread, read by any. */
final class FaultWatch {
    /** A line full of noise refuses hundreds of frames a second; of those that come so close the first is kept. */
    static final long LEAST_GAP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long before;
    private volatile @Nullable DecodeFault newest;

    /** Looks whether frames were refused since it was last called. */
    void look(long nowNanos, FrameCounts counts, FlightRecorder recorder) {
        long refused = counts.badChecksum() + counts.malformed();
        boolean more = refused > before;
        before = refused;
        DecodeFault known = newest;
        if (more && (known == null || nowNanos - known.atNanos() >= LEAST_GAP_NANOS)) {
            newest = new DecodeFault(nowNanos, recorder.lastLines(DecodeFault.MAX_BYTES));
        }
    }

    Optional<DecodeFault> newest() {
        return Optional.ofNullable(newest);
    }
}
