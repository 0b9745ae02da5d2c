package io.thicket.drivers.enocean;

import io.thicket.drivers.Observation;
import java.util.List;
import java.util.Optional;

/**
 * An EnOcean equipment profile: what the data of a telegram mean. A telegram does not say its profile.
 *
 * @param rorg kind of telegram: A5 has four bytes of data, D5 one
 * @param low what the highest number of the temperature means, in Cel
 * @param high what 0 means
 */
record Profile(String name, int rorg, Kind kind, double low, double high) {
    private static final int FOUR_BYTES = 0xA5;
    private static final int ONE_BYTE = 0xD5;

    /** Numbers of humidity and temperature go from 0 to 250. */
    private static final int FULL = 250;

    enum Kind {
        TEMPERATURE,
        HUMIDITY,
        CONTACT
    }

    private static final List<Profile> ALL = List.of(
            temperature("A5-02-01", -40),
            temperature("A5-02-02", -30),
            temperature("A5-02-03", -20),
            temperature("A5-02-04", -10),
            temperature("A5-02-05", 0),
            temperature("A5-02-06", 10),
            temperature("A5-02-07", 20),
            temperature("A5-02-08", 30),
            temperature("A5-02-09", 40),
            temperature("A5-02-0A", 50),
            temperature("A5-02-0B", 60),
            new Profile("A5-04-01", FOUR_BYTES, Kind.HUMIDITY, 0, 40),
            new Profile("D5-00-01", ONE_BYTE, Kind.CONTACT, 0, 0));

    /** The profile of that name. */
    static Optional<Profile> find(String name) {
        return ALL.stream().filter(each -> each.name.equalsIgnoreCase(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Profile::name).toList();
    }

    private static Profile temperature(String name, double low) {
        return new Profile(name, FOUR_BYTES, Kind.TEMPERATURE, low, low + 40);
    }

    int dataBytes() {
        return rorg == FOUR_BYTES ? 4 : 1;
    }

    /**
     * Adds the values of the data at {@code at}, names beginning with {@code prefix}. None if it is the telegram by which a device is
     * made known.
     */
    void read(byte[] frame, int at, String prefix, List<Observation> values) {
        int last = frame[at + dataBytes() - 1] & 0xFF;
        if ((last & 0x08) == 0) {
            return;
        }
        switch (kind) {
            case TEMPERATURE -> {
                // Falling: 255 is the lowest.
                int raw = frame[at + 2] & 0xFF;
                values.add(Observation.good(prefix + "temperature", rounded(high - (high - low) * raw / 255), "Cel"));
            }
            case HUMIDITY -> {
                int humidity = frame[at + 1] & 0xFF;
                int raw = frame[at + 2] & 0xFF;
                if (humidity <= FULL) {
                    values.add(Observation.good(prefix + "humidity", rounded(100.0 * humidity / FULL), "%RH"));
                }
                // Bit 1: there is a sensor of temperature.
                if ((last & 0x02) != 0 && raw <= FULL) {
                    values.add(
                            Observation.good(prefix + "temperature", rounded(low + (high - low) * raw / FULL), "Cel"));
                }
            }
            case CONTACT ->
                values.add(new Observation(
                        prefix + "closed",
                        new Observation.Value.Flag((last & 1) != 0),
                        null,
                        io.thicket.drivers.Quality.GOOD,
                        null));
        }
    }

    private static double rounded(double value) {
        return Math.rint(value * 100) / 100;
    }
}
