package io.thicket.drivers.catalogue;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What each kind of sentence says. Field numbers are those of the standard: field 0 is the address. */
final class NmeaSentences {
    /** The kinds that are read. */
    static final List<String> KINDS = List.of(
            "RMC", "GGA", "GLL", "VTG", "GSA", "HDT", "HDM", "HDG", "MWV", "MTW", "DBT", "DPT", "GSV", "VDM", "VDO");

    /** The names of all values. */
    static final List<String> NAMES = List.of(
            "lat",
            "lon",
            "altitude",
            "speed",
            "course",
            "satellites",
            "fix",
            "pdop",
            "hdop",
            "vdop",
            "heading_true",
            "heading_magnetic",
            "wind_angle",
            "wind_speed",
            "wind_angle_true",
            "wind_speed_true",
            "water_temperature",
            "depth",
            "depth_offset",
            "satellites_in_view_gp",
            "satellites_in_view_gl",
            "satellites_in_view_ga",
            "satellites_in_view_gb",
            "satellites_in_view_bd",
            "satellites_in_view_gq",
            "satellites_in_view_gn",
            "ais");

    private static final double METRES_PER_FOOT = 0.3048;
    private static final double FEET_PER_FATHOM = 6;

    private NmeaSentences() {}

    /** Adds what the sentence says; nothing if there is no fix, no value, or the kind is not known. */
    static void read(String kind, NmeaFields fields, List<Observation> values) {
        switch (kind) {
            case "RMC" -> rmc(fields, values);
            case "GGA" -> gga(fields, values);
            case "GLL" -> gll(fields, values);
            case "VTG" -> vtg(fields, values);
            case "GSA" -> gsa(fields, values);
            case "HDT" -> add(values, "heading_true", fields.angle(1), "deg");
            case "HDM", "HDG" -> add(values, "heading_magnetic", fields.angle(1), "deg");
            case "MWV" -> mwv(fields, values);
            case "MTW" -> mtw(fields, values);
            case "DBT" -> dbt(fields, values);
            case "DPT" -> {
                add(values, "depth", fields.number(1), "m");
                add(values, "depth_offset", fields.number(2), "m");
            }
            case "GSV" -> gsv(fields, values);
            default -> {}
        }
    }

    /** Satellites in view; the first of the sentences that list them says how many. */
    private static void gsv(NmeaFields fields, List<Observation> values) {
        String name = "satellites_in_view_" + fields.text(0).substring(0, 2).toLowerCase(Locale.ROOT);
        double sentence = fields.number(2);
        double count = fields.number(3);
        if (sentence == 1 && NAMES.contains(name)) {
            add(values, name, count, "count");
        }
    }

    private static void rmc(NmeaFields fields, List<Observation> values) {
        String doubt = doubtOfMode(fields.text(12));
        if (!isActive(fields, 2) || fields.is(12, "N")) {
            return;
        }
        position(fields, 3, doubt, values);
        add(values, "speed", metresPerSecond(fields.number(7), 1852.0 / 3600), "m/s", doubt);
        add(values, "course", fields.angle(8), "deg", doubt);
    }

    private static void gga(NmeaFields fields, List<Observation> values) {
        double fix = fields.number(6);
        // Quality 0 is no fix; an empty field is none either.
        if (Double.isNaN(fix) || fix == 0) {
            return;
        }
        String doubt = fix == 6
                ? "dead reckoning"
                : fix == 7 ? "position entered by hand" : fix == 8 ? "the receiver is in simulator mode" : null;
        position(fields, 2, doubt, values);
        add(values, "altitude", fields.number(9), "m", doubt);
        add(values, "satellites", fields.number(7), "count", doubt);
        add(values, "hdop", fields.number(8), null, doubt);
        add(values, "fix", fix, null, doubt);
    }

    private static void gll(NmeaFields fields, List<Observation> values) {
        if (isActive(fields, 6) && !fields.is(7, "N")) {
            position(fields, 1, doubtOfMode(fields.text(7)), values);
        }
    }

