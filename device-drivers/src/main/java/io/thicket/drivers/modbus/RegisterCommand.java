package io.thicket.drivers.modbus;

import io.thicket.drivers.Observation;
import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.command.CommandInfo;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that a Modbus device can be told: a coil or holding registers that are written, and read back.
 *
 * @param info what people must know; its setting is null if {@code fixed} is written
 * @param target where, and how a value lies there; a coil or holding registers, no text
 * @param fixed the bits that an action writes, null for a set-point
 * @param many whether functions 15 and 16 are used where 5 and 6 would do: some devices know only those
 * @param readBack whether the place can be read; else the answer to the write is all there is
 */
public record RegisterCommand(
        CommandInfo info, RegisterValue target, @Nullable Long fixed, boolean many, boolean readBack) {
    public RegisterCommand {
        if (target.type() == ValueType.TEXT || target.words() > 4) {
            throw new IllegalArgumentException(info.name() + " is no number");
        }
        if (target.table() != RegisterTable.COIL && target.table() != RegisterTable.HOLDING) {
            throw new IllegalArgumentException(info.name() + ": " + target.table() + " cannot be written");
        }
    }

    public String name() {
        return info.name();
    }

    /** The bits to write for {@code value}, which was checked against the setting. */
    long raw(@Nullable Value value) {
        Long its = fixed;
        if (its != null) {
            return its;
        }
        if (value instanceof Value.Flag flag) {
            return flag.value() ? flagBits() : 0;
        }
        if (value instanceof Value.Numeric number) {
            return bits(number.value());
        }
        throw new IllegalArgumentException(info.name() + " needs a value");
    }

    /** Whether the bits that an action writes are bits of its place, so that they can be read back. */
    public static boolean fits(RegisterValue target, long raw) {
        long most = target.table().isBits() ? 1 : target.words() == 4 ? -1L : (1L << 16 * target.words()) - 1;
        return (raw & ~(most & target.mask())) == 0;
    }

    /** Whether every allowed number can be said in the registers. */
    public boolean holds(double value) {
        double number = (value - target.offset()) / target.scale();
        if (target.mask() != -1L) {
            long most = target.mask() >>> Long.numberOfTrailingZeros(target.mask());
            return number > -0.5 && number < most + 0.5;
        }
        return switch (target.type()) {
            case U16 -> number > -0.5 && number < 0xFFFF + 0.5;
            case S16 -> number > -0x8000 - 0.5 && number < 0x7FFF + 0.5;
            case U32 -> number > -0.5 && number < 0xFFFFFFFFL + 0.5;
            case S32 -> number > Integer.MIN_VALUE - 0.5 && number < Integer.MAX_VALUE + 0.5;
            case U64, S64 -> Math.abs(number) < 0x1p53 && (number > -0.5 || target.type() == ValueType.S64);
            case F32 -> Math.abs(number) <= Float.MAX_VALUE;
            case F64 -> Double.isFinite(number);
            case FLAG -> true;
            case BCD16, BCD32, TEXT -> false;
        };
    }

    private long bits(double value) {
        double number = (value - target.offset()) / target.scale();
        return switch (target.type()) {
            // Adding 0 takes the sign off a zero: a device need not keep it.
            case F32 -> Float.floatToIntBits((float) number + 0f) & 0xFFFFFFFFL;
            case F64 -> Double.doubleToLongBits(number + 0.0);
            default -> shifted(Math.round(number)) & allBits();
        };
    }

    private long shifted(long number) {
        return target.mask() == -1L ? number : number << Long.numberOfTrailingZeros(target.mask()) & target.mask();
    }

    private long allBits() {
        return target.words() == 4 ? -1L : (1L << 16 * target.words()) - 1;
    }

    private long flagBits() {
        if (target.table().isBits() || target.mask() == -1L) {
            return 1;
        }
        return target.mask();
    }

    /** The request that writes {@code raw}. */
    ModbusRequest write(int unit, long raw) {
        if (target.table() == RegisterTable.COIL) {
            return many
                    ? ModbusRequest.writeCoils(unit, target.address(), raw != 0)
                    : ModbusRequest.writeCoil(unit, target.address(), raw != 0);
        }
        int[] registers = target.order().disassemble(raw, target.words());
        if (target.words() == 1 && target.mask() != -1L) {
            int[] masks = target.order().disassemble(target.mask(), 1);
            return ModbusRequest.maskRegister(unit, target.address(), ~masks[0] & 0xFFFF, registers[0]);
        }
        return many || target.words() > 1
                ? ModbusRequest.writeRegisters(unit, target.address(), registers)
                : ModbusRequest.writeRegister(unit, target.address(), registers[0]);
    }

    /** The request that reads the place. */
    ModbusRequest read(int unit) {
        return ModbusRequest.read(unit, target.table(), target.address(), target.words());
    }

    /** Whether the answer to {@link #read}, whose data begin at {@code at}, holds the bits. */
    boolean isHeld(byte[] answer, int at, long raw) {
        long held = target.raw(answer, at, target.address());
        return target.mask() == -1L ? (held & allBits()) == raw : (held & target.mask()) == (raw & target.mask());
    }

    /** What the answer to {@link #read} holds, in the unit of the setting; null for an action, or if it is no number. */
    @Nullable
    Value held(byte[] answer, int at) {
        if (fixed != null) {
            return null;
        }
        if (target.type() == ValueType.FLAG) {
            return new Value.Flag((target.raw(answer, at, target.address()) & target.mask()) != 0);
        }
        // Without its unit: what is set and what is held are told in the same one.
        RegisterValue plain = new RegisterValue(
                target.name(),
                target.table(),
                target.address(),
                target.type(),
                target.words(),
                target.order(),
                target.mask(),
                target.scale(),
                target.offset(),
                null,
                target.min(),
                target.max(),
                Set.of(),
                Map.of());
        Optional<Value> value = plain.read(answer, at, target.address()).map(Observation::value);
        return value.orElse(null);
    }
}
