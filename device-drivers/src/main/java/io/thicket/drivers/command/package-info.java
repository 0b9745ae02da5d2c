/**
 * What a device can be told: set-points with a value, and actions without one. An order goes from any thread to the port's
 * thread, waits there for its turn on the line until a deadline, is confirmed by what the device answers or holds afterwards,
 * and ends with exactly one outcome. Pure but for the hand-over of {@code serial}: no I/O, no clock.
 */
@NullMarked
package io.thicket.drivers.command;

import org.jspecify.annotations.NullMarked;
