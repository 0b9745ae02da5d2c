/** Simulated ports (store, sensor, uplink, clock) and the composition root that gives them to the agent's own node. */
@NullMarked
package io.thicket.sim.node;

import org.jspecify.annotations.NullMarked;
