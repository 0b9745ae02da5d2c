/** Layouts of networks. */
@NullMarked
package io.thicket.sim.scenario;

import org.jspecify.annotations.NullMarked;
