package io.thicket.drivers.spec;

import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.CheckPlace;
import org.jspecify.annotations.Nullable;

/**
 * Something the device can be told.
 *
 * @param info what people must know
 * @param send the bytes, without the value if it has one
 * @param value where the value goes into them, null for an action
 * @param checksum put right after the value was written, null if there is none or it never changes
 * @param check how it is known that the device obeyed
 */
public record CommandSpec(
        CommandInfo info,
        Bytes send,
        @Nullable CommandValue value,
        @Nullable CheckPlace checksum,
        CommandCheck check) {
    public String name() {
        return info.name();
    }

    /** The bytes that tell it; {@code set} was checked against the command's setting. */
    public byte[] bytes(@Nullable Value set) {
        byte[] bytes = send.toArray();
        if (value != null && set != null) {
            value.type().write(bytes, value.at(), value.raw(set));
            if (checksum != null) {
                checksum.write(bytes, 0, bytes.length);
            }
        }
        return bytes;
    }

    /** The bits that stand for {@code set} in the bytes; 0 for an action. */
    public long raw(@Nullable Value set) {
        return value == null || set == null ? 0 : value.raw(set);
    }

    /** What the device holds if it holds the bits {@code raw}; null for an action. */
    public @Nullable Value valueOf(long raw) {
        return value == null ? null : value.valueOf(raw);
    }
}
