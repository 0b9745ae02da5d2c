package io.thicket.agent.config;

import io.thicket.agent.port.CalibrationNote;
import io.thicket.routing.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what a node will really use: every key, defaults included, in a fixed order, as TOML that reads back the same. */
public final class EffectiveConfig {
    private EffectiveConfig() {}

    /** The text; secrets are masked. */
    public static String print(LoadedConfig loaded) {
        StringBuilder out = new StringBuilder();
        SectionWriter writer = new SectionWriter(out);
        NodeConfig config = loaded.node();
        writer.title("[node]");
        writer.text("name", config.node().name())
                .text("data_dir", config.node().dataDir().toString())
                .choice("clock", config.node().clock())
                .flag("relay", config.node().relay());
        writer.title("[network]");
        writer.text("key_file", config.network().keyFile().toString())
                .text("site", config.network().site());
        config.links().forEach(link -> print(writer, link));
        writer.title("[coap]");
        writer.texts("listen", config.coap().listen())
                .texts(
                        "commands",
                        config.coap().commands().stream()
                                .sorted()
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .toList());
        Path drivers = loaded.driverDirectory();
        if (drivers != null) {
            writer.title("[drivers]");
            writer.text("directory", drivers.toString());
        }
        config.buses().forEach(bus -> print(writer, bus));
        config.sensors().forEach(sensor -> print(writer, sensor));
        writer.title("[outbox]");
        writer.number("max_readings", config.outbox().maxReadings())
                .duration("max_age", config.outbox().maxAge());
        writer.title("[mesh]");
        writer.duration("gateway_interval", config.mesh().gatewayInterval())
                .duration("hello_min", config.mesh().helloMin())
                .duration("hello_max", config.mesh().helloMax())
                .choice("energy", config.mesh().energy());
        writer.title("[log]");
        writer.choice("level", config.log().level());
        writer.title("[debug]");
        Path record = config.debug().record();
        if (record != null) {
            writer.text("record", record.toString());
        }
        writer.bytes("record_limit", config.debug().recordLimitBytes());
        loaded.writeParts(writer);
        return out.toString();
    }

    private static void print(SectionWriter writer, LinkConfig link) {
        writer.title("[[link]]");
        if (link instanceof LinkConfig.Udp udp) {
            writer.text("type", "udp").text("interface", udp.interfaceName()).choice("ip", udp.ip());
            writer.number("port", udp.port());
        } else if (link instanceof LinkConfig.Peers peers) {
            writer.text("type", "peers").text("listen", peers.listen().toString());
            writer.texts("peers", peers.peers()).flag("accept_unknown", peers.acceptUnknown());
        } else {
            throw new AssertionError("a link of an unknown type: " + link);
        }
        if (Identity.isValidName(link.name())) {
            writer.text("name", link.name());
        }
        writer.choice("class", link.linkClass()).kbps("rate", link.rateKbps());
    }

    private static void print(SectionWriter writer, BusConfig bus) {
        writer.title("[[bus]]");
        writer.text("name", bus.name()).text("port", bus.port());
        print(writer, bus.baud(), bus.format());
        writer.duration("settle", bus.settle()).choice("echo", bus.echo());
        Duration timeout = bus.timeout();
        if (timeout != null) {
            writer.duration("timeout", timeout);
        }
        Duration guard = bus.guard();
        if (guard != null) {
            writer.duration("guard", guard);
        }
    }

    private static void print(SectionWriter writer, @Nullable Integer baud, @Nullable LineFormat format) {
        if (baud != null) {
            writer.number("baud", baud);
        }
        if (format != null) {
            writer.text("format", format.toString());
        }
    }

    private static void print(SectionWriter writer, UnitConfig unit) {
        writer.number("unit", unit.unit()).choice("priority", unit.priority());
        Path map = unit.map();
        if (map != null) {
            writer.text("map", map.toString());
        }
    }

    private static void print(SectionWriter writer, SensorConfig sensor) {
        writer.title("[[sensor]]");
        writer.text("name", sensor.name()).text("driver", sensor.driver());
        UnitConfig unit = sensor.unit();
        String port = sensor.port();
        if (unit != null && !unit.bus().isEmpty()) {
            writer.text("bus", unit.bus());
        } else if (!sensor.isVirtual()) {
            writer.text("port", port == null ? "" : port);
            print(writer, sensor.baud(), sensor.format());
            writer.duration("settle", sensor.settle());
        }
        if (unit != null) {
            print(writer, unit);
        }
        if (unit != null || sensor.isVirtual()) {
            writer.duration("interval", sensor.interval());
        }
        writer.duration("min_interval", sensor.minInterval());
        if (!sensor.health().isZero()) {
            writer.duration("health", sensor.health());
        }
        writer.options("options", sensor.options());
        SensorKeyFile keyFile = sensor.keyFile();
        if (keyFile != null) {
            writer.text("key_file", keyFile.file().toString());
        }
        if (!sensor.filters().isEmpty()) {
            writer.options("filters", sensor.filters());
        }
        CalibrationNote calibration = sensor.calibration();
        if (calibration != null) {
            writer.text("calibrated", calibration.date().toString()).text("calibrated_by", calibration.by());
            if (calibration.validDays() > 0) {
                writer.number("calibration_days", calibration.validDays());
            }
        }
        if (!sensor.allowCommands().isEmpty()) {
            writer.texts("allow_commands", sensor.allowCommands());
        }
    }
}
