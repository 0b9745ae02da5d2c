package io.thicket.drivers.spec;

import io.thicket.drivers.SenmlUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page about a device in the documentation, out of its specification. */
public final class SensorPage {
    private final DeviceSpec spec;
    private final StringBuilder out = new StringBuilder();

    private SensorPage(DeviceSpec spec) {
        this.spec = spec;
    }

    /** Markdown. */
    public static String markdown(DeviceSpec spec) {
        return new SensorPage(spec).page();
    }

    private String page() {
        DeviceSpec.Model first = spec.models().get(0);
        line("# " + first.title());
        line("");
        line(spec.docs().about());
        line("");
        for (DeviceSpec.Model model : spec.models()) {
            String warmUp = model.warmUpMs() == 0
                    ? ""
                    : "; values of the first " + Durations.text(model.warmUpMs()) + " are marked `warming_up`";
            line("* `" + model.id() + "`: " + model.title() + warmUp);
        }
        line("");
        line("Line: " + PageText.of(spec.line()) + ". " + asking());
        line("");
        line("Wiring: " + spec.docs().wiring());
        configuration(first);
        values();
        traps();
        commands();
        examples();
        return out.toString();
    }

    private String asking() {
        PollSpec poll = spec.poll();
        if (poll == null) {
            return "It sends by itself.";
        }
        return poll.onDemand()
                ? "It sends by itself, and is asked besides if the option `interval` says how often ("
                        + Durations.text(poll.intervalMs()) + " or more)."
                : "It is asked every " + Durations.text(poll.intervalMs()) + "; option `interval` makes that rarer.";
    }

    private void configuration(DeviceSpec.Model first) {
        line("");
        line("```toml");
        line("[[sensor]]");
        line("name = \"my-sensor\"");
        line("driver = \"" + first.id() + "\"");
        line("port = \"/dev/serial/by-id/usb-...\"");
        line("```");
    }

    private void values() {
        line("");
        line("| value | unit | |");
        line("|---|---|---|");
        Map<String, String> rows = new LinkedHashMap<>();
        for (ValueSpec value : spec.values()) {
            String name = value.name().replace("{}", "*n*");
            rows.putIfAbsent(
                    name, "| `" + name.replace("*n*", "N") + "` | " + unit(value) + " | " + about(value) + " |");
        }
        rows.values().forEach(this::line);
    }

    private static String unit(ValueSpec value) {
        SenmlUnit unit = value.unit();
        if (unit != null) {
            return unit.primary();
        }
        return value.flag() ? "yes or no" : value.names().isEmpty() && !isText(value) ? "-" : "text";
    }

    private static boolean isText(ValueSpec value) {
        return value.type() == null && !value.decimal();
    }

    private static String about(ValueSpec value) {
        StringBuilder about = new StringBuilder(value.description());
        SenmlUnit unit = value.unit();
        if (unit != null && !unit.isPrimary()) {
            separate(about).append("the device says it in ").append(unit.name());
        }
        if (!value.names().isEmpty()) {
            // Several codes may mean the same.
            separate(about)
                    .append(String.join(", ", new LinkedHashSet<>(value.names().values())));
        }
        String range = PageText.outside(
                value.min(), value.max(), unit, value.outside() == ValueSpec.Outside.NONE ? "no value" : "doubted");
        if (!range.isEmpty()) {
            separate(about).append(range);
        }
        return about.toString();
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.isEmpty() ? text : text.append("; ");
    }

    private void traps() {
        if (!spec.docs().traps().isEmpty()) {
            line("");
            line("Beware:");
            line("");
            spec.docs().traps().forEach(trap -> line("* " + trap));
        }
    }

    private void commands() {
        if (!spec.commands().isEmpty()) {
            CommandTable.write(spec.commands().stream().map(CommandSpec::info).toList(), this::line);
        }
    }

    private void examples() {
        List<ExampleSpec> examples = spec.examples();
        line("");
        line(examples.size() == 1 ? "An example:" : "Examples:");
        for (ExampleSpec example : examples) {
            line("");
            line("```");
            String hex = example.bytes().toString();
            for (int at = 0; at < hex.length(); at += 96) {
                line(hex.substring(at, Math.min(hex.length(), at + 96)).strip());
            }
            line("```");
            line("");
            line(example.values().isEmpty() ? "No value (" + example.source() + ")." : meaning(example));
        }
    }

    private static String meaning(ExampleSpec example) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Object> value : new java.util.TreeMap<>(example.values()).entrySet()) {
            text.append(text.isEmpty() ? "" : ", ").append(value.getKey()).append(" = ");
            Object its = value.getValue();
            text.append(its instanceof Double real ? PageText.number(real) : String.valueOf(its));
        }
        return text + " (" + example.source().toLowerCase(Locale.ROOT) + ").";
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
