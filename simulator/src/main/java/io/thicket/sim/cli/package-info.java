/** The command line of the laptop distribution: everything, and the demo. */
@NullMarked
package io.thicket.sim.cli;

import org.jspecify.annotations.NullMarked;
