/** Virtual time: one event queue, the timers of each node, and the seeds that everything random is drawn from. */
@NullMarked
package io.thicket.sim.kernel;

import org.jspecify.annotations.NullMarked;
