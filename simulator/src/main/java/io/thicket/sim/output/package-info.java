/** Files that are written while a run goes on. */
@NullMarked
package io.thicket.sim.output;

import org.jspecify.annotations.NullMarked;
