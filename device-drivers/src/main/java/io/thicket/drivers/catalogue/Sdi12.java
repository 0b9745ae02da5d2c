package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.sdi12.Measurement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sensors of an SDI-12 line by a serial adapter. What their values are is not in the answers, so each is configured. */
final class Sdi12 implements DeviceDriver {
    private static final long MIN_INTERVAL_MS = 1000;
    private static final int MAX_MEASUREMENTS = 64;
    private static final String EXAMPLE = "\"0=temp:Cel,moisture; 1MC=level:m\"";

    private static final Pattern ITEM = Pattern.compile("([0-9A-Za-z?])([MC]C?[1-9]?)?\\s*=(.*)");

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "sdi12.sensors",
            "Sensors on an SDI-12 line by a serial adapter",
            LineParameters.of8N1(9600),
            List.of(
                    new DriverDescriptor.Option(
                            "sensors",
                            "what each sensor measures: address, command (M if absent; M1, MC, C, CC ...) and its values in their order,"
                                    + " e.g. " + EXAMPLE + "; - skips a value, ? is the address of the only sensor"),
                    Options.interval("1min"),
                    Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> given) {
        Options options = new Options(DESCRIPTOR, given);
        List<Measurement> measurements = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String item : options.text("sensors", "").split(";")) {
            if (!item.isBlank()) {
                measurements.add(measurement(options, item.strip(), names));
            }
        }
        if (measurements.isEmpty()) {
            throw Options.refuse("option sensors is missing: which sensors with which values, e.g. " + EXAMPLE);
        }
        boolean any = measurements.stream().anyMatch(each -> each.address() == Measurement.ANY);
        if (any && measurements.stream().anyMatch(each -> each.address() != Measurement.ANY)) {
            throw Options.refuse("option sensors: ? is the only sensor of its line, so no other address goes with it");
        }
        if (measurements.size() > MAX_MEASUREMENTS) {
            throw Options.refuse("option sensors: more than " + MAX_MEASUREMENTS + " measurements");
        }
        long intervalMs = options.intervalMs("1min", MIN_INTERVAL_MS);
        return new DialogueSession(new Sdi12Dialogue(measurements, intervalMs, options.names("values", names)));
    }

    private static Measurement measurement(Options options, String item, Set<String> names) {
        Matcher matcher = ITEM.matcher(item);
        if (!matcher.matches()) {
            throw Options.refuse("option sensors: '" + item + "' should be address, command and values, e.g. "
                    + EXAMPLE.substring(1, EXAMPLE.indexOf(';')));
        }
        List<Measurement.Column> columns = new ArrayList<>();
        for (String column : Options.items(matcher.group(3))) {
            int colon = column.lastIndexOf(':');
            String name = colon < 0 ? column : column.substring(0, colon).strip();
            Optional<SenmlUnit> unit = colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            options.unit("sensors", column.substring(colon + 1).strip()));
            if (!name.equals("-") && !names.add(options.validName("sensors", name))) {
                throw Options.refuse("option sensors names '" + name + "' twice");
            }
            columns.add(new Measurement.Column(name.equals("-") ? "" : name, unit));
        }
        if (columns.isEmpty() || columns.size() > Measurement.MAX_VALUES) {
            throw Options.refuse(
                    "option sensors: '" + item + "' should name 1 to " + Measurement.MAX_VALUES + " values");
        }
        String command = matcher.group(2) == null ? "M" : matcher.group(2);
        return new Measurement(matcher.group(1).charAt(0), command, columns);
    }
}
