package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.framing.VeDirectHex;
import io.thicket.drivers.virtual.VirtualFrames;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of a device out of values: the way back of {@link SpecDecoder}, for virtual sensors. It writes into an
 * example of the specification that has values, so that everything else of the frame is as the device sends it.
 */
public final class SpecEncoder implements VirtualFrames {
    private final FrameSpec frame;
    private final byte[] template;
    private final List<Place> places;

    private SpecEncoder(FrameSpec frame, byte[] template, List<Place> places) {
        this.frame = frame;
        this.template = template;
        this.places = places;
    }

    /**
     * One number of the frame.
     *
     * @param at its place, -1 if it is in a field with a label
     * @param example its value in the example, in the unit of the specification
     */
    private record Place(String name, ValueSpec value, int at, double example) {}

    /** The first of {@link #all}; empty if there is none. */
    public static Optional<SpecEncoder> of(DeviceSpec spec, String model) {
        return all(spec, model).stream().findFirst();
    }

    /**
     * One for each kind of message of the device of that id, in the order of the examples; none for messages without an example with
     * numbers, and for lines of text.
     */
    public static List<SpecEncoder> all(DeviceSpec spec, String model) {
        List<SpecEncoder> encoders = new ArrayList<>();
        Set<MessageSpec> seen = new HashSet<>();
        if (spec.frame() instanceof FrameSpec.Line) {
            return encoders;
        }
        for (ExampleSpec example : spec.examples()) {
            List<byte[]> frames = new ArrayList<>();
            byte[] bytes = example.bytes().toArray();
            spec.frame().newFramer().onBytes(0, bytes, 0, bytes.length, (at, buffer, from, size) -> {
                byte[] copy = new byte[size];
                System.arraycopy(buffer, from, copy, 0, size);
                frames.add(copy);
            });
            if (!example.values().isEmpty() && !frames.isEmpty()) {
                byte[] first = frames.get(0);
                MessageSpec message = messageOf(spec, first);
                List<Place> places = message == null
                        ? List.of()
                        : spec.frame().hasFields() ? fields(message, model, first) : places(message, model, first);
                if (!places.isEmpty() && seen.add(message)) {
                    encoders.add(new SpecEncoder(spec.frame(), first, places));
                }
            }
        }
        return encoders;
    }

    /** Of a line with fields only the blocks; its messages in hex are answers. */
    private static @Nullable MessageSpec messageOf(DeviceSpec spec, byte[] frame) {
        if (spec.frame().hasFields() && frame[0] == VeDirectHex.START) {
            return null;
        }
        return spec.messages().stream()
                .filter(each -> !spec.frame().hasFields() || each.match().isEmpty())
                .filter(each -> each.isOf(frame, 0, frame.length))
                .findFirst()
                .orElse(null);
    }

    private static List<Place> fields(MessageSpec message, String model, byte[] frame) {
        FieldBlock block = new FieldBlock(Bytes.copyOf(frame));
        List<Place> places = new ArrayList<>();
        for (ValueSpec value : message.values()) {
            double raw = value.field() == null ? Double.NaN : block.number(value.field());
            boolean number = value.decimal()
                    && value.unit() != null
                    && !value.flag()
                    && value.names().isEmpty();
            if (number && value.isOf(model) && !Double.isNaN(raw)) {
                places.add(new Place(value.name(), value, -1, value.scaling().apply(raw)));
            }
        }
        return places;
    }

    private static List<Place> places(MessageSpec message, String model, byte[] bytes) {
        List<Place> places = new ArrayList<>();
        Places where = new Places(message, bytes, 0, bytes.length);
        for (ValueSpec value : message.values()) {
            NumberType type = value.type();
            // A number without a unit is a code (a kind of fix, bits of an error): it stays as it is.
            boolean number = type != null
                    && value.unit() != null
                    && type.kind() != NumberType.Kind.BCD
                    && !value.flag()
                    && value.names().isEmpty()
                    && value.scaling().polynomial().isEmpty();
            int at = where.has(value.tag()) ? where.place(value) : -1;
            if (number && type != null && at >= 0 && value.isOf(model) && where.holds(value.when())) {
                add(value, type, at, where.end(value), bytes, places);
            }
        }
        return places;
    }

