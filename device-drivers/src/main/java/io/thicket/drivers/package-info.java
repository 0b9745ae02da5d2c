/**
 * Sensors: what a driver is, and what it says. Framers and decoders are pure: bytes and their time of arrival come in,
 * {@link io.thicket.drivers.Observation}s go out. Threads and clocks live in {@code drivers.serial} only.
 */
@NullMarked
package io.thicket.drivers;

import org.jspecify.annotations.NullMarked;
