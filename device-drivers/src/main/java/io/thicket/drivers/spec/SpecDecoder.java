package io.thicket.drivers.spec;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.framing.FrameDecoder;
import io.thicket.drivers.framing.VeDirectHex;
import io.thicket.drivers.spec.ValueSpec.Outside;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads frames as a specification says. The warm-up begins with the first frame after the line was opened. */
public final class SpecDecoder implements FrameDecoder {
    /** Most values of one frame, whatever it says about itself. */
    private static final int MAX_VALUES = 256;

    private final DeviceSpec spec;
    private final String model;
    private final long warmUpMs;
    private boolean awaitingFirstFrame;
    private boolean warmingUp;
    private long firstFrameMs;
    private long answers;
    private boolean restartWanted;

    /** @param model which of the devices it is */
    public SpecDecoder(DeviceSpec spec, DeviceSpec.Model model) {
        this(spec, model.id(), model.warmUpMs());
    }

    /** The first of the devices, that was switched on long ago. */
    SpecDecoder(DeviceSpec spec) {
        this(spec, spec.models().get(0).id(), 0);
    }

    private SpecDecoder(DeviceSpec spec, String model, long warmUpMs) {
        this.spec = spec;
        this.model = model;
        this.warmUpMs = warmUpMs;
    }

    /** Answers so far: frames of any kind, unless {@code [poll]} says which. */
    public long answers() {
        return answers;
    }

    /** Whether the device has asked to be set up again since this was last called. */
    public boolean takeRestart() {
        boolean wanted = restartWanted;
        restartWanted = false;
        return wanted;
    }

