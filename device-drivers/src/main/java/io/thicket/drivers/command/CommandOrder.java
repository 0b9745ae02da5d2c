package io.thicket.drivers.command;

import io.thicket.drivers.Observation.Value;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One command on its way to a device.
 *
 * @param device name of its sensor
 * @param command name of the command
 * @param value what to set, null for an action
 * @param withinMs it is not sent later than this after it was handed over
 * @param done hears the outcome once, on the thread that drives the port
 */
public record CommandOrder(
        String device, String command, @Nullable Value value, long withinMs, Consumer<CommandOutcome> done) {
    /** Longest time before it is sent. */
    public static final long MAX_WITHIN_MS = 60_000;

    public CommandOrder {
        if (withinMs < 1 || withinMs > MAX_WITHIN_MS) {
            throw new IllegalArgumentException("an order within " + withinMs + " ms");
        }
    }
}
