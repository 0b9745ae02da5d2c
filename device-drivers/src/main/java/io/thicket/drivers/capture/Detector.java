package io.thicket.drivers.capture;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Listens with many drivers at once and says which one understands the line. It sends nothing. */
public final class Detector {
    private static final long LONG_AFTER_MS = 1_000_000;

    /** Less of the bytes than this is chance: short frames with short checksums are found everywhere. */
    private static final double MIN_SHARE = 0.3;

    private final List<Listener> listeners = new ArrayList<>();
    private long bytes;
    private long lastMs;

    /** @param drivers those that need options are left out */
    public Detector(List<? extends DeviceDriver> drivers) {
        for (DeviceDriver driver : drivers) {
            open(driver).ifPresent(session -> listeners.add(new Listener(driver.descriptor(), session)));
        }
    }

    private static Optional<DeviceSession> open(DeviceDriver driver) {
        try {
            return Optional.of(driver.open(Map.of()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * How well a driver understood.
     *
     * @param share of the bytes that belonged to its frames, 0 to 1
     * @param last the last values, empty if it saw only frames without
     */
    public record Score(DriverDescriptor driver, FrameCounts counts, double share, List<Observation> last) {
        public Score {
            last = List.copyOf(last);
        }
    }

    /** What was heard. */
    public void onBytes(long nowMs, byte[] heard, int offset, int length) {
        bytes += length;
        lastMs = nowMs;
        for (Listener listener : listeners) {
            listener.session.onBytes(nowMs, heard, offset, length, (at, values) -> listener.last = values);
        }
    }

    /** How many bytes were heard. */
    public long bytes() {
        return bytes;
    }

    /** The drivers that understood at least a part, best first. Ends the listening. */
    public List<Score> scores() {
        List<Score> scores = new ArrayList<>();
        for (Listener listener : listeners) {
            listener.session.onSilence(lastMs + LONG_AFTER_MS, (at, values) -> listener.last = values);
            FrameCounts counts = listener.session.counts();
            double share = bytes == 0 ? 0 : Math.max(0, 1 - (double) counts.skippedBytes() / bytes);
            // A frame that cannot be read, or has a wrong check, speaks against the driver.
            double frames = counts.good() + counts.noValue();
            double all = frames + counts.malformed() + counts.badChecksum();
            share = all == 0 ? 0 : share * frames / all;
            if (counts.good() > 0 && share >= MIN_SHARE) {
                scores.add(new Score(listener.driver, counts, share, listener.last));
            }
        }
        scores.sort(Comparator.comparingDouble((Score score) -> -score.share())
                .thenComparing(score -> -score.counts().good())
                .thenComparing(score -> score.driver().id()));
        return scores;
    }

    /** One driver at the line. */
    private static final class Listener {
        private final DriverDescriptor driver;
        private final DeviceSession session;
        private List<Observation> last = List.of();

        Listener(DriverDescriptor driver, DeviceSession session) {
            this.driver = driver;
            this.session = session;
        }
    }
}
