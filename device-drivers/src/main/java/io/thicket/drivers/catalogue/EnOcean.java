package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.enocean.Esp3Framer;
import io.thicket.drivers.enocean.RadioDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Radio sensors by an EnOcean receiver. The profile is not in a telegram, so each sender is configured. */
final class EnOcean implements DeviceDriver {
    private static final long SILENCE_MS = 500;

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "enocean.esp3",
            "EnOcean radio sensors by a receiver (USB 300, TCM 310)",
            LineParameters.of8N1(57_600),
            List.of(
                    new DriverDescriptor.Option(
                            "devices",
                            "each sensor as name:sender:profile, separated by commas, e.g. \"hall:0181B744:A5-02-05\"; profiles are "
                                    + String.join(", ", RadioDecoder.profiles())),
                    Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> given) {
        Options options = new Options(DESCRIPTOR, given);
        RadioDecoder decoder = new RadioDecoder();
        Set<String> names = new HashSet<>();
        for (String item : Options.items(options.text("devices", ""))) {
            String[] parts = item.split(":", -1);
            if (parts.length != 3) {
                throw Options.refuse(
                        "option devices: '" + item + "' should be name:sender:profile, e.g. hall:0181B744:A5-02-05");
            }
            String name = options.validName("devices", parts[0].strip());
            options.validName("devices", name + ".temperature");
            if (!names.add(name)) {
                throw Options.refuse("option devices: '" + name + "' is there twice");
            }
            try {
                decoder.add(name, parts[1].strip(), parts[2].strip());
            } catch (IllegalArgumentException e) {
                throw Options.refuse("option devices: " + e.getMessage());
            }
        }
        if (names.isEmpty()) {
            throw Options.refuse("option devices is missing: which senders, e.g. \"hall:0181B744:A5-02-05\"");
        }
        return new FrameSession(new Esp3Framer(SILENCE_MS), decoder, options.names("values", List.of()));
    }
}
