package io.thicket.drivers.spec;

import io.thicket.drivers.LineParameters;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.framing.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a specification file and says everything that is wrong in it at once. */
public final class SpecReader {
    /** Longest file in characters. */
    public static final int MAX_LENGTH = SpecFile.MAX_LENGTH;

    private static final int MAX_MESSAGES = 64;
    private static final int MAX_REQUESTS = 64;
    private static final int MAX_WAKE_ANSWER = 16;
    private static final long HOUR_MS = 3_600_000;

    private final SpecTable root;

    private SpecReader(SpecTable root) {
        this.root = root;
    }

    /** The specification that {@code toml} is. Its examples were decoded and are right. */
    public static DeviceSpec read(String toml) throws SpecException {
        Problems problems = new Problems();
        SpecTable root = SpecFile.open(toml, problems);
        DeviceSpec spec = new SpecReader(root).spec();
        problems.throwIfAny();
        for (SpecProblem problem : ExampleCheck.problems(spec)) {
            problems.add(problem.line(), problem.column(), problem.message(), problem.hint());
        }
        problems.throwIfAny();
        return spec;
    }

    private DeviceSpec spec() {
        SpecFile.checkVersion(root);
        List<DeviceSpec.Model> models = models();
        LineParameters line = line();
        Optional<SpecTable> frameTable = root.table("frame");
        if (frameTable.isEmpty() && !root.has("frame")) {
            root.error("there is no section [frame]", "write [frame] and below it start = \"42 4D\" and so on");
        }
        FrameSpec frame = frameTable.map(FrameReader::read).orElse(new FrameSpec.Line(80, 1000));
        List<MessageSpec> messages = new ArrayList<>();
        Set<String> ids =
                new TreeSet<>(models.stream().map(DeviceSpec.Model::id).toList());
        List<SpecTable> messageTables = root.tables("message", "message", MAX_MESSAGES);
        if (messageTables.isEmpty() && !root.has("message")) {
            root.error("there is no [[message]]", "write [[message]] and below it [[message.value]] for each value");
        }
        for (SpecTable table : messageTables) {
            messages.add(new MessageReader(table, frame, ids).read());
        }
        DeviceSpec spec = new DeviceSpec(
                models,
                line,
                frame,
                messages,
                root.table("poll").map(table -> poll(table, frame)).orElse(null),
                commands(),
                examples(),
                docs());
        root.refuseUnknownKeys();
        return spec;
    }

    private List<DeviceSpec.Model> models() {
        List<DeviceSpec.Model> models = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        long warmUpMs = warmUp(root, 0);
        models.add(model(root, ids, warmUpMs));
        for (SpecTable table : root.tables("model", "model", SpecFile.MAX_MODELS)) {
            models.add(model(table, ids, warmUp(table, warmUpMs)));
            table.refuseUnknownKeys();
        }
        return models;
    }

    private static long warmUp(SpecTable table, long whenAbsent) {
        return table.durationMs("warm_up", whenAbsent, 0, HOUR_MS);
    }

    private static DeviceSpec.Model model(SpecTable table, Set<String> ids, long warmUpMs) {
        String id = SpecFile.id(table, ids, "plantower.pms5003");
        return new DeviceSpec.Model(id, SpecFile.title(table), warmUpMs);
    }

    private LineParameters line() {
        LineParameters usual = LineParameters.of8N1(9600);
        Optional<SpecTable> section = root.table("serial");
        if (section.isEmpty()) {
            if (!root.has("serial")) {
                root.error("there is no section [serial]", "write [serial] and below it baud = 9600");
            }
            return usual;
        }
        SpecTable table = section.get();
        int baud = table.requiredInteger("baud", 50, 4_000_000, "9600");
        String format = table.text("format", "8N1");
        boolean known = format.matches("[5-8][NEO][12]");
        if (!known) {
            table.error("format", "format '" + SpecTable.shortened(format) + "' is none", "write \"8N1\" or \"7E1\"");
        }
        boolean dtr = table.flag("dtr", true);
        boolean rts = table.flag("rts", true);
        table.refuseUnknownKeys();
        return known && baud >= 50
                ? new LineParameters(
                        baud, format.charAt(0) - '0', SpecFile.parity(format), format.charAt(2) - '0', dtr, rts)
                : usual;
    }

