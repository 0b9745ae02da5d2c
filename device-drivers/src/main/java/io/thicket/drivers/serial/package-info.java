/**
 * Serial ports: the one thread that owns a port, its states, its reopening. The only package of this module with
 * threads and clocks; jSSC itself is confined to {@code drivers.serial.jssc}.
 */
@NullMarked
package io.thicket.drivers.serial;

import org.jspecify.annotations.NullMarked;
