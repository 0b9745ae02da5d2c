package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;

/**
 * Something the device can be told.
 *
 * @param dangerous whether it can spoil a calibration or a count
 */
public record CommandSpec(String name, String description, Bytes send, boolean dangerous) {}