    private static void vtg(NmeaFields fields, List<Observation> values) {
        if (fields.is(9, "N")) {
            return;
        }
        String doubt = doubtOfMode(fields.text(9));
        add(values, "course", fields.angle(1), "deg", doubt);
        double knots = metresPerSecond(fields.number(5), 1852.0 / 3600);
        double kilometres = metresPerSecond(fields.number(7), 1 / 3.6);
        add(values, "speed", Double.isNaN(knots) ? kilometres : knots, "m/s", doubt);
    }

    private static void gsa(NmeaFields fields, List<Observation> values) {
        double mode = fields.number(2);
        if (Double.isNaN(mode) || mode < 2) {
            return;
        }
        add(values, "pdop", fields.number(15), null);
        add(values, "hdop", fields.number(16), null);
        add(values, "vdop", fields.number(17), null);
    }

    private static void mwv(NmeaFields fields, List<Observation> values) {
        if (!isActive(fields, 5)) {
            return;
        }
        boolean isTrueWind = fields.is(2, "T");
        if (!isTrueWind && !fields.is(2, "R")) {
            fields.refuse();
            return;
        }
        double factor =
                switch (fields.text(4)) {
                    case "N" -> 1852.0 / 3600;
                    case "K" -> 1 / 3.6;
                    case "M" -> 1;
                    case "S" -> 1609.344 / 3600;
                    default -> Double.NaN;
                };
        double speed = fields.number(3);
        if (!Double.isNaN(speed) && Double.isNaN(factor)) {
            fields.refuse();
        }
        add(values, isTrueWind ? "wind_angle_true" : "wind_angle", fields.angle(1), "deg");
        add(values, isTrueWind ? "wind_speed_true" : "wind_speed", metresPerSecond(speed, factor), "m/s");
    }

    private static void mtw(NmeaFields fields, List<Observation> values) {
        double temperature = fields.number(1);
        if (!Double.isNaN(temperature) && !fields.is(2, "C")) {
            fields.refuse();
        }
        add(values, "water_temperature", temperature, "Cel");
    }

    private static void dbt(NmeaFields fields, List<Observation> values) {
        double feet = fields.number(1);
        double metres = fields.number(3);
        double fathoms = fields.number(5);
        if (!Double.isNaN(metres)) {
            add(values, "depth", metres, "m");
        } else if (!Double.isNaN(feet)) {
            add(values, "depth", Numbers.round(feet * METRES_PER_FOOT, 4), "m");
        } else {
            add(values, "depth", Numbers.round(fathoms * FEET_PER_FATHOM * METRES_PER_FOOT, 4), "m");
        }
    }

    /** Status A; V is the receiver's warning, an empty field is no statement. */
    private static boolean isActive(NmeaFields fields, int index) {
        if (!fields.is(index, "A") && !fields.is(index, "V") && !fields.is(index, "")) {
            fields.refuse();
        }
        return fields.is(index, "A");
    }

    private static @Nullable String doubtOfMode(String mode) {
        return switch (mode) {
            case "E" -> "dead reckoning";
            case "M" -> "position entered by hand";
            case "S" -> "the receiver is in simulator mode";
            default -> null;
        };
    }

    private static void position(NmeaFields fields, int index, @Nullable String doubt, List<Observation> values) {
        double latitude = fields.latitude(index);
        double longitude = fields.longitude(index + 2);
        if (Double.isNaN(latitude) != Double.isNaN(longitude)) {
            fields.refuse();
        }
        add(values, "lat", latitude, "lat", doubt);
        add(values, "lon", longitude, "lon", doubt);
    }

    private static double metresPerSecond(double speed, double factor) {
        return Numbers.round(speed * factor, 6);
    }

    private static void add(List<Observation> values, String name, double value, @Nullable String unit) {
        add(values, name, value, unit, null);
    }

    /** Adds a value unless the field was empty. */
    private static void add(
            List<Observation> values, String name, double value, @Nullable String unit, @Nullable String doubt) {
        if (Double.isFinite(value)) {
            Quality quality = doubt == null ? Quality.GOOD : Quality.UNCERTAIN;
            values.add(new Observation(name, new Observation.Value.Numeric(value), unit, quality, doubt));
        }
    }
}
