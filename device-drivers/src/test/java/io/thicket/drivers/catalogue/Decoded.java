package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.FrameCounts;
import io.thicket.drivers.Observation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A session with what came out of it. */
final class Decoded {
    final DeviceSession session;
    final List<List<Observation>> readings = new ArrayList<>();
    final List<Long> arrivals = new ArrayList<>();

    private Decoded(DeviceSession session) {
        this.session = session;
    }

    static Decoded by(String driver, Map<String, String> options) {
        return new Decoded(DriverCatalogue.find(driver).orElseThrow().open(options));
    }

    static Decoded by(String driver) {
        return by(driver, Map.of());
    }

    Decoded feed(long nowMs, byte[] bytes) {
        session.onBytes(nowMs, bytes, 0, bytes.length, (at, observations) -> {
            readings.add(observations);
            arrivals.add(at);
        });
        return this;
    }

    Decoded text(String text) {
        return feed(0, text.getBytes(StandardCharsets.UTF_8));
    }

    Decoded hex(long nowMs, String hex) {
        return feed(nowMs, HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    FrameCounts counts() {
        return session.counts();
    }

    /** The readings as lines of {@code name=value unit!quality}. */
    List<String> lines() {
        return readings.stream().map(Decoded::line).toList();
    }

    private static String line(List<Observation> observations) {
        StringBuilder line = new StringBuilder();
        for (Observation observation : observations) {
            line.append(line.isEmpty() ? "" : ", ").append(observation.name()).append('=');
            line.append(value(observation.value()));
            if (observation.unit() != null) {
                line.append(' ').append(observation.unit());
            }
            if (observation.reason() != null) {
                line.append('!').append(observation.quality());
            }
        }
        return line.toString();
    }

    static Object value(Observation.Value value) {
        if (value instanceof Observation.Value.Numeric numeric) {
            return numeric.value();
        }
        if (value instanceof Observation.Value.Text text) {
            return text.value();
        }
        return ((Observation.Value.Flag) value).value();
    }
}
