/** Faults as values: what goes wrong in a run, and when. */
@NullMarked
package io.thicket.sim.fault;

import org.jspecify.annotations.NullMarked;
