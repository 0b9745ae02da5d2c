/**
 * Runs that meet the world: simulated nodes in real time, with CoAP ports, a real broker, links to real agents and devices on real ports.
 * The simulation has one thread, as always; all others only put tasks into one bounded queue.
 */
@NullMarked
package io.thicket.sim.bridge;

import org.jspecify.annotations.NullMarked;
