package io.thicket.drivers.modbus;

import io.thicket.drivers.framing.Bytes;

/**
 * What a device was asked once, and what it answered.
 *
 * @param request of registers, with its check value
 * @param answer with its check value
 */
public record RegisterExchange(Bytes request, Bytes answer) {}
