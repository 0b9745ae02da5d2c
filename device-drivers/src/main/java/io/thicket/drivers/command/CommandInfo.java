package io.thicket.drivers.command;

import org.jspecify.annotations.Nullable;

/**
 * Something that a device can be told.
 *
 * @param name lower case, {@code [a-z0-9_]{1,32}}
 * @param description for people
 * @param setting what may be set, null for an action that takes no value
 * @param dangerous whether it can spoil a calibration, a count, or the way to the device
 * @param repeatable whether telling it twice is the same as telling it once
 * @param confirmation how it is known that the device obeyed, for people; empty if it cannot be known
 */
public record CommandInfo(
        String name,
        String description,
        @Nullable Setting setting,
        boolean dangerous,
        boolean repeatable,
        String confirmation) {
    /** Most commands of one device. */
    public static final int MAX_COMMANDS = 64;

    /** Whether {@code name} can be part of a path and of a configuration. */
    public static boolean isValidName(String name) {
        return name.matches("[a-z0-9_]{1,32}");
    }
}
