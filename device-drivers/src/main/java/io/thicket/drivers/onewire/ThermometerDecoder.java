package io.thicket.drivers.onewire;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.FrameDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Temperatures of DS18B20, DS1822, DS1825, DS28EA00 (sixteenths of a degree) and DS18S20, DS1820 (halves, and what is left to count). */
public final class ThermometerDecoder implements FrameDecoder {
    private static final int DS18S20 = 0x10;
    private static final List<Integer> SIXTEENTHS = List.of(0x28, 0x22, 0x3B, 0x42);

    /** What the register holds before the first conversion. */
    private static final double POWER_ON = 85;

    private static final double MIN = -55;
    private static final double MAX = 125;

    private final Map<Rom, String> names;
    private long frames;

    /** @param names of the thermometers to listen to; if empty all, by their number */
    public ThermometerDecoder(Map<Rom, String> names) {
        this.names = Map.copyOf(names);
    }

    /** Frames so far, of whatever thermometer and with whatever in them. */
    public long frames() {
        return frames;
    }

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        frames++;
        int from = offset + ScratchpadFramer.ROM_AT;
        Rom rom = new Rom(Bytes.copyOf(Arrays.copyOfRange(frame, from, from + Rom.LENGTH)));
        String name = names.isEmpty() ? rom.text() : names.get(rom);
        if (name == null || ScratchpadFramer.isNobody(frame, offset)) {
            return Outcome.NO_VALUE;
        }
        int at = offset + ScratchpadFramer.PAD_AT;
        Double celsius = celsius(rom.family(), frame, at);
        if (celsius == null) {
            return isThermometer(rom) ? Outcome.MALFORMED : Outcome.NO_VALUE;
        }
        values.add(observation(name + ".temperature", celsius));
        return Outcome.VALUES;
    }

    /** Whether its temperature can be read here. */
    public static boolean isThermometer(Rom rom) {
        return rom.family() == DS18S20 || SIXTEENTHS.contains(rom.family());
    }

    private static Observation observation(String name, double celsius) {
        Quality quality = Quality.GOOD;
        String reason = null;
        if (celsius == POWER_ON) {
            quality = Quality.WARMING_UP;
            reason = "85 Cel is what it says before its first conversion";
        } else if (celsius < MIN || celsius > MAX) {
            quality = Quality.UNCERTAIN;
            reason = "beyond -55 to 125 Cel";
        }
        return new Observation(name, new Observation.Value.Numeric(celsius), "Cel", quality, reason);
    }

    /** Null if the scratchpad cannot be one: a line that is held low has a right CRC, too. */
    private static @Nullable Double celsius(int family, byte[] bytes, int at) {
        int raw = bytes[at + 1] << 8 | bytes[at] & 0xFF;
        int perDegree = bytes[at + 7] & 0xFF;
        if (family == DS18S20) {
            int remain = bytes[at + 6] & 0xFF;
            if (perDegree == 0 || remain > perDegree) {
                return null;
            }
            // DS18S20 data sheet, "operation, measuring temperature": the half degree is cut off first. Its power-on
            // value stays as it is.
            double counted = (raw >> 1) - 0.25 + (perDegree - remain) / (double) perDegree;
            return raw == 2 * POWER_ON ? POWER_ON : counted;
        }
        if (!SIXTEENTHS.contains(family)) {
            return null;
        }
        // The low five bits of the configuration are always 1 (DS18B20), or an address and not all 0 together with the
        // rest (DS1825).
        boolean empty = raw == 0 && bytes[at + 2] == 0 && bytes[at + 3] == 0 && bytes[at + 4] == 0 && perDegree == 0;
        return empty ? null : Double.valueOf(raw / 16.0);
    }
}
