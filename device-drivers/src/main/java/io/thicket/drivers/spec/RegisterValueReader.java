package io.thicket.drivers.spec;

import io.thicket.drivers.Observation;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.modbus.RegisterTable;
import io.thicket.drivers.modbus.RegisterValue;
import io.thicket.drivers.modbus.ValueType;
import io.thicket.drivers.modbus.WordOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one {@code [[value]]} of a register map. */
final class RegisterValueReader {
    static final Map<String, WordOrder> ORDERS = orders();

    private static final Map<String, ValueType> TYPES = types();
    private static final int MAX_CODES = 32;
    private static final int REGISTERS = 0x10000;

    private final SpecTable table;
    private final WordOrder usualOrder;
    private boolean sound = true;

    RegisterValueReader(SpecTable table, WordOrder usualOrder) {
        this.table = table;
        this.usualOrder = usualOrder;
    }

    /** Where a value is. */
    private record Place(RegisterTable in, int address) {}

    /** The value; empty after a problem. */
    Optional<RegisterValue> read() {
        String name = table.requiredText("name", "\"voltage\"");
        if (!name.isEmpty() && !Observation.isValidName(name)) {
            refuse("name", "'" + SpecTable.shortened(name) + "' cannot be a name", "use letters, digits and _");
        }
        Place place = place();
        ValueType type = type(place.in());
        int words = type == ValueType.TEXT
                ? table.requiredInteger("registers", 1, RegisterValue.MAX_WORDS, "8")
                : type.words();
        if (place.address() + words > REGISTERS) {
            refuse("type", "the value ends beyond address 65535", "");
        }
        long mask = mask(type);
        double divide = table.number("divide", 1);
        double scale = table.number("scale", 1);
        if (divide == 0 || scale == 0) {
            refuse(divide == 0 ? "divide" : "scale", "0 leaves nothing of the value", "");
        }
        double min = table.number("min", Double.NEGATIVE_INFINITY);
        double max = table.number("max", Double.POSITIVE_INFINITY);
        if (min > max) {
            refuse("min", "min is greater than max", "");
        }
        double offset = table.number("offset", 0);
        WordOrder order = table.choice("order", ORDERS, usualOrder);
        SenmlUnit unit = unit(type);
        Set<Long> none = none(type, words);
        Map<Integer, String> alarms = alarms(type, words);
        String unused = table.text("description", "");
        if (!sound || name.isEmpty() || words == 0) {
            return Optional.empty();
        }
        return Optional.of(new RegisterValue(
                name,
                place.in(),
                place.address(),
                type,
                words,
                order,
                mask,
                scale / divide,
                offset,
                unit,
                min,
                max,
                none,
                alarms));
    }

    private void refuse(String key, String message, String hint) {
        sound = false;
        table.error(key, message, hint);
    }

    /** The address as the protocol counts ({@code input = 0}) or as manuals do ({@code register = 30001}). */
    private Place place() {
        Place found = null;
        int places = 0;
        for (RegisterTable in : RegisterTable.values()) {
            String key = in.name().toLowerCase(Locale.ROOT);
            if (table.has(key)) {
                places++;
                found = new Place(in, table.integer(key, 0, REGISTERS - 1, 0));
            }
        }
        if (table.has("register")) {
            places++;
            found = manual(table.integer("register", 1, 465_536, 40_001));
        }
        if (places != 1 || found == null) {
            sound = false;
            table.error(
                    "a value has one place",
                    "write input = 0, holding = 0, coil = 0 or discrete = 0 (addresses from 0), or register = 30001 (a manual's"
                            + " number)");
            return new Place(RegisterTable.HOLDING, 0);
        }
        return found;
    }

    /** 00001 and 000001 coils, 1xxxx discrete inputs, 3xxxx input registers, 4xxxx holding registers. */
    private Place manual(int number) {
        int scale = number >= 100_000 ? 100_000 : 10_000;
        int address = number % scale - 1;
        Place place =
                switch (number / scale) {
                    case 0 -> new Place(RegisterTable.COIL, address);
                    case 1 -> new Place(RegisterTable.DISCRETE, address);
                    case 3 -> new Place(RegisterTable.INPUT, address);
                    case 4 -> new Place(RegisterTable.HOLDING, address);
                    default -> new Place(RegisterTable.HOLDING, -1);
                };
        if (place.address() < 0 || place.address() >= REGISTERS) {
            refuse(
                    "register",
                    "register " + number + " is none of a manual's numbers",
                    "they begin with 0, 1, 3 or 4 and count from 1: 30001 is input register 0");
            return new Place(RegisterTable.HOLDING, 0);
        }
        return place;
    }

