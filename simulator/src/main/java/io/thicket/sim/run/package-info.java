/** Runs scenarios: makes a network of the laboratory of one, lets things go wrong in it, and says what came of it. */
@NullMarked
package io.thicket.sim.run;

import org.jspecify.annotations.NullMarked;
