package io.thicket.drivers.spec;

import io.thicket.drivers.Observation;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.modbus.ListenSession;
import io.thicket.drivers.modbus.RegisterExchange;
import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.modbus.RegisterValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Decodes an example of a register map, a request and its answer, and compares. */
final class RegisterExample {
    private final SpecTable table;
    private final RegisterMap map;

    RegisterExample(SpecTable table, RegisterMap map) {
        this.table = table;
        this.map = map;
    }

    /** What {@code table} says was asked and answered. */
    static RegisterExchange exchange(SpecTable table) {
        return new RegisterExchange(
                table.requiredBytes("request", "\"01 04 00 00 00 02 71 CB\""),
                table.requiredBytes("frame", "\"01 04 04 43 66 33 34 1B 38\""));
    }

    void check() {
        RegisterExchange exchange = exchange(table);
        Bytes request = exchange.request();
        Bytes frame = exchange.answer();
        if (!table.has("values")) {
            table.missing("values", "{ voltage = 230.2 }");
        }
        Map<String, Object> expected = table.map("values");
        double tolerance = table.number("tolerance", 0);
        String unused = table.text("source", "");
        table.refuseUnknownKeys();
        Map<String, Observation> found = new LinkedHashMap<>();
        ListenSession session = new ListenSession(map, Set.of());
        for (Bytes bytes : new Bytes[] {request, frame}) {
            session.onBytes(
                    0,
                    bytes.toArray(),
                    0,
                    bytes.length(),
                    (at, values) -> values.forEach(each -> found.put(each.name(), each)));
        }
        if (session.counts().good() + session.counts().noValue() == 0) {
            table.error("frame", "frame is no answer to request", "check both: unit, function, length and check value");
            return;
        }
        expected.forEach((name, value) -> compare(found, name, value, tolerance));
        if (expected.isEmpty() && !found.isEmpty()) {
            table.error(
                    "values",
                    "the example was to give no value, but gives "
                            + found.keySet().iterator().next(),
                    "");
        }
    }

    private void compare(Map<String, Observation> found, String name, Object expected, double tolerance) {
        Observation value = found.get(name);
        if (value == null) {
            table.error(
                    "values",
                    "the example gives no '" + SpecTable.shortened(name) + "'",
                    found.isEmpty() ? "" : Nearest.hint(name, found.keySet()));
        } else if (value.value() instanceof Observation.Value.Numeric numeric) {
            double wanted = primary(name, SpecTable.numberOf(expected));
            double slack = Math.abs(primary(name, SpecTable.numberOf(expected) + tolerance) - wanted);
            if (!(Math.abs(numeric.value() - wanted) <= slack + Math.abs(wanted) * 1e-9)) {
                table.error(
                        "values",
                        "the example gives " + name + " = " + numeric.value() + " where " + wanted + " is expected",
                        "");
            }
        } else {
            Object plain = value.value() instanceof Observation.Value.Text text
                    ? text.value()
                    : ((Observation.Value.Flag) value.value()).value();
            if (!plain.equals(expected)) {
                table.error(
                        "values",
                        "the example gives " + name + " = " + plain + " where " + expected + " is expected",
                        "");
            }
        }
    }

    private double primary(String name, double number) {
        for (RegisterValue value : map.values()) {
            if (value.name().equals(name) && value.unit() != null) {
                return value.unit().toPrimary(number);
            }
        }
        return number;
    }
}
