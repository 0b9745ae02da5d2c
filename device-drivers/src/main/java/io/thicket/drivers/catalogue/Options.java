package io.thicket.drivers.catalogue;

import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.Observation;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.spec.Durations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a driver's options. Every fault is an {@link IllegalArgumentException} that says what is allowed. */
final class Options {
    static final DriverDescriptor.Option VALUES =
            new DriverDescriptor.Option("values", "names of the values to hand on, separated by commas; all if absent");
    static final DriverDescriptor.Option UNITS = new DriverDescriptor.Option(
            "units", "unit of each number by name, e.g. \"temp:Cel,hum:%RH\" (SenML names, section Units)");

    private final Map<String, String> given;

    Options(DriverDescriptor descriptor, Map<String, String> given) {
        this.given = given;
        List<String> known =
                descriptor.options().stream().map(DriverDescriptor.Option::key).toList();
        for (String key : given.keySet()) {
            if (!known.contains(key)) {
                throw refuse(unknown(key, known));
            }
        }
    }

    /** What is said of an option that a driver does not have. */
    static String unknown(String key, List<String> known) {
        return "unknown option '" + key + "'; "
                + (known.isEmpty() ? "it has none" : "its options are " + String.join(", ", known));
    }

    boolean has(String key) {
        return given.containsKey(key);
    }

    String text(String key, String whenAbsent) {
        String value = given.get(key);
        return value == null ? whenAbsent : value;
    }

    /** The option {@code interval} of devices that are asked. */
    static DriverDescriptor.Option interval(String whenAbsent) {
        return new DriverDescriptor.Option(
                "interval", "time from one question to the next, e.g. \"15min\"; " + whenAbsent + " if absent");
    }

    /** The interval in ms, at least {@code minMs} and at most a day. */
    long intervalMs(String whenAbsent, long minMs) {
        String text = text("interval", whenAbsent);
        long intervalMs = Durations.parse(text);
        if (intervalMs < minMs || intervalMs > SpecDriver.MAX_INTERVAL_MS) {
            throw refuse("option interval: '" + text + "' is not " + Durations.text(minMs) + " to 24h");
        }
        return intervalMs;
    }

    /** A comma-separated list of names out of {@code allowed} (any valid name if that is empty); empty if absent. */
    Set<String> names(String key, Collection<String> allowed) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : items(text(key, ""))) {
            if (!allowed.isEmpty() && !allowed.contains(name)) {
                throw refuse("option " + key + ": '" + name + "' is not one of " + String.join(", ", allowed));
            }
            names.add(validName(key, name));
        }
        return names;
    }

    /** {@code name:unit,name:unit}; empty if absent. */
    Map<String, SenmlUnit> units(String key) {
        Map<String, SenmlUnit> units = new LinkedHashMap<>();
        for (String item : items(text(key, ""))) {
            int colon = item.lastIndexOf(':');
            if (colon < 1 || colon == item.length() - 1) {
                throw refuse("option " + key + ": '" + item + "' should be name:unit, e.g. temp:Cel");
            }
            String name = validName(key, item.substring(0, colon).strip());
            if (units.put(name, unit(key, item.substring(colon + 1).strip())) != null) {
                throw refuse("option " + key + ": '" + name + "' is there twice");
            }
        }
        return units;
    }

    SenmlUnit unit(String key, String name) {
        return SenmlUnit.find(name).orElseThrow(() -> refuse("option " + key + ": " + SenmlUnit.explainUnknown(name)));
    }

    String validName(String key, String name) {
        if (!Observation.isValidName(name)) {
            throw refuse("option " + key + ": '" + name + "' cannot be a name; allowed are up to "
                    + Observation.MAX_NAME_LENGTH + " letters, digits and - : . / _, with a letter or digit first");
        }
        return name;
    }

    /** Who calls knows which driver it is about. */
    static IllegalArgumentException refuse(String sentence) {
        return new IllegalArgumentException(sentence);
    }

    static List<String> items(String list) {
        List<String> items = new ArrayList<>();
        for (String item : list.split(",")) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items;
    }
}
