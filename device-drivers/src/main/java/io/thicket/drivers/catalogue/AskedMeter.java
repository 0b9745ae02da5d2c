package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.LineParameters.Parity;
import io.thicket.drivers.meter.ReadoutDecoder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An electricity meter with an optical head that must be woken and asked: IEC 62056-21, modes A, B and C. */
final class AskedMeter implements DeviceDriver {
    private static final long MIN_INTERVAL_MS = 10_000;

    private static final String SPEEDS = ReadoutDecoder.Identification.bauds().stream()
            .map(baud -> Integer.toString(baud))
            .collect(Collectors.joining(", "));

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "iec62056.meter",
            "Electricity meter with optical head, IEC 62056-21 modes A, B and C (is asked)",
            new LineParameters(300, 7, Parity.EVEN, 1, true, true),
            List.of(
                    new DriverDescriptor.Option(
                            "address",
                            "number of the meter, where several hear the question; whoever hears it if absent"),
                    new DriverDescriptor.Option(
                            "maxbaud",
                            "fastest speed that is agreed on: " + SPEEDS + "; what the meter offers if absent"),
                    Options.interval("1min"),
                    Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> given) {
        Options options = new Options(DESCRIPTOR, given);
        String address = options.text("address", "");
        if (!address.matches("[0-9A-Za-z ]{0,32}")) {
            throw Options.refuse("option address: '" + address + "' is not up to 32 digits and letters");
        }
        String text = options.text("maxbaud", "19200");
        int speed = ReadoutDecoder.Identification.bauds().stream()
                .map(baud -> Integer.toString(baud))
                .toList()
                .indexOf(text);
        if (speed < 0) {
            throw Options.refuse("option maxbaud: '" + text + "' is not one of " + SPEEDS);
        }
        long intervalMs = options.intervalMs("1min", MIN_INTERVAL_MS);
        return new DialogueSession(new ReadoutDialogue(address, speed, intervalMs, options.names("values", List.of())));
    }
}