    private static void add(ValueSpec value, NumberType type, int at, int end, byte[] bytes, List<Place> places) {
        Repeat repeat = value.repeat();
        int count = repeat == null ? 1 : SpecDecoder.count(repeat, bytes, 0, bytes.length);
        for (int i = 0; i < count; i++) {
            int place = repeat == null ? at : at + i * repeat.step();
            if (place + type.bytes() > end + (repeat == null ? 0 : repeat.until())) {
                return;
            }
            long bits = type.bits(bytes, place);
            boolean whole = value.mask() == -1 && value.shift() == 0;
            double raw = whole ? type.number(bits) : (bits & value.mask()) >> value.shift();
            // What has no value now (an outlet that is not there) stays as it is, too.
            if (!value.none().contains(Long.toString(bits))) {
                String name = repeat == null ? value.name() : value.name(repeat.first() + i);
                places.add(new Place(name, value, place, value.scaling().apply(raw)));
            }
        }
    }

    /** The numbers that can be set, with their values in the example, in the unit of the specification. */
    @Override
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        places.forEach(place -> values.putIfAbsent(place.name(), place.example()));
        return values;
    }

    /** Least and greatest plausible value; infinite if the specification does not say. */
    @Override
    public double[] range(String name) {
        for (Place place : places) {
            if (place.name().equals(name)) {
                return new double[] {place.value().min(), place.value().max()};
            }
        }
        throw new IllegalArgumentException("no value '" + name + "'");
    }

    /** The bytes on the line for these values; others are as in the example. Numbers are rounded to what the frame can say. */
    @Override
    public byte[] encode(Map<String, Double> values) {
        if (frame.hasFields()) {
            Map<String, Double> numbers = new LinkedHashMap<>();
            for (Place place : places) {
                Double value = values.get(place.name());
                if (value != null && place.value().field() != null) {
                    numbers.put(place.value().field(), place.value().scaling().invert(value));
                }
            }
            return new FieldBlock(Bytes.copyOf(template)).with(numbers);
        }
        byte[] bytes = template.clone();
        for (Place place : places) {
            Double value = values.get(place.name());
            if (value != null) {
                write(place, bytes, place.value().scaling().invert(value));
            }
        }
        CheckPlace check = frame.check();
        if (check != null) {
            check.write(bytes, 0, bytes.length);
        }
        return frame instanceof FrameSpec.Escaped escaped ? escape(escaped, bytes) : bytes;
    }

    private static void write(Place place, byte[] bytes, double raw) {
        NumberType type = place.value().type();
        if (type == null) {
            return;
        }
        long bits;
        if (type.kind() == NumberType.Kind.FLOAT) {
            bits = type.bytes() == 4 ? Float.floatToIntBits((float) raw) : Double.doubleToLongBits(raw);
        } else {
            boolean signed = type.kind() != NumberType.Kind.UNSIGNED;
            int width = 8 * type.bytes() - (signed ? 1 : 0);
            double greatest = width >= 63 ? Long.MAX_VALUE : (1L << width) - 1;
            double least = type.kind() == NumberType.Kind.SIGNED ? -greatest - 1 : signed ? -greatest : 0;
            bits = (long) Math.max(least, Math.min(greatest, Math.rint(raw)));
            if (place.value().mask() != -1 || place.value().shift() != 0) {
                long mask = place.value().mask();
                bits = type.bits(bytes, place.at()) & ~mask
                        | bits << place.value().shift() & mask;
            }
        }
        type.write(bytes, place.at(), bits);
    }

    private static byte[] escape(FrameSpec.Escaped frame, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(frame.format().delimiter());
        for (byte b : bytes) {
            int code = frame.format().escapeOf(b & 0xFF);
            if (code >= 0) {
                out.write(frame.format().escape());
                out.write(code);
            } else {
                out.write(b);
            }
        }
        out.write(frame.format().delimiter());
        return out.toByteArray();
    }
}
