/** What must hold after every event of a run. */
@NullMarked
package io.thicket.sim.check;

import org.jspecify.annotations.NullMarked;
