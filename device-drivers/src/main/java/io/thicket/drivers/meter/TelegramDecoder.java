package io.thicket.drivers.meter;

import io.thicket.drivers.Observation;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.framing.FrameDecoder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of a telegram. Electricity by its OBIS codes; the last reading of each meter behind it (gas, water, heat) by the kind
 * that the telegram gives for its channel.
 */
public final class TelegramDecoder implements FrameDecoder {
    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        Optional<Telegram> telegram = Telegram.parse(new String(frame, offset, length, StandardCharsets.ISO_8859_1));
        if (telegram.isEmpty()) {
            return Outcome.MALFORMED;
        }
        return values(telegram.get().objects(), values);
    }

    /** Adds the values of a telegram's objects. */
    static Outcome values(Map<String, List<String>> objects, List<Observation> values) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, List<String>> object : objects.entrySet()) {
            if (!read(object.getKey(), object.getValue(), objects, names, values)) {
                return Outcome.MALFORMED;
            }
        }
        return values.isEmpty() ? Outcome.NO_VALUE : Outcome.VALUES;
    }

    /** False if a number is none. */
    private static boolean read(
            String code,
            List<String> contents,
            Map<String, List<String>> objects,
            Set<String> names,
            List<Observation> values) {
        int colon = code.indexOf(':');
        String group = colon < 0 ? code : code.substring(colon + 1);
        String channel = colon < 0 ? "1-0" : code.substring(0, colon);
        if (channel.startsWith("0-") && group.matches("24\\.[23]\\.[0-9]+") && !channel.equals("0-0")) {
            return readSubmeter(channel, group, contents, objects, names, values);
        }
        Optional<String> name = channel.endsWith("-0") ? Obis.name(group) : Optional.empty();
        if (name.isEmpty() || contents.isEmpty()) {
            return true;
        }
        // A peak has its time first.
        return add(name.get(), contents.get(contents.size() - 1), null, names, values);
    }

    private static boolean readSubmeter(
            String channel,
            String group,
            List<String> contents,
            Map<String, List<String>> objects,
            Set<String> names,
            List<Observation> values) {
        List<String> type = objects.getOrDefault(channel + ":24.1.0", List.of());
        String name = kind(type.isEmpty() ? "" : type.get(0)) + "_" + channel.substring(2);
        if (group.equals("24.3.0") && contents.size() == 7) {
            // DSMR 2 and 3: (time)(status)(period)(count)(code)(unit)(reading), the reading on a line of its own.
            return add(name, contents.get(6), contents.get(5), names, values);
        }
        return contents.size() != 2 || add(name, contents.get(1), null, names, values);
    }

    /** Kinds of EN 13757-3. */
    private static String kind(String type) {
        return switch (type.replaceAll("^0+", "")) {
            case "3" -> "gas";
            case "4", "C", "c", "12" -> "heat";
            case "6", "7" -> "water";
            case "2" -> "electricity";
            case "A", "B", "a", "b", "10", "11" -> "cold";
            default -> "meter";
        };
    }

    private static boolean add(
            String name, String content, @Nullable String unitBefore, Set<String> names, List<Observation> values) {
        int star = content.indexOf('*');
        String number = star < 0 ? content : content.substring(0, star);
        String unitName = star < 0 ? unitBefore : content.substring(star + 1);
        if (number.isEmpty() || names.contains(name)) {
            return true;
        }
        if (!number.matches("-?[0-9]{1,15}(\\.[0-9]{1,12})?")) {
            // A damaged number is no number; a text or a time in its place is none either.
            return star < 0;
        }
        double value = Double.parseDouble(number);
        if (unitName == null) {
            boolean counted = name.equals("tariff") || name.endsWith("failures") || name.startsWith("voltage_s");
            if (counted && names.add(name)) {
                values.add(Observation.good(name, value, name.equals("tariff") ? null : "count"));
            }
            return true;
        }
        Optional<SenmlUnit> unit = SenmlUnit.find(spelled(unitName));
        if (unit.isPresent()) {
            names.add(name);
            values.add(Observation.good(
                    name, primary(number, unit.get()), unit.get().primary()));
        } else if (unitName.equals("GJ") || unitName.equals("MJ")) {
            names.add(name);
            values.add(Observation.good(name, value * (unitName.equals("GJ") ? 1e9 : 1e6), "J"));
        }
        return true;
    }

    /** Multiplied in decimal, so that 1.001 kWh are 3603600 J and not a little less. */
    private static double primary(String number, SenmlUnit unit) {
        return new BigDecimal(number)
                .multiply(BigDecimal.valueOf(unit.multiplier()))
                .divide(BigDecimal.valueOf(unit.divisor()), MathContext.DECIMAL64)
                .add(BigDecimal.valueOf(unit.offset()))
                .doubleValue();
    }

    /** Units as SenML writes them. */
    private static String spelled(String unit) {
        return switch (unit) {
            case "kVArh", "kVarh", "kvarh" -> "kvarh";
            case "kVAr", "kVar", "kvar" -> "kvar";
            case "VAr", "Var" -> "var";
            case "VArh", "Varh" -> "varh";
            case "m3", "M3" -> "m3";
            default -> unit;
        };
    }
}
