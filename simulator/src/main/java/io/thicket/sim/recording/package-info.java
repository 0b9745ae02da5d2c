/**
 * Recordings of runs (docs/view.md): what nodes showed of themselves and what happened to packets, as events in blocks that each begin
 * with a whole picture, so that any moment is found by reading one block. Fed by the agent's own snapshots and effects.
 */
@NullMarked
package io.thicket.sim.recording;

import org.jspecify.annotations.NullMarked;
