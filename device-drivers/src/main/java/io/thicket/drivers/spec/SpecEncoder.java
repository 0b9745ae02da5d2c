package io.thicket.drivers.spec;

import io.thicket.drivers.framing.CheckPlace;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes frames of a device out of values: the way back of {@link SpecDecoder}, for virtual sensors. It writes into the first
 * example of the specification that has values, so that everything else of the frame is as the device sends it.
 */
public final class SpecEncoder {
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
     * @param example its value in the example, in the unit of the specification
     */
    private record Place(String name, ValueSpec value, int at, double example) {}

    /** For the device of that id; empty if its frames are no places with numbers (text, labelled fields). */
    public static Optional<SpecEncoder> of(DeviceSpec spec, String model) {
        if (spec.frame().hasFields() || spec.frame() instanceof FrameSpec.Line) {
            return Optional.empty();
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
                List<Place> places = places(spec, model, frames.get(0));
                if (!places.isEmpty()) {
                    return Optional.of(new SpecEncoder(spec.frame(), frames.get(0), places));
                }
            }
        }
        return Optional.empty();
    }

    private static List<Place> places(DeviceSpec spec, String model, byte[] bytes) {
        List<Place> places = new ArrayList<>();
        for (MessageSpec message : spec.messages()) {
            if (!message.isOf(bytes, 0, bytes.length)) {
                continue;
            }
            Places where = new Places(message, bytes, 0, bytes.length);
            for (ValueSpec value : message.values()) {
                NumberType type = value.type();
                // A number without a unit is a code (a kind of fix, bits of an error): it stays as it is.
                boolean number = type != null
                        && value.unit() != null
                        && type.kind() != NumberType.Kind.BCD
                        && !value.flag()
                        && value.names().isEmpty()
                        && value.scaling().polynomial().isEmpty()
                        && value.repeat() == null;
                int at = where.has(value.tag()) ? where.place(value) : -1;
                if (number && type != null && at >= 0 && value.isOf(model) && where.holds(value.when())) {
                    long bits = type.bits(bytes, at);
                    boolean whole = value.mask() == -1 && value.shift() == 0;
                    double raw = whole ? type.number(bits) : (bits & value.mask()) >> value.shift();
                    places.add(
                            new Place(value.name(), value, at, value.scaling().apply(raw)));
                }
            }
            return places;
        }
        return places;
    }

    /** The numbers that can be set, with their values in the example, in the unit of the specification. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        places.forEach(place -> values.putIfAbsent(place.name(), place.example()));
        return values;
    }

    /** Least and greatest plausible value; infinite if the specification does not say. */
    public double[] range(String name) {
        for (Place place : places) {
            if (place.name().equals(name)) {
                return new double[] {place.value().min(), place.value().max()};
            }
        }
        throw new IllegalArgumentException("no value '" + name + "'");
    }

    /** The bytes on the line for these values; others are as in the example. Numbers are rounded to what the frame can say. */
    public byte[] encode(Map<String, Double> values) {
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