    @Override
    public void reopened() {
        awaitingFirstFrame = true;
        warmingUp = warmUpMs > 0;
    }

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        PollSpec poll = spec.poll();
        if (poll == null || poll.isAnswer(frame, offset, length)) {
            answers++;
        }
        advanceWarmUp(arrivedAtMs);
        MessageSpec message = messageOf(frame, offset, length);
        if (message == null) {
            return Outcome.NO_VALUE;
        }
        restartWanted |= message.restart();
        if (message.values().isEmpty()) {
            return Outcome.IGNORED;
        }
        Doubt doubt = null;
        for (QualityRule rule : message.quality()) {
            if (rule.when().holds(frame, offset, length)) {
                if (rule.quality() == null) {
                    return Outcome.NO_VALUE;
                }
                doubt = new Doubt(rule.quality(), reason(rule, frame, offset, length));
                break;
            }
        }
        boolean right = spec.frame().hasFields() && message.match().isEmpty()
                ? readFields(message, fields(frame, offset, length), doubt, values)
                : readPlaces(message, frame, offset, length, doubt, values);
        if (!right) {
            return Outcome.MALFORMED;
        }
        return values.isEmpty() ? Outcome.NO_VALUE : Outcome.VALUES;
    }

    /** Why a value is not good. */
    private record Doubt(Quality quality, String reason) {}

    private void advanceWarmUp(long arrivedAtMs) {
        if (awaitingFirstFrame) {
            awaitingFirstFrame = false;
            firstFrameMs = arrivedAtMs;
        }
        if (warmingUp && arrivedAtMs - firstFrameMs >= warmUpMs) {
            warmingUp = false;
        }
    }

    private @Nullable MessageSpec messageOf(byte[] frame, int offset, int length) {
        boolean inHex = frame[offset] == VeDirectHex.START;
        for (MessageSpec message : spec.messages()) {
            // A block of fields has no places to match; a message in hex has.
            boolean otherKind =
                    spec.frame().hasFields() && inHex == message.match().isEmpty();
            if (!otherKind && message.isOf(frame, offset, length)) {
                return message;
            }
        }
        return null;
    }

    private static String reason(QualityRule rule, byte[] frame, int offset, int length) {
        if (!rule.reason().contains("{}") || rule.when().test() == Condition.Test.ALL) {
            return rule.reason();
        }
        double number = rule.when().number(frame, offset, length);
        return rule.reason().replace("{}", number == (long) number ? Long.toString((long) number) : "" + number);
    }

    // --- places of a binary frame -----------------------------------------------------------------------------------

    private boolean readPlaces(
            MessageSpec message,
            byte[] frame,
            int offset,
            int length,
            @Nullable Doubt doubt,
            List<Observation> values) {
        Places places = new Places(message, frame, offset, length);
        for (ValueSpec value : message.values()) {
            if (!value.isOf(model) || !places.has(value.tag()) || !places.holds(value.when())) {
                continue;
            }
            Repeat repeat = value.repeat();
            int count = repeat == null ? 1 : count(repeat, frame, offset, length);
            int end = places.end(value) + (repeat == null ? 0 : repeat.until());
            int at = places.place(value);
            for (int i = 0; i < count; i++) {
                int place = repeat == null ? at : at + i * repeat.step();
                int size =
                        value.type() == null ? value.textSize() : value.type().bytes();
                if (place < 0 || place + size > end || values.size() >= MAX_VALUES) {
                    break;
                }
                String name = repeat == null ? value.name() : value.name(repeat.first() + i);
                if (!readPlace(value, name, frame, offset + place, doubt, values)) {
                    return false;
                }
            }
        }
        return true;
    }

    static int count(Repeat repeat, byte[] frame, int offset, int length) {
        int count = repeat.count() > 0 ? repeat.count() : repeat.max();
        Condition said = repeat.countAt();
        if (said != null) {
            int place = said.at() < 0 ? length + said.at() : said.at();
            count = place < 0 || place >= length ? 0 : frame[offset + place] & 0xFF;
        }
        return Math.min(count, repeat.max());
    }

    private boolean readPlace(
            ValueSpec value, String name, byte[] frame, int place, @Nullable Doubt doubt, List<Observation> values) {
        NumberType type = value.type();
        if (type == null) {
            return readText(value, name, text(frame, place, value.textSize()), doubt, values);
        }
        long bits = type.bits(frame, place);
        double number;
        String raw;
        if (value.mask() != -1 || value.shift() != 0) {
            bits = (bits & value.mask()) >> value.shift();
            number = bits;
            raw = Long.toString(bits);
        } else {
            number = type.number(bits);
            raw = type.kind() == NumberType.Kind.BCD ? Long.toString((long) number) : Long.toString(bits);
        }
        if (value.none().contains(raw) || Double.isNaN(number)) {
            return true;
        }
        if (value.flag()) {
            add(name, new Observation.Value.Flag(bits != 0), null, doubt, values);
        } else if (!value.names().isEmpty()) {
            String word = value.names().getOrDefault(raw, raw);
            add(name, new Observation.Value.Text(word), null, doubt, values);
        } else {
            addNumber(value, name, number, doubt, values);
        }
        return true;
    }

    /** Printable ASCII without blanks around it; null if it is something else. */
    private static @Nullable String text(byte[] frame, int place, int size) {
        int end = place + size;
        while (end > place && frame[end - 1] == 0) {
            end--;
        }
        for (int i = place; i < end; i++) {
            if (frame[i] < 0x20 || frame[i] > 0x7E) {
                return null;
            }
        }
        return new String(frame, place, end - place, StandardCharsets.US_ASCII).strip();
    }

    // --- labelled fields --------------------------------------------------------------------------------------------

    /** Lines of {@code label TAB value}; later ones of the same label do not count. */
    static Map<String, String> fields(byte[] frame, int offset, int length) {
        Map<String, String> fields = new LinkedHashMap<>();
        String block = new String(frame, offset, length, StandardCharsets.ISO_8859_1);
        for (String line : block.split("\r\n", -1)) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                fields.putIfAbsent(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        return fields;
    }

    private boolean readFields(
            MessageSpec message, Map<String, String> fields, @Nullable Doubt doubt, List<Observation> values) {
        for (ValueSpec value : message.values()) {
            String text = value.isOf(model) ? fields.get(value.field()) : null;
            if (text != null && !readText(value, value.name(), text, doubt, values)) {
                return false;
            }
        }
        return true;
    }

    private boolean readText(
            ValueSpec value, String name, @Nullable String text, @Nullable Doubt doubt, List<Observation> values) {
        if (text == null || text.length() > 128) {
            return false;
        }
        if (text.isEmpty() || value.none().contains(text)) {
            return true;
        }
        if (value.flag()) {
            boolean yes = text.equals("ON") || text.equals("1");
            if (!yes && !text.equals("OFF") && !text.equals("0")) {
                return false;
            }
            add(name, new Observation.Value.Flag(yes), null, doubt, values);
        } else if (!value.names().isEmpty()) {
            add(name, new Observation.Value.Text(value.names().getOrDefault(text, text)), null, doubt, values);
        } else if (value.decimal()) {
            if (!text.matches("[-+]?[0-9]{1,15}(\\.[0-9]{1,15})?")) {
                return false;
            }
            addNumber(value, name, Double.parseDouble(text), doubt, values);
        } else {
            add(name, new Observation.Value.Text(text), null, doubt, values);
        }
        return true;
    }

    // --- observations -----------------------------------------------------------------------------------------------

    private void addNumber(ValueSpec value, String name, double raw, @Nullable Doubt doubt, List<Observation> values) {
        double scaled = value.scaling().apply(raw);
        double primary = value.unit() == null ? scaled : value.unit().toPrimary(scaled);
        if (!Double.isFinite(primary)) {
            return;
        }
        Doubt its = doubt;
        if (scaled < value.min() || scaled > value.max()) {
            if (value.outside() == Outside.NONE) {
                return;
            }
            if (its == null) {
                Quality quality = value.outside() == Outside.BAD ? Quality.BAD : Quality.UNCERTAIN;
                its = new Doubt(quality, "beyond the sensor's range");
            }
        }
        String unit = value.unit() == null ? null : value.unit().primary();
        // -0.0 would print as such.
        add(name, new Observation.Value.Numeric(primary == 0 ? 0 : primary), unit, its, values);
    }

    private void add(
            String name,
            Observation.Value value,
            @Nullable String unit,
            @Nullable Doubt doubt,
            List<Observation> values) {
        if (doubt != null) {
            values.add(new Observation(name, value, unit, doubt.quality(), doubt.reason()));
        } else if (warmingUp) {
            String reason = "less than " + readable(warmUpMs) + " since it began to send";
            values.add(new Observation(name, value, unit, Quality.WARMING_UP, reason));
        } else {
            values.add(new Observation(name, value, unit, Quality.GOOD, null));
        }
    }

    private static String readable(long ms) {
        return ms % 60_000 == 0 ? ms / 60_000 + " min" : ms / 1000 + " s";
    }
}
