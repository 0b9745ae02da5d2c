/**
 * The routing engine: {@link io.thicket.routing.engine.Router} dispatches, small classes hold one idea each.
 *
 * <p>Rule names (U1 to U10) and section numbers in comments are those of {@code mesh-routing/README.md}. Everything here
 * is single-threaded and free of I/O, clocks and chance of its own.
 */
@NullMarked
package io.thicket.routing.engine;

import org.jspecify.annotations.NullMarked;
