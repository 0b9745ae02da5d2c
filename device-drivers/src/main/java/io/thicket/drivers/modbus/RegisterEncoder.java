package io.thicket.drivers.modbus;

import io.thicket.drivers.virtual.VirtualFrames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests and answers of a Modbus device out of values: the way back of {@link RegisterValue}, for virtual devices. It writes into
 * an example of the register map, so that everything else is as the device says it.
 */
public final class RegisterEncoder implements VirtualFrames {
    private static final int DATA_AT = 3;
    private static final int REQUEST_BYTES = 8;

    private final byte[] request;
    private final byte[] answer;
    private final int base;
    private final Map<String, RegisterValue> places;

    private RegisterEncoder(byte[] request, byte[] answer, int base, Map<String, RegisterValue> places) {
        this.request = request;
        this.answer = answer;
        this.base = base;
        this.places = places;
    }

    /** One for each example of the map whose answer has numbers. */
    public static List<RegisterEncoder> all(RegisterMap map) {
        List<RegisterEncoder> all = new ArrayList<>();
        for (RegisterExchange example : map.examples()) {
            RegisterEncoder one =
                    of(map, example.request().toArray(), example.answer().toArray());
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private static @Nullable RegisterEncoder of(RegisterMap map, byte[] request, byte[] answer) {
        if (request.length != REQUEST_BYTES || answer.length < DATA_AT + ModbusCrc.LENGTH) {
            return null;
        }
        int base = (request[2] & 0xFF) << 8 | request[3] & 0xFF;
        int words = (answer[2] & 0xFF) / 2;
        Map<String, RegisterValue> places = new LinkedHashMap<>();
        for (RegisterValue value : map.values()) {
            boolean there = value.table().readFunction() == request[1]
                    && !value.table().isBits()
                    && value.address() >= base
                    && value.end() <= base + words;
            if (there && value.isWritable() && Double.isFinite(value.number(answer, DATA_AT, base))) {
                places.put(value.name(), value);
            }
        }
        return places.isEmpty() ? null : new RegisterEncoder(request, answer, base, places);
    }

    @Override
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        places.forEach((name, value) -> values.put(name, value.number(answer, DATA_AT, base)));
        return values;
    }

    @Override
    public double[] range(String name) {
        RegisterValue value = places.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name);
        }
        return value.writable();
    }

    @Override
    public byte[] encode(Map<String, Double> values) {
        byte[] body = Arrays.copyOf(answer, answer.length - ModbusCrc.LENGTH);
        values.forEach((name, number) -> {
            RegisterValue value = places.get(name);
            if (value != null) {
                value.write(number, body, DATA_AT, base);
            }
        });
        byte[] changed = ModbusCrc.append(body);
        byte[] both = Arrays.copyOf(request, request.length + changed.length);
        System.arraycopy(changed, 0, both, request.length, changed.length);
        return both;
    }
}
