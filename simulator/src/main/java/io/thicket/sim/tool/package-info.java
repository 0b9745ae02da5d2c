/** Tools that the system test runs beside real agents. They ship with the simulator, not with devices. */
@NullMarked
package io.thicket.sim.tool;

import org.jspecify.annotations.NullMarked;
