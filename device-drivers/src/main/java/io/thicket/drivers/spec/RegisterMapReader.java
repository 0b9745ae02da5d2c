package io.thicket.drivers.spec;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.bus.UnitTiming;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.modbus.ModbusRequest;
import io.thicket.drivers.modbus.RegisterCommand;
import io.thicket.drivers.modbus.RegisterExchange;
import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.modbus.RegisterValue;
import io.thicket.drivers.modbus.WordOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the register map of a Modbus device and says everything that is wrong in it at once. */
public final class RegisterMapReader {
    /** Longest file in characters. */
    public static final int MAX_LENGTH = SpecFile.MAX_LENGTH;

    private static final long HOUR_MS = 3_600_000;

    private final SpecTable root;
    private final Problems problems;

    private RegisterMapReader(SpecTable root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /** Whether {@code toml} is meant as a register map: it has a section {@code [modbus]}. */
    public static boolean isMap(String toml) {
        // Whoever reads it will say what is wrong.
        return toml.length() <= MAX_LENGTH
                && TomlParsing.parse(toml, (position, reason) -> {})
                        .map(read -> read.contains("modbus"))
                        .orElse(false);
    }

    /** The maps that {@code toml} is, one for each model. Its examples were decoded and are right. */
    public static List<RegisterMap> read(String toml) throws SpecException {
        Problems problems = new Problems();
        SpecTable root = SpecFile.open(toml, problems);
        List<RegisterMap> maps = new RegisterMapReader(root, problems).maps();
        problems.throwIfAny();
        return maps;
    }

    /** One device as a model of the file. */
    private record Model(String id, String title, int baud) {}

    /** What {@code [modbus]} says. */
    private record Access(
            int unit, int maxRegisters, int maxGap, UnitTiming timing, long minIntervalMs, WordOrder order) {}

    private List<RegisterMap> maps() throws SpecException {
        SpecFile.checkVersion(root);
        LineParameters line = root.table("serial").map(this::line).orElseGet(() -> {
            if (!root.has("serial")) {
                root.error("there is no section [serial]", "write [serial] and below it baud = 9600");
            }
            return LineParameters.of8N1(9600);
        });
        List<Model> models = models(line.baud());
        Access access = access();
        List<RegisterValue> values = values(access.order());
        List<RegisterCommand> commands = commands(access.order());
        List<SpecTable> examples = root.tables("example", "example", SpecFile.MAX_EXAMPLES);
        if (examples.isEmpty() && !root.has("example")) {
            root.error(
                    "there is no [[example]]",
                    "write [[example]] with request = \"...\" and frame = \"...\", bytes in hex, and values = { name = 1.5 }");
        }
        RegisterMap.Docs docs = root.table("docs").map(RegisterMapReader::docs).orElse(RegisterMap.Docs.NONE);
        root.refuseUnknownKeys();
        problems.throwIfAny();
        List<RegisterExchange> exchanges =
                examples.stream().map(RegisterExample::exchange).toList();
        List<RegisterMap> maps = new ArrayList<>();
        for (Model model : models) {
            maps.add(new RegisterMap(
                    model.id(),
                    model.title(),
                    new LineParameters(
                            model.baud(), line.dataBits(), line.parity(), line.stopBits(), line.dtr(), line.rts()),
                    access.unit(),
                    access.maxRegisters(),
                    access.maxGap(),
                    access.timing(),
                    access.minIntervalMs(),
                    values,
                    exchanges,
                    docs,
                    commands));
        }
        for (SpecTable example : examples) {
            new RegisterExample(example, maps.get(0)).check();
        }
        return maps;
    }

    private List<Model> models(int baud) {
        List<Model> models = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        models.add(model(root, ids, baud));
        for (SpecTable table : root.tables("model", "model", SpecFile.MAX_MODELS)) {
            models.add(model(table, ids, table.integer("baud", 50, 4_000_000, baud)));
            table.refuseUnknownKeys();
        }
        return models;
    }

    private static Model model(SpecTable table, Set<String> ids, int baud) {
        String id = SpecFile.id(table, ids, "eastron.sdm120");
        return new Model(id, SpecFile.title(table), baud);
    }

    private LineParameters line(SpecTable table) {
        int baud = table.requiredInteger("baud", 50, 4_000_000, "9600");
        String format = table.text("format", "8N1");
        boolean known = format.matches("8[NEO][12]");
        if (!known) {
            table.error(
                    "format",
                    "format '" + SpecTable.shortened(format) + "' is none of Modbus RTU",
                    "write \"8N1\", \"8E1\" or \"8N2\"");
        }
        table.refuseUnknownKeys();
        if (!known || baud < 50) {
            return LineParameters.of8N1(9600);
        }
        return new LineParameters(baud, 8, SpecFile.parity(format), format.charAt(2) - '0', true, true);
    }

    private Access access() {
        UnitTiming usual = UnitTiming.DEFAULT;
        Access plain = new Access(1, 125, 0, usual, 0, WordOrder.ABCD);
        if (!root.has("modbus")) {
            root.error("there is no section [modbus]", "write [modbus] and below it unit = 1");
            return plain;
        }
        return root.table("modbus")
                .map(table -> {
                    Access access = new Access(
                            table.integer("unit", 1, ModbusRequest.MAX_UNIT, 1),
                            table.integer("max_registers", 1, 125, 125),
                            table.integer("max_gap", 0, 125, 0),
                            new UnitTiming(
                                    table.durationMs(
                                            "timeout",
                                            usual.timeoutMs(),
                                            UnitTiming.MIN_TIMEOUT_MS,
                                            UnitTiming.MAX_TIMEOUT_MS),
                                    table.durationMs("guard", usual.guardMs(), 0, UnitTiming.MAX_GUARD_MS)),
                            table.durationMs("min_interval", 0, 0, HOUR_MS),
                            table.choice("order", RegisterValueReader.ORDERS, WordOrder.ABCD));
                    table.refuseUnknownKeys();
                    return access;
                })
                .orElse(plain);
    }

    private List<RegisterValue> values(WordOrder order) {
        List<RegisterValue> values = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<SpecTable> tables = root.tables("value", "value", RegisterMap.MAX_VALUES);
        if (tables.isEmpty() && !root.has("value")) {
            root.error("there is no [[value]]", "write [[value]] with name = \"voltage\", input = 0, type = \"f32\"");
        }
        for (SpecTable table : tables) {
            RegisterValueReader reader = new RegisterValueReader(table, order);
            reader.read().ifPresent(value -> {
                if (!names.add(value.name())) {
                    table.error("name", "the name '" + value.name() + "' is there twice", "");
                }
                values.add(value);
            });
            table.refuseUnknownKeys();
        }
        return values;
    }

    private List<RegisterCommand> commands(WordOrder order) {
        List<RegisterCommand> commands = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SpecTable table : root.tables("command", "command", CommandInfo.MAX_COMMANDS)) {
            new RegisterCommandReader(table, order).read(names).ifPresent(commands::add);
            table.refuseUnknownKeys();
        }
        return commands;
    }

    private static RegisterMap.Docs docs(SpecTable table) {
        RegisterMap.Docs docs =
                new RegisterMap.Docs(table.text("about", ""), table.text("wiring", ""), table.texts("traps", 32));
        String unused = table.text("source", "");
        table.refuseUnknownKeys();
        return docs;
    }
}
