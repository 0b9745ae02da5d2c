package io.thicket.drivers.spec;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Quality;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.framing.BinaryFormat;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.spec.ValueSpec.Outside;
import io.thicket.drivers.spec.ValueSpec.Scaling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one {@code [[message]]}. */
final class MessageReader {
    /** Most values of one message; a SenML pack takes no more. */
    static final int MAX_VALUES = 64;

    private static final int MAX = BinaryFormat.MAX_FRAME;
    private static final NumberType BYTE = new NumberType(NumberType.Kind.UNSIGNED, 1, false);
    private static final Map<String, Optional<Quality>> QUALITIES = Map.of(
            "uncertain", Optional.of(Quality.UNCERTAIN),
            "bad", Optional.of(Quality.BAD),
            "warming_up", Optional.of(Quality.WARMING_UP),
            "stale", Optional.of(Quality.STALE),
            "none", Optional.empty());
    private static final Map<String, Outside> OUTSIDE =
            Map.of("uncertain", Outside.UNCERTAIN, "bad", Outside.BAD, "none", Outside.NONE);

    private final SpecTable table;
    private final FrameSpec frame;
    private final Set<String> models;
    private final Set<String> names = new HashSet<>();
    private boolean fields;
    private @Nullable TagList tags;
    private int longest;

    /** @param models ids of the devices of the file */
    MessageReader(SpecTable table, FrameSpec frame, Set<String> models) {
        this.table = table;
        this.frame = frame;
        this.models = models;
    }

    MessageSpec read() {
        List<Integer> sizes = table.integers("size", 1, MAX);
        longest = sizes.stream().mapToInt(Integer::intValue).max().orElse(frame.maxFrame());
        List<MessageSpec.Match> match = new ArrayList<>();
        for (SpecTable each : table.tables("match", "message.match", 16)) {
            int at = each.requiredInteger("at", -MAX, MAX, "2");
            Bytes bytes = each.requiredBytes("bytes", "\"01 07\"");
            requireInside(each, "at", at, bytes.length());
            match.add(new MessageSpec.Match(at, bytes));
            each.refuseUnknownKeys();
        }
        fields = frame.hasFields() && match.isEmpty();
        tags = table.table("tags").map(TagReader::list).orElse(null);
        List<ValueSpec> values = new ArrayList<>();
        for (SpecTable each : table.tables("value", "message.value", MAX_VALUES)) {
            values.add(value(each));
            each.refuseUnknownKeys();
        }
        List<QualityRule> rules = new ArrayList<>();
        for (SpecTable each : table.tables("quality", "message.quality", 16)) {
            rules.add(rule(each));
            each.refuseUnknownKeys();
        }
        MessageSpec message = new MessageSpec(
                table.text("name", ""), sizes, match, values, rules, tags, table.flag("restart", false));
        table.refuseUnknownKeys();
        return message;
    }

    private QualityRule rule(SpecTable each) {
        if (!each.has("quality")) {
            each.missing("quality", "\"uncertain\", \"bad\" or \"none\"");
        }
        Quality quality =
                each.choice("quality", QUALITIES, Optional.of(Quality.BAD)).orElse(null);
        String reason = quality == null
                ? each.text("reason", "")
                : each.requiredText("reason", "\"the sensor reports error {}\"");
        return new QualityRule(condition(each, TagReader.NO_TAG), quality, reason);
    }

    /** The keys {@code at, type, mask} and one of {@code equals, not, below, above, all}. */
    private Condition condition(SpecTable each, int tag) {
        int at = TagReader.place(each, "2");
        NumberType type = each.has("type") ? numberType(each) : BYTE;
        long mask = each.longInteger("mask", -1);
        Condition.Test test = Condition.Test.EQUALS;
        int tests = 0;
        for (Condition.Test candidate : Condition.Test.values()) {
            if (each.has(candidate.name().toLowerCase(java.util.Locale.ROOT))) {
                test = candidate;
                tests++;
            }
        }
        if (tests != 1) {
            each.error("a condition compares once", "write one of equals, not, below, above, or all with size");
        }
        double operand = each.number(test.name().toLowerCase(java.util.Locale.ROOT), 0);
        int size = test == Condition.Test.ALL ? each.integer("size", 1, MAX, 1) : 0;
        requireInside(each, tag, at, test == Condition.Test.ALL ? size : type.bytes());
        return new Condition(tag, at, type, mask, test, operand, size);
    }

