package io.thicket.agent.config;

import io.thicket.drivers.bus.EchoMode;
import io.thicket.drivers.bus.UnitTiming;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code [[bus]]}, one after the other; it remembers what must not occur twice. */
final class BusSection {
    private final PortClaims ports;
    private final Set<String> names = new HashSet<>();

    BusSection(PortClaims ports) {
        this.ports = ports;
    }

    Optional<BusConfig> read(SectionReader reader) {
        String name = reader.requireName("name", reader.requiredText("name", "\"meters\""));
        if (!name.isEmpty() && !names.add(name)) {
            reader.error("name", "another bus is called '" + name + "' already", "");
        }
        String port = reader.requiredText("port", "\"/dev/serial/by-id/...\"");
        if (!port.isEmpty()) {
            ports.check(reader, "bus '" + name + "'", port);
        }
        return Optional.of(new BusConfig(
                name,
                port,
                reader.integer("baud", 50, SensorSection.MAX_BAUD).orElse(null),
                SensorSection.format(reader),
                reader.duration("settle", Duration.ZERO, Duration.ZERO, Duration.ofSeconds(60)),
                reader.choice("echo", EchoMode.AUTO),
                optional(
                        reader,
                        "timeout",
                        Duration.ofMillis(UnitTiming.MIN_TIMEOUT_MS),
                        Duration.ofMillis(UnitTiming.MAX_TIMEOUT_MS)),
                optional(reader, "guard", Duration.ZERO, Duration.ofMillis(UnitTiming.MAX_GUARD_MS))));
    }

    private static @Nullable Duration optional(SectionReader reader, String key, Duration min, Duration max) {
        return reader.has(key) ? reader.duration(key, min, min, max) : null;
    }
}
