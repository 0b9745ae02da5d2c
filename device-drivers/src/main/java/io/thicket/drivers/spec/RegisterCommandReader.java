package io.thicket.drivers.spec;

import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.Setting;
import io.thicket.drivers.modbus.RegisterCommand;
import io.thicket.drivers.modbus.RegisterTable;
import io.thicket.drivers.modbus.RegisterValue;
import io.thicket.drivers.modbus.ValueType;
import io.thicket.drivers.modbus.WordOrder;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@code [[command]]} of a register map: a place as of a {@code [[value]]}, and what may be written there. */
final class RegisterCommandReader {
    private final SpecTable table;
    private final WordOrder usualOrder;

    RegisterCommandReader(SpecTable table, WordOrder usualOrder) {
        this.table = table;
        this.usualOrder = usualOrder;
    }

    /** The command; empty after a problem. {@code names} are those of the device so far, to which its own is added. */
    Optional<RegisterCommand> read(Set<String> names) {
        String name = CommandReader.name(table, names);
        Long fixed = fixed();
        boolean many = table.flag("many", false);
        boolean readBack = table.flag("read_back", fixed == null);
        boolean dangerous = table.flag("dangerous", false);
        boolean repeat = table.flag("repeat", fixed == null);
        String description = table.text("description", "");
        RegisterValue target = new RegisterValueReader(table, usualOrder).read().orElse(null);
        if (target == null || !isWritable(target)) {
            return Optional.empty();
        }
        if (fixed != null && fixed >= 0 && fixed <= 0xFFFF_FFFFL && !RegisterCommand.fits(target, fixed)) {
            refuse(
                    fixed,
                    target.table().isBits() ? "write 1 for on, 0 for off" : "write bits of its type and its mask");
            return Optional.empty();
        }
        Setting setting = fixed != null ? null : target.type() == ValueType.FLAG ? Setting.FLAG : number(target);
        CommandInfo info = new CommandInfo(
                name,
                description,
                setting,
                dangerous,
                repeat,
                readBack ? "by reading it back" : "by the device's answer to the write");
        RegisterCommand command = new RegisterCommand(info, target, fixed, many, readBack);
        if (setting != null && !setting.flag() && !(command.holds(setting.min()) && command.holds(setting.max()))) {
            table.error("max", setting.range() + " does not fit into the registers", "");
            return Optional.empty();
        }
        return Optional.of(command);
    }

    private @Nullable Long fixed() {
        if (!table.has("write")) {
            return null;
        }
        long raw = table.longInteger("write", 0);
        if (raw < 0 || raw > 0xFFFF_FFFFL) {
            refuse(raw, "write a whole number from 0 on");
        }
        return raw;
    }

    private void refuse(long raw, String cure) {
        table.error("write", "write = " + raw + " is not what registers hold", cure);
    }

    private Setting number(RegisterValue target) {
        for (String key : new String[] {"min", "max"}) {
            if (!table.has(key)) {
                table.missing(key, key.equals("min") ? "0" : "100");
            }
        }
        return new Setting(false, target.unit(), target.min(), target.max());
    }

    private boolean isWritable(RegisterValue target) {
        if (target.table() != RegisterTable.COIL && target.table() != RegisterTable.HOLDING) {
            table.error("only coils and holding registers can be written", "write coil = 0 or holding = 0");
            return false;
        }
        if (target.type() == ValueType.TEXT
                || target.type() == ValueType.BCD16
                || target.type() == ValueType.BCD32
                || target.words() > 1 && target.mask() != -1L) {
            table.error("type", "such a value cannot be written", "write u16, s16, u32, s32, f32 ... or flag");
            return false;
        }
        return true;
    }
}
