package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One JSON object per line, such as {@code {"temp":21.5,"bme":{"hum":40}}}; the second value is called {@code bme.hum}.
 * Numbers, texts, booleans; null is no value. Arrays and deeper objects are malformed.
 */
final class JsonText implements DeviceDriver {
    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "text.json",
            "Text lines, each a JSON object",
            LineParameters.of8N1(115_200),
            List.of(Options.UNITS, Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        Options reader = new Options(DESCRIPTOR, options);
        return LineDecoder.session(
                reader.units("units"),
                (line, values) -> new JsonLine(line, values).read(),
                reader.names("values", Set.of()));
    }
}
