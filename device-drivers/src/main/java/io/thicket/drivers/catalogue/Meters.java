package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.LineParameters.Parity;
import io.thicket.drivers.meter.SmlDecoder;
import io.thicket.drivers.meter.SmlFramer;
import io.thicket.drivers.meter.TelegramDecoder;
import io.thicket.drivers.meter.TelegramFramer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Electricity meters that talk by themselves. */
final class Meters implements DeviceDriver {
    /** They send every 1 to 10 s, within a second; a slow one at 9600 baud takes two. */
    private static final long SILENCE_MS = 1000;

    static final List<Meters> ALL = List.of(
            new Meters(
                    Protocol.TELEGRAM_WITH_CRC,
                    new DriverDescriptor(
                            "dsmr.p1",
                            "Smart meter with P1 port, DSMR 4 and 5 (NL, BE, LU, SE, HU, EE)",
                            LineParameters.of8N1(115_200),
                            List.of(Options.VALUES))),
            new Meters(
                    Protocol.TELEGRAM,
                    new DriverDescriptor(
                            "dsmr.p1v2",
                            "Smart meter with P1 port, DSMR 2 and 3, without CRC",
                            new LineParameters(9600, 7, Parity.EVEN, 1, true, true),
                            List.of(Options.VALUES))),
            new Meters(
                    Protocol.TELEGRAM,
                    new DriverDescriptor(
                            "iec62056.push",
                            "Electricity meter with optical head, IEC 62056-21 mode D (sends by itself)",
                            new LineParameters(9600, 7, Parity.EVEN, 1, true, true),
                            List.of(Options.VALUES))),
            new Meters(
                    Protocol.SML,
                    new DriverDescriptor(
                            "sml.meter",
                            "Electricity meter with optical head, SML (DE)",
                            LineParameters.of8N1(9600),
                            List.of(Options.VALUES))));

    /** How they talk. */
    private enum Protocol {
        TELEGRAM_WITH_CRC,
        TELEGRAM,
        SML
    }

    private final Protocol protocol;
    private final DriverDescriptor descriptor;

    private Meters(Protocol protocol, DriverDescriptor descriptor) {
        this.protocol = protocol;
        this.descriptor = descriptor;
    }

    @Override
    public DriverDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        Set<String> wanted = new Options(descriptor, options).names("values", List.of());
        return switch (protocol) {
            case TELEGRAM_WITH_CRC ->
                new FrameSession(new TelegramFramer(true, SILENCE_MS), new TelegramDecoder(), wanted);
            case TELEGRAM -> new FrameSession(new TelegramFramer(false, SILENCE_MS), new TelegramDecoder(), wanted);
            case SML -> new FrameSession(new SmlFramer(SILENCE_MS), new SmlDecoder(), wanted);
        };
    }
}
