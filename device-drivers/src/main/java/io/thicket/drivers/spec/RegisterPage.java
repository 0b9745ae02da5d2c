package io.thicket.drivers.spec;

import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.modbus.RegisterCommand;
import io.thicket.drivers.modbus.RegisterMap;
import io.thicket.drivers.modbus.RegisterValue;
import io.thicket.drivers.modbus.ValueType;
import java.util.Locale;

/** The page about a Modbus device in the documentation, out of its register map. */
public final class RegisterPage {
    private final RegisterMap map;
    private final StringBuilder out = new StringBuilder();

    private RegisterPage(RegisterMap map) {
        this.map = map;
    }

    /** Markdown. */
    public static String markdown(RegisterMap map) {
        return new RegisterPage(map).page();
    }

    private String page() {
        line("# " + map.title());
        line("");
        line(map.docs().about());
        line("");
        line("Line: " + PageText.of(map.line()) + "; Modbus RTU, unit " + map.unit()
                + " as delivered."
                + (map.minIntervalMs() == 0
                        ? ""
                        : " It is asked every " + Durations.text(map.minIntervalMs()) + " at most."));
        line("");
        line("Wiring: " + map.docs().wiring());
        line("");
        line("```toml");
        line("[[sensor]]");
        line("name = \"my-sensor\"");
        line("driver = \"" + map.id() + "\"");
        line("port = \"/dev/serial/by-id/usb-...\"      # or bus = \"NAME\" of a [[bus]], and unit = N");
        line("```");
        line("");
        line("| value | unit | register | |");
        line("|---|---|---|---|");
        map.values()
                .forEach(value -> line("| `" + value.name() + "` | " + unit(value) + " | " + place(value) + " | "
                        + about(value) + " |"));
        if (!map.docs().traps().isEmpty()) {
            line("");
            map.docs().traps().forEach(trap -> line("* " + trap));
        }
        if (!map.commands().isEmpty()) {
            CommandTable.write(
                    map.commands().stream().map(RegisterCommand::info).toList(), this::line);
        }
        return out.toString();
    }

    private static String unit(RegisterValue value) {
        SenmlUnit unit = value.unit();
        if (unit != null) {
            return unit.primary();
        }
        return value.type() == ValueType.FLAG ? "yes or no" : value.type() == ValueType.TEXT ? "text" : "-";
    }

    private static String place(RegisterValue value) {
        return value.table().name().toLowerCase(Locale.ROOT)
                + String.format(Locale.ROOT, " 0x%04X ", value.address())
                + value.type().name().toLowerCase(Locale.ROOT);
    }

    private static String about(RegisterValue value) {
        StringBuilder about = new StringBuilder();
        SenmlUnit unit = value.unit();
        if (unit != null && !unit.isPrimary()) {
            about.append("the device says it in ").append(unit.name());
        }
        if (!value.alarms().isEmpty()) {
            about.append("while a bit is set all values are doubted: ")
                    .append(String.join(", ", value.alarms().values()));
        }
        String range = PageText.outside(value.min(), value.max(), unit, "doubted");
        if (!range.isEmpty()) {
            about.append(about.length() == 0 ? "" : "; ").append(range);
        }
        return about.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
