/**
 * The scenario file: one TOML text that says everything about a run, read with every problem at once, and the network descriptions
 * of others that it can refer to. It knows nothing of how a scenario is run.
 */
@NullMarked
package io.thicket.sim.scenario.file;

import org.jspecify.annotations.NullMarked;
