package io.thicket.drivers.spec;

import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.Setting;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.spec.CommandCheck.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@code [[command]]} of a specification. */
final class CommandReader {
    private static final int MAX_PLACE = 4095;
    private static final long ANSWER_MS = 1_000;
    private static final long EFFECT_MS = 15_000;
    private static final long MAX_TIMEOUT_MS = 30_000;

    /** Of a command that may be sent twice, so that all is over after the same time. */
    private static final long MAX_REPEATED_MS = MAX_TIMEOUT_MS / 2;

    private static final Map<String, Kind> EFFECTS = Map.of("silent", Kind.SILENT, "speaks", Kind.SPEAKS);

    private final SpecTable table;

    private CommandReader(SpecTable table) {
        this.table = table;
    }

    /** The command; {@code names} are those of the device so far, to which its own is added. */
    static CommandSpec read(SpecTable table, Set<String> names) {
        CommandSpec command = new CommandReader(table).command(names);
        table.refuseUnknownKeys();
        return command;
    }

    /** The name of a command of any kind, checked. */
    static String name(SpecTable table, Set<String> names) {
        String name = table.requiredText("name", "\"sleep\"");
        if (!name.isEmpty() && !CommandInfo.isValidName(name)) {
            table.error("name", "the command '" + SpecTable.shortened(name) + "' is not 1 to 32 of a-z, 0-9 and _", "");
        }
        if (!names.add(name)) {
            table.error("name", "the command '" + name + "' is there twice", "");
        }
        return name;
    }

    private CommandSpec command(Set<String> names) {
        String name = name(table, names);
        Bytes send = table.requiredBytes("send", "\"42 4D E4 00 00 01 73\"");
        CommandValue value = table.table("value").map(its -> value(its, send)).orElse(null);
        CheckPlace checksum = table.table("checksum").map(FrameReader::check).orElse(null);
        if (checksum != null && (value == null || checksum.minFrame() > send.length())) {
            table.error(
                    "checksum",
                    value == null
                            ? "without a value the bytes never change"
                            : "the checksum lies outside of the " + send.length() + " bytes that are sent",
                    value == null ? "delete checksum" : "write its place into send, as 00");
        }
        CommandCheck check = check(value);
        boolean repeat = table.flag("repeat", value != null);
        if (repeat && check.kind() != Kind.SILENT && check.timeoutMs() > MAX_REPEATED_MS) {
            table.error(
                    "timeout",
                    "a command that may be sent twice waits 15 s at most for each answer",
                    "write timeout = \"15s\", or repeat = false");
        }
        CommandInfo info = new CommandInfo(
                name,
                table.text("description", ""),
                value == null ? null : value.setting(),
                table.flag("dangerous", false),
                repeat,
                words(check));
        return new CommandSpec(info, send, value, checksum, check);
    }

    private @Nullable CommandValue value(SpecTable its, Bytes send) {
        int at = its.requiredInteger("at", 0, MAX_PLACE, "4");
        boolean flag = its.flag("flag", false);
        String typeName = its.requiredText("type", "\"u8\"");
        Optional<NumberType> type = NumberType.parse(typeName);
        double scale = its.number("scale", 1);
        double divide = its.number("divide", 1);
        double offset = its.number("offset", 0);
        Setting setting = flag ? Setting.FLAG : number(its);
        its.refuseUnknownKeys();
        if (type.isEmpty() || type.get().kind() == NumberType.Kind.BCD) {
            if (!typeName.isEmpty()) {
                its.error(
                        "type", "'" + SpecTable.shortened(typeName) + "' cannot be set", "write u8, u16be, s16le ...");
            }
            return null;
        }
        if (scale == 0 || divide == 0) {
            its.error(scale == 0 ? "scale" : "divide", "0 leaves nothing of the value", "");
            return null;
        }
        if (at + type.get().bytes() > send.length()) {
            its.error("at", "the value lies outside of the " + send.length() + " bytes that are sent", "");
            return null;
        }
        CommandValue value = new CommandValue(at, type.get(), scale, divide, offset, setting);
        if (!value.holdsAll()) {
            its.error("max", setting.range() + " does not fit into " + type.get(), "");
        }
        return value;
    }

    /** Bounds are needed: what a device does with a number that it cannot do is its secret. */
    static Setting number(SpecTable its) {
        for (String key : new String[] {"min", "max"}) {
            if (!its.has(key)) {
                its.missing(key, key.equals("min") ? "0" : "100");
            }
        }
        double min = its.number("min", 0);
        double max = its.number("max", 0);
        if (min > max) {
            its.error("min", "min is greater than max", "");
        }
        Optional<String> name = its.text("unit");
        SenmlUnit unit = name.flatMap(SenmlUnit::find).orElse(null);
        if (name.isPresent() && unit == null) {
            its.error("unit", SenmlUnit.explainUnknown(SpecTable.shortened(name.get())), "");
        }
        return new Setting(false, unit, min, max);
    }

    private CommandCheck check(@Nullable CommandValue value) {
        List<MessageSpec.Match> answer = matches("answer");
        List<MessageSpec.Match> refusal = matches("refusal");
        CommandCheck.Echo echo =
                table.table("echo").map(its -> echo(its, value)).orElse(null);
        Kind effect = table.choice("confirm", EFFECTS, Kind.NONE);
        if (effect != Kind.NONE && !answer.isEmpty()) {
            table.error("confirm", "a command is confirmed by its answer or by confirm, not by both", "delete one");
        }
        if (answer.isEmpty() && (echo != null || !refusal.isEmpty())) {
            table.error(
                    echo != null ? "echo" : "refusal",
                    "there is no answer that says that the device obeyed",
                    "write answer = [{ at = 1, bytes = \"79 01\" }]");
        }
        Kind kind = answer.isEmpty() ? effect : Kind.ANSWER;
        long usual = kind == Kind.ANSWER ? ANSWER_MS : EFFECT_MS;
        long least = kind == Kind.SILENT ? CommandCheck.QUIET_MS : 10;
        return new CommandCheck(kind, answer, refusal, echo, table.durationMs("timeout", usual, least, MAX_TIMEOUT_MS));
    }

    private static CommandCheck.@Nullable Echo echo(SpecTable its, @Nullable CommandValue value) {
        int at = its.requiredInteger("at", -MAX_PLACE, MAX_PLACE, "4");
        Optional<NumberType> type = NumberType.parse(its.requiredText("type", "\"u8\""));
        its.refuseUnknownKeys();
        if (value == null
                || type.isEmpty()
                || type.get().kind() != value.type().kind()
                || type.get().kind() == NumberType.Kind.FLOAT
                        && type.get().bytes() != value.type().bytes()) {
            its.error("echo repeats the command's value in an answer", "write the type of value");
            return null;
        }
        return new CommandCheck.Echo(at, type.get());
    }

    private List<MessageSpec.Match> matches(String key) {
        List<MessageSpec.Match> all = new ArrayList<>();
        for (SpecTable each : table.tables(key, "command." + key, 16)) {
            all.add(new MessageSpec.Match(
                    each.requiredInteger("at", -MAX_PLACE, MAX_PLACE, "1"), each.requiredBytes("bytes", "\"79 01\"")));
            each.refuseUnknownKeys();
        }
        return all;
    }

    private static String words(CommandCheck check) {
        return switch (check.kind()) {
            case ANSWER -> "by the device's answer";
            case SILENT -> "when the device has fallen silent";
            case SPEAKS -> "when the device sends";
            case NONE -> "";
        };
    }
}
