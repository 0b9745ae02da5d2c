/**
 * A run in somebody's hands: words typed, piped or read from a file that stop it, look at nodes, and do to nodes and links what faults
 * do. Only the simulation's thread touches the simulation; {@link io.thicket.sim.console.InputLines} reads beside it.
 */
@NullMarked
package io.thicket.sim.console;

import org.jspecify.annotations.NullMarked;
