package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.FrameDecoder;
import io.thicket.drivers.framing.NmeaFramer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * NMEA 0183: satellite receivers, wind, depth, water temperature, heading. One sentence gives one set of values. A sentence
 * without a fix has no value. Sentences that are not read here are counted as such and skipped.
 */
final class Nmea0183 implements DeviceDriver {
    /** Half a sentence that is older will not be completed. */
    private static final long SILENCE_MS = 500;

    private static final DriverDescriptor DESCRIPTOR = new DriverDescriptor(
            "nmea0183",
            "NMEA 0183 (GPS, wind, depth, heading)",
            LineParameters.of8N1(9600),
            List.of(
                    new DriverDescriptor.Option(
                            "sentences",
                            "kinds to read, separated by commas, out of " + String.join(", ", NmeaSentences.KINDS)
                                    + "; all if absent"),
                    Options.VALUES));

    @Override
    public DriverDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        Options reader = new Options(DESCRIPTOR, options);
        Set<String> kinds = reader.names("sentences", NmeaSentences.KINDS);
        return new FrameSession(
                new NmeaFramer(SILENCE_MS),
                (at, frame, offset, length, values) -> decode(frame, offset, length, kinds, values),
                reader.names("values", NmeaSentences.NAMES));
    }

    private static FrameDecoder.Outcome decode(
            byte[] frame, int offset, int length, Set<String> kinds, List<Observation> values) {
        String sentence = new String(frame, offset, length, StandardCharsets.US_ASCII);
        NmeaFields fields = new NmeaFields(sentence);
        String address = fields.text(0);
        // Two letters of talker, three of kind; P begins a maker's own sentence.
        if (address.length() != 5 || address.charAt(0) == 'P') {
            return FrameDecoder.Outcome.NO_VALUE;
        }
        String kind = address.substring(2);
        if (!kinds.isEmpty() && !kinds.contains(kind)) {
            return FrameDecoder.Outcome.NO_VALUE;
        }
        if (kind.equals("VDM") || kind.equals("VDO")) {
            // AIS is handed on as it is: what follows decodes it, out of several sentences.
            int check = Checksum.XOR8.over(frame, offset, offset + length);
            values.add(Observation.good("ais", String.format(Locale.ROOT, "!%s*%02X", sentence, check)));
            return FrameDecoder.Outcome.VALUES;
        }
        NmeaSentences.read(kind, fields, values);
        if (fields.isMalformed()) {
            return FrameDecoder.Outcome.MALFORMED;
        }
        return values.isEmpty() ? FrameDecoder.Outcome.NO_VALUE : FrameDecoder.Outcome.VALUES;
    }
}