    private static PollSpec poll(SpecTable table, FrameSpec frame) {
        PollSpec poll = new PollSpec(
                table.durationMs("interval", 10_000, 100, HOUR_MS),
                table.durationMs("timeout", 1000, 10, 60_000),
                table.durationMs("gap", 50, 0, 60_000),
                toLine(table.byteList("start", MAX_REQUESTS), frame),
                toLine(table.byteList("requests", MAX_REQUESTS), frame),
                table.bytes("answer"),
                table.table("wake").map(SpecReader::wake).orElse(null),
                table.flag("on_demand", false));
        if (poll.requests().isEmpty()) {
            table.missing("requests", "[\"FF 01 86 00 00 00 00 00 79\"]");
        }
        table.refuseUnknownKeys();
        return poll;
    }

    private static WakeSpec wake(SpecTable table) {
        WakeSpec wake = new WakeSpec(
                table.requiredBytes("send", "\"0A\""),
                table.requiredBytes("answer", "\"0A 0D\""),
                table.integer("tries", 1, 10, 3),
                table.durationMs("timeout", 1000, 10, 60_000));
        for (String key : new String[] {"send", "answer"}) {
            if (table.has(key) && table.bytes(key).length() == 0) {
                table.error(key, key + " has no bytes", "write for example \"0A\"");
            }
        }
        if (wake.answer().length() > MAX_WAKE_ANSWER) {
            table.error("answer", "the answer has more than " + MAX_WAKE_ANSWER + " bytes", "its last ones are enough");
        }
        table.refuseUnknownKeys();
        return wake;
    }

    private static List<Bytes> toLine(List<Bytes> requests, FrameSpec frame) {
        return requests.stream()
                .map(request -> Bytes.copyOf(frame.toLine(request.toArray())))
                .toList();
    }

    private List<CommandSpec> commands() {
        List<CommandSpec> commands = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SpecTable table : root.tables("command", "command", CommandInfo.MAX_COMMANDS)) {
            commands.add(CommandReader.read(table, names));
        }
        return commands;
    }

    private List<ExampleSpec> examples() {
        List<ExampleSpec> examples = new ArrayList<>();
        List<SpecTable> tables = root.tables("example", "example", SpecFile.MAX_EXAMPLES);
        if (tables.isEmpty() && !root.has("example")) {
            root.error(
                    "there is no [[example]]",
                    "write [[example]] with frame = \"...\", bytes of the device, and values = { name = 1.5 }");
        }
        for (SpecTable table : tables) {
            examples.add(example(table));
        }
        return examples;
    }

    private ExampleSpec example(SpecTable table) {
        if (table.has("frame") == table.has("text")) {
            table.error("an example has either frame (bytes in hex) or text", "write frame = \"42 4D ...\"");
        }
        byte[] text = table.text("text").orElse("").getBytes(StandardCharsets.ISO_8859_1);
        Bytes bytes = table.has("text") ? Bytes.copyOf(text) : table.bytes("frame");
        if (!table.has("values")) {
            table.missing("values", "{ name = 1.5 }, or {} if it has no value");
        }
        Map<String, Object> values = table.map("values");
        ExampleSpec example = new ExampleSpec(
                bytes, table.text("source", ""), values, table.number("tolerance", 0), table.line(), table.column());
        table.refuseUnknownKeys();
        return example;
    }

    private DeviceSpec.Docs docs() {
        Optional<SpecTable> section = root.table("docs");
        if (section.isEmpty()) {
            return new DeviceSpec.Docs("", "", List.of(), "");
        }
        SpecTable table = section.get();
        DeviceSpec.Docs docs = new DeviceSpec.Docs(
                table.text("about", ""), table.text("wiring", ""), table.texts("traps", 32), table.text("source", ""));
        table.refuseUnknownKeys();
        return docs;
    }
}
