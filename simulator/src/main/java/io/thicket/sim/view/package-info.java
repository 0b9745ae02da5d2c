/**
 * The page that shows a run (docs/view.md): a server on this machine alone, whose files come from the jar. The page knows runs by the
 * events of {@code sim.recording} only.
 */
@NullMarked
package io.thicket.sim.view;

import org.jspecify.annotations.NullMarked;
