package io.thicket.drivers.meter;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.framing.FrameDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values of a readout (IEC 62056-21), and the identification of the meter that is about to give it. */
public final class ReadoutDecoder implements FrameDecoder {
    /** Where a meter says that it is broken: F.F, or its long form. */
    private static final List<String> FAULTS = List.of("F.F", "F.F.0", "97.97.0", "0-0:97.97.0", "1-0:97.97.0");

    private Optional<Identification> identification = Optional.empty();
    private long readouts;

    /** Data messages so far, of whatever content. */
    public long readouts() {
        return readouts;
    }

    /** The identification that came since the last call, if one did. */
    public Optional<Identification> takeIdentification() {
        Optional<Identification> taken = identification;
        identification = Optional.empty();
        return taken;
    }

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        String text = new String(frame, offset, length, StandardCharsets.ISO_8859_1);
        if (text.startsWith("/")) {
            Optional<Identification> said = Identification.parse(text);
            if (said.isPresent()) {
                identification = said;
            }
            return Outcome.IGNORED;
        }
        readouts++;
        // Without STX, ETX and BCC. The first line of a telegram is its identification.
        Optional<Telegram> telegram = Telegram.parse("\n" + objects(text.substring(1, length - 2)));
        if (telegram.isEmpty()) {
            return Outcome.MALFORMED;
        }
        Map<String, List<String>> objects = full(telegram.get().objects());
        Outcome outcome = TelegramDecoder.values(objects, values);
        for (String code : FAULTS) {
            String fault = String.join(" ", objects.getOrDefault(code, List.of()));
            if (fault.matches(".*[1-9A-Fa-f].*")) {
                doubt(values, "the meter reports a fault: " + code + " is " + shortened(fault));
                break;
            }
        }
        return outcome;
    }

    /** Without lines that are no objects, such as notes of the maker: the check has shown that they are not damaged. */
    private static String objects(String data) {
        return data.lines().filter(line -> line.matches("[^()]*\\(.*\\)")).collect(Collectors.joining("\n"));
    }

    /** Codes as {@code 32.7} are short for {@code 32.7.0}. A peak has its value first and then its time, other than in P1 telegrams. */
    private static Map<String, List<String>> full(Map<String, List<String>> objects) {
        Map<String, List<String>> full = new LinkedHashMap<>();
        objects.forEach((code, contents) -> full.putIfAbsent(
                code.matches("[0-9]{1,2}\\.[0-9]{1,2}") ? code + ".0" : code,
                contents.stream()
                        .filter(content -> content.contains("*"))
                        .findFirst()
                        .map(List::of)
                        .orElse(contents)));
        return full;
    }

    private static String shortened(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "...";
    }

    private static void doubt(List<Observation> values, String why) {
        List<Observation> doubted = new ArrayList<>();
        for (Observation each : values) {
            doubted.add(new Observation(each.name(), each.value(), each.unit(), Quality.UNCERTAIN, why));
        }
        values.clear();
        values.addAll(doubted);
    }

    /**
     * How a meter answers a sign-on (IEC 62056-21 section 6.3.2): a slash, three letters of the maker, the character Z, and what it is called.
     *
     * @param speed the character Z: a digit is mode C, a letter A to F mode B, anything else mode A
     */
    public record Identification(char speed) {
        private static final List<Integer> BAUDS = List.of(300, 600, 1200, 2400, 4800, 9600, 19_200);

        /** Speeds that can be agreed on. */
        public static List<Integer> bauds() {
            return BAUDS;
        }

        static Optional<Identification> parse(String line) {
            return line.matches("/[A-Za-z]{3}[ -~].*")
                    ? Optional.of(new Identification(line.charAt(4)))
                    : Optional.empty();
        }

        /** Whether the speed is agreed on by an acknowledgement. */
        public boolean isModeC() {
            return speed >= '0' && speed < '0' + BAUDS.size();
        }

        /** The speed that the meter offers (mode C) or takes (mode B); 300 in mode A. */
        public int baud() {
            if (isModeC()) {
                return BAUDS.get(speed - '0');
            }
            return speed >= 'A' && speed <= 'F' ? BAUDS.get(speed - 'A' + 1) : BAUDS.get(0);
        }
    }
}
