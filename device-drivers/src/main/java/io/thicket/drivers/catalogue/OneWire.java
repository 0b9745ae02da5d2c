package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.onewire.Rom;
import io.thicket.drivers.onewire.RomSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thermometers on a 1-Wire line behind a DS2480B (DS9097U, and many USB adapters). */
final class OneWire implements DeviceDriver {
    private static final long MIN_INTERVAL_MS = 1000;

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "onewire.ds2480b",
            "1-Wire thermometers (DS18B20, DS18S20) by an adapter with DS2480B (DS9097U)",
            LineParameters.of8N1(9600),
            List.of(
                    new DriverDescriptor.Option(
                            "devices",
                            "each thermometer as name:number, separated by commas, e.g. \"hall:28FFFCD0001703AE\"; all that are found,"
                                    + " by their numbers, if absent"),
                    Options.interval("30s"),
                    Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> given) {
        Options options = new Options(DESCRIPTOR, given);
        Map<Rom, String> names = new LinkedHashMap<>();
        for (String item : Options.items(options.text("devices", ""))) {
            String[] parts = item.split(":", -1);
            if (parts.length != 2) {
                throw Options.refuse(
                        "option devices: '" + item + "' should be name:number, e.g. hall:28FFFCD0001703AE");
            }
            String name = options.validName("devices", parts[0].strip());
            options.validName("devices", name + ".temperature");
            Rom rom;
            try {
                rom = Rom.parse(parts[1].strip());
            } catch (IllegalArgumentException e) {
                throw Options.refuse("option devices: " + e.getMessage());
            }
            if (names.containsValue(name) || names.put(rom, name) != null) {
                throw Options.refuse("option devices: '" + item + "' is there twice");
            }
        }
        if (names.size() > RomSearch.MAX_DEVICES) {
            throw Options.refuse("option devices: more than " + RomSearch.MAX_DEVICES + " devices");
        }
        long intervalMs = options.intervalMs("30s", MIN_INTERVAL_MS);
        return new DialogueSession(new OneWireDialogue(names, intervalMs, options.names("values", List.of())));
    }
}