    private ValueSpec value(SpecTable each) {
        Repeat repeat = each.table("repeat").map(this::repeat).orElse(null);
        String name = name(each, repeat);
        String field = fields ? each.requiredText("field", "\"V\"") : null;
        int tag = TagReader.tag(each, tags);
        int at = field == null ? TagReader.place(each, "4") : 0;
        String typeName = field == null ? each.requiredText("type", "\"u16be\"") : each.text("type", "decimal");
        boolean text = typeName.equals("text");
        boolean decimal = typeName.equals("decimal");
        int textSize = field == null && (text || decimal) ? each.integer("size", 1, 64, 0) : 0;
        if (field == null && (text || decimal) && !each.has("size")) {
            each.missing("size", "4");
        }
        NumberType type = null;
        if (!text && !decimal && !typeName.isEmpty()) {
            type = numberType(each);
            if (field != null) {
                each.error("type", "a field is a text or a decimal number", "write type = \"decimal\"");
            }
        }
        if (field == null) {
            requireInside(each, tag, at, type == null ? textSize : type.bytes());
        }
        SenmlUnit unit = unit(each);
        boolean flag = each.flag("flag", false);
        Map<String, String> words = words(each);
        if (unit != null && (text || flag || !words.isEmpty())) {
            each.error("unit", "only a number has a unit", "delete unit");
        }
        double min = each.number("min", Double.NEGATIVE_INFINITY);
        double max = each.number("max", Double.POSITIVE_INFINITY);
        if (min > max) {
            each.error("min", "min is greater than max", "");
        }
        return new ValueSpec(
                name,
                each.text("description", ""),
                field,
                tag,
                at,
                type,
                textSize,
                decimal,
                each.longInteger("mask", -1),
                each.integer("shift", 0, 63, 0),
                flag,
                scaling(each),
                unit,
                min,
                max,
                each.choice("outside", OUTSIDE, Outside.UNCERTAIN),
                none(each, NumberType.parse(typeName).orElse(null)),
                words,
                each.table("when").map(this::when).orElse(null),
                repeat,
                models(each));
    }

    private Set<String> models(SpecTable each) {
        Set<String> its = new LinkedHashSet<>(each.texts("models", SpecFile.MAX_MODELS + 1));
        for (String id : its) {
            if (!models.contains(id)) {
                each.error(
                        "models",
                        "models: no device of this file is '" + SpecTable.shortened(id) + "'",
                        Nearest.hint(id, new TreeSet<>(models)));
            }
        }
        return its;
    }

    private Condition when(SpecTable each) {
        Condition condition = condition(each, TagReader.tag(each, tags));
        each.refuseUnknownKeys();
        return condition;
    }

    private String name(SpecTable each, @Nullable Repeat repeat) {
        String name = each.requiredText("name", "\"pm2_5\"");
        boolean gap = name.contains("{}");
        if (gap != (repeat != null)) {
            each.error(
                    "name",
                    gap
                            ? "{} stands for the number of a repeated value"
                            : "a repeated value needs a number in its name",
                    gap
                            ? "write repeat = { step = 2, count = 4 }, or another name"
                            : "write name = \"" + name + "_{}\"");
        }
        if (!name.isEmpty() && !Observation.isValidName(name.replace("{}", "1"))) {
            each.error(
                    "name",
                    "'" + SpecTable.shortened(name) + "' cannot be a name",
                    "allowed are letters, digits and - : . / _, with a letter or digit first");
        }
        // The same name in frames of another kind is the same quantity; twice in one is a mistake, unless both are
        // conditional, or of different models.
        if (!names.add(name) && !each.has("when") && !each.has("models")) {
            each.error("name", "the value '" + name + "' is there twice in this message", "");
        }
        return name;
    }

