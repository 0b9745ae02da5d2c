package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DriverDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that is wrong with the options of a driver, not only the first: a driver refuses at its first fault, so it is asked again
 * without the option that it named.
 */
public final class OptionCheck {
    private static final Pattern NAMED = Pattern.compile("option ([a-z_]+)\\b");

    private OptionCheck() {}

    /** One sentence for each fault, in the order of {@code given} for options that the driver does not have; empty if there is none. */
    public static List<String> problems(DeviceDriver driver, Map<String, String> given) {
        List<String> problems = new ArrayList<>();
        Map<String, String> left = new LinkedHashMap<>(given);
        Set<String> removed = new HashSet<>();
        List<String> known = driver.descriptor().options().stream()
                .map(DriverDescriptor.Option::key)
                .toList();
        for (String key : given.keySet()) {
            if (!known.contains(key)) {
                problems.add(Options.unknown(key, known));
                left.remove(key);
            }
        }
        while (true) {
            try {
                driver.open(left);
                return problems;
            } catch (IllegalArgumentException e) {
                String message = e.getMessage();
                String sentence = message == null ? "the driver refuses these options" : message;
                Matcher named = NAMED.matcher(sentence);
                String key = named.lookingAt() ? named.group(1) : "";
                // That an option is missing now says nothing if it was there and wrong.
                if (!removed.contains(key)) {
                    problems.add(sentence);
                }
                if (left.remove(key) == null) {
                    return problems;
                }
                removed.add(key);
            }
        }
    }
}
