/**
 * Several units on one line that speak only when they are asked. {@link io.thicket.drivers.bus.Bus} decides who is asked
 * when, how long an answer is waited for and who is left alone; what is asked and what an answer means is known by its
 * {@link io.thicket.drivers.bus.BusUnit}s. Pure: the time is an argument, bytes come in and go out.
 */
@NullMarked
package io.thicket.drivers.bus;

import org.jspecify.annotations.NullMarked;
