/**
 * A Modbus RTU master: requests and how their answers are recognised among noise, register maps and their values, the plan
 * of reads that covers them, and devices as units of a {@link io.thicket.drivers.bus.Bus}. Pure.
 */
@NullMarked
package io.thicket.drivers.modbus;

import org.jspecify.annotations.NullMarked;
