package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.LineParameters;
import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.LengthFieldFramer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Plantower particle sensors in active mode: {@code 42 4D}, length, thirteen 16-bit words, sum. The models share header
 * and length, so which one is attached must be configured.
 *
 * <p>Names: {@code pm1_0 pm2_5 pm10} are the atmospheric mass concentrations (for ambient air), those with {@code _cf1} the
 * factory ones, all in kg/m3. {@code n0_3} and so on count the particles larger than 0.3 um in 0.1 litre of air.
 */
final class PlantowerPms implements DeviceDriver {
    /** The manual asks to wait so long after power-on before trusting a value. */
    static final long WARM_UP_MS = 30_000;

    /** The sensor repeats its frame every 0.2 to 2.3 s; half a frame that is older will not be completed. */
    private static final long SILENCE_MS = 500;

    /** The sensor's range is 0 to 1000 ug/m3. */
    private static final int MAX_MASS = 1000;

    private static final byte[] START = {0x42, 0x4D};
    private static final int DATA_LENGTH = 28;
    private static final int ANSWER_LENGTH = 4;
    private static final int FIRST_WORD_AT = 4;

    /** Words that are all zero while the sensor has not measured yet. */
    private static final int MEASURED_WORDS = 12;

    private static final int ERROR_BYTE_AT = FIRST_WORD_AT + 2 * MEASURED_WORDS + 1;

    private final DriverDescriptor descriptor;
    private final boolean withClimate;

    /** @param withClimate whether words 10 and 11 are temperature and humidity (5003T) instead of particle counts */
    PlantowerPms(String id, String title, boolean withClimate) {
        this.withClimate = withClimate;
        this.descriptor = new DriverDescriptor(id, title, LineParameters.of8N1(9600), List.of(Options.VALUES));
    }

    @Override
    public DriverDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public DeviceSession open(Map<String, String> options) {
        List<String> names = Arrays.stream(words(withClimate)).map(Word::name).toList();
        LengthFieldFramer framer =
                new LengthFieldFramer(START, new int[] {DATA_LENGTH, ANSWER_LENGTH}, Checksum.SUM16, SILENCE_MS);
        return new FrameSession(
                framer, new Decoder(withClimate), new Options(descriptor, options).names("values", names));
    }

    /** One 16-bit word: the value is {@code word / divisor}. Words are in the order of the frame. */
    private record Word(String name, String unit, double divisor, int max, boolean signed) {}

    private static Word[] words(boolean withClimate) {
        return new Word[] {
            mass("pm1_0_cf1"),
            mass("pm2_5_cf1"),
            mass("pm10_cf1"),
            mass("pm1_0"),
            mass("pm2_5"),
            mass("pm10"),
            particles("n0_3"),
            particles("n0_5"),
            particles("n1_0"),
            particles("n2_5"),
            withClimate ? new Word("temperature", "Cel", 10, 800, true) : particles("n5_0"),
            withClimate ? new Word("humidity", "%RH", 10, 1000, false) : particles("n10"),
        };
    }

    private static Word mass(String name) {
        return new Word(name, "kg/m3", 1e9, MAX_MASS, false);
    }

    private static Word particles(String name) {
        return new Word(name, "count", 1, 0xFFFF, false);
    }

    /** The warm-up begins with the first frame after the line was opened; a recording has none. */
    private static final class Decoder implements FrameDecoder {
        private final Word[] words;
        private boolean awaitingFirstFrame;
        private boolean warmingUp;
        private long firstFrameMs;

        Decoder(boolean withClimate) {
            this.words = words(withClimate);
        }

        @Override
        public void reopened() {
            awaitingFirstFrame = true;
            warmingUp = true;
        }

        @Override
        public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
            if (length != DATA_LENGTH + FIRST_WORD_AT) {
                return Outcome.IGNORED;
            }
            if (awaitingFirstFrame) {
                awaitingFirstFrame = false;
                firstFrameMs = arrivedAtMs;
            }
            if (warmingUp && arrivedAtMs - firstFrameMs >= WARM_UP_MS) {
                warmingUp = false;
            }
            boolean measured = false;
            int error = frame[offset + ERROR_BYTE_AT] & 0xFF;
            for (int i = 0; i < words.length; i++) {
                int at = offset + FIRST_WORD_AT + 2 * i;
                int raw = (frame[at] & 0xFF) << 8 | frame[at + 1] & 0xFF;
                measured |= raw != 0;
                values.add(observe(words[i], raw, error));
            }
            return measured ? Outcome.VALUES : Outcome.NO_VALUE;
        }

        private Observation observe(Word word, int raw, int error) {
            int number = word.signed() ? (short) raw : raw;
            Observation.Value value = new Observation.Value.Numeric(number / word.divisor());
            if (error != 0) {
                return new Observation(
                        word.name(), value, word.unit(), Quality.UNCERTAIN, "the sensor reports error " + error);
            }
            if (number > word.max()) {
                return new Observation(word.name(), value, word.unit(), Quality.UNCERTAIN, "beyond the sensor's range");
            }
            if (warmingUp) {
                return new Observation(
                        word.name(), value, word.unit(), Quality.WARMING_UP, "less than 30 s since it began to send");
            }
            return new Observation(word.name(), value, word.unit(), Quality.GOOD, null);
        }
    }
}