    private Repeat repeat(SpecTable each) {
        int step = each.requiredInteger("step", 1, 255, "2");
        int count = each.integer("count", 1, MAX_VALUES, 0);
        Condition countAt = null;
        if (each.has("count_at")) {
            int at = each.requiredInteger("count_at", -MAX, MAX, "26");
            countAt = new Condition(TagReader.NO_TAG, at, BYTE, -1, Condition.Test.EQUALS, 0, 0);
            requireInside(each, "count_at", at, 1);
        }
        int until = each.integer("until", -MAX, 0, 0);
        int max = each.integer("max", 1, MAX_VALUES, count == 0 ? 32 : count);
        int first = each.integer("first", 0, 255, 1);
        each.refuseUnknownKeys();
        return new Repeat(step, count, countAt, until, max, first);
    }

    private static Scaling scaling(SpecTable each) {
        List<Double> polynomial = new ArrayList<>();
        for (Object coefficient : each.list("polynomial", 8)) {
            double number = SpecTable.numberOf(coefficient);
            if (!Double.isFinite(number)) {
                each.error("polynomial", "polynomial is a list of numbers, from the constant on", "");
            }
            polynomial.add(number);
        }
        double scale = each.number("scale", 1);
        double divide = each.number("divide", 1);
        if (scale == 0 || divide == 0) {
            each.error(scale == 0 ? "scale" : "divide", "0 leaves nothing of the value", "");
        }
        return new Scaling(each.number("zero", 0), scale, divide, each.number("offset", 0), List.copyOf(polynomial));
    }

    private static @Nullable SenmlUnit unit(SpecTable each) {
        Optional<String> name = each.text("unit");
        if (name.isEmpty()) {
            return null;
        }
        Optional<SenmlUnit> unit = SenmlUnit.find(name.get());
        if (unit.isEmpty()) {
            each.error("unit", SenmlUnit.explainUnknown(SpecTable.shortened(name.get())), "");
        }
        return unit.orElse(null);
    }

    private static Set<String> none(SpecTable each, @Nullable NumberType type) {
        // Of some bits of a number the code is theirs.
        boolean bits = each.has("mask") || each.has("shift");
        Set<String> none = new LinkedHashSet<>();
        for (Object code : each.list("none", 32)) {
            Set<String> raw = type == null || bits ? Set.of(String.valueOf(code)) : type.codes(code);
            if (!(code instanceof Long || code instanceof String || code instanceof Double)) {
                each.error("none", "none is a list of raw numbers (or texts of a field)", "write none = [0xFFFF]");
            } else if (raw.isEmpty()) {
                each.error("none", code + " cannot occur in a " + type, "write the raw number, as in none = [0xFFFF]");
            }
            none.addAll(raw);
        }
        return none;
    }

    private static Map<String, String> words(SpecTable each) {
        Map<String, String> words = new LinkedHashMap<>();
        for (Map.Entry<String, Object> word : each.map("map").entrySet()) {
            if (word.getValue() instanceof String text && text.length() <= 64) {
                words.put(word.getKey(), text);
            } else {
                each.error(
                        "map", "map gives a short text for each raw number", "write map = { 0 = \"off\", 1 = \"on\" }");
            }
        }
        return words;
    }

    private static NumberType numberType(SpecTable each) {
        String name = each.requiredText("type", "\"u16be\"");
        Optional<NumberType> type = NumberType.parse(name);
        if (type.isEmpty() && !name.isEmpty()) {
            each.error("type", "there is no type '" + SpecTable.shortened(name) + "'", "types are " + NumberType.NAMES);
        }
        return type.orElse(BYTE);
    }

    private void requireInside(SpecTable each, int tag, int at, int size) {
        TagList list = tags;
        if (tag == TagReader.NO_TAG || list == null) {
            requireInside(each, "at", at, size);
        } else {
            TagReader.requireInside(each, list, tag, at, size);
        }
    }

    private void requireInside(SpecTable each, String key, int at, int size) {
        int end = at < 0 ? Math.max(-at, size) : at + size;
        if (end > longest || at < 0 && size > -at) {
            each.error(
                    key,
                    key + " = " + at + ": " + size + " bytes from there are outside a frame of " + longest + " bytes",
                    "places count from 0, negative ones from the end");
        }
    }
}