    private ValueType type(RegisterTable in) {
        if (in.isBits()) {
            ValueType type = table.choice("type", TYPES, ValueType.FLAG);
            if (type != ValueType.FLAG) {
                refuse("type", "a coil or discrete input is a flag", "delete type");
            }
            return ValueType.FLAG;
        }
        if (!table.has("type")) {
            sound = false;
            table.missing("type", "\"u16\"");
        }
        return table.choice("type", TYPES, ValueType.U16);
    }

    private long mask(ValueType type) {
        long mask = table.longInteger("mask", -1);
        if (table.has("mask") && (mask <= 0 || !type.isMaskable())) {
            refuse("mask", "mask selects bits of a whole number or a flag and is more than 0", "write mask = 0x00FF");
            return -1;
        }
        return mask;
    }

    private @Nullable SenmlUnit unit(ValueType type) {
        Optional<String> name = table.text("unit");
        if (name.isEmpty()) {
            return null;
        }
        if (type == ValueType.FLAG || type == ValueType.TEXT) {
            refuse("unit", "only a number has a unit", "delete unit");
            return null;
        }
        Optional<SenmlUnit> unit = SenmlUnit.find(name.get());
        if (unit.isEmpty()) {
            refuse("unit", SenmlUnit.explainUnknown(SpecTable.shortened(name.get())), "");
        }
        return unit.orElse(null);
    }

    private Set<Long> none(ValueType type, int words) {
        boolean real = type == ValueType.F32 || type == ValueType.F64;
        Set<Long> none = new HashSet<>();
        for (Object code : table.list("none", MAX_CODES)) {
            Set<Long> raw = real
                    ? RawCodes.ofFloat(code, 2 * words)
                    : RawCodes.ofInteger(code, Math.min(8, Math.max(1, 2 * words)));
            if (!(code instanceof Long || code instanceof Double)) {
                refuse("none", "none is a list of raw numbers", "write none = [0xFFFF]");
            } else if (raw.isEmpty()) {
                String name = type.name().toLowerCase(Locale.ROOT);
                refuse("none", code + " cannot occur in a " + name, "write the raw number, as in none = [0xFFFF]");
            }
            none.addAll(raw);
        }
        return none;
    }

    private Map<Integer, String> alarms(ValueType type, int words) {
        Map<Integer, String> alarms = new TreeMap<>();
        for (Map.Entry<String, Object> entry : table.map("alarms").entrySet()) {
            boolean bit = entry.getKey().matches("[0-9]{1,2}") && Integer.parseInt(entry.getKey()) < 16 * words;
            if (!bit || !(entry.getValue() instanceof String text) || text.isBlank()) {
                refuse(
                        "alarms",
                        "alarms names bits of the value: '" + SpecTable.shortened(entry.getKey()) + "' is none",
                        "write alarms = { 0 = \"fatal error\", 5 = \"out of range\" }");
            } else {
                alarms.put(Integer.parseInt(entry.getKey()), text.strip());
            }
        }
        if (!alarms.isEmpty() && !type.isMaskable()) {
            refuse("alarms", "only whole numbers have bits that are alarms", "write type = \"u16\"");
        }
        return alarms;
    }

    private static Map<String, WordOrder> orders() {
        Map<String, WordOrder> orders = new HashMap<>();
        for (WordOrder order : WordOrder.values()) {
            orders.put(order.name(), order);
        }
        return Map.copyOf(orders);
    }

    private static Map<String, ValueType> types() {
        Map<String, ValueType> types = new HashMap<>();
        for (ValueType type : ValueType.values()) {
            types.put(type.name().toLowerCase(Locale.ROOT), type);
        }
        return Map.copyOf(types);
    }
}
