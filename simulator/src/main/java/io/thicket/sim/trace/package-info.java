/** What happened, as text that is the same for the same seed, and its hash. */
@NullMarked
package io.thicket.sim.trace;

import org.jspecify.annotations.NullMarked;
