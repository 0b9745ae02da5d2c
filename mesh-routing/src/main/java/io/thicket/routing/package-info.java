/**
 * The mesh protocol's boundary: what goes into the engine and what it wants done.
 *
 * <p>Nothing in this module owns a socket, thread, clock, logger or random source. Times are milliseconds of one
 * monotonic clock, handed in with every call. Read {@link io.thicket.routing.MeshRouter} and
 * {@link io.thicket.routing.RouterEffects} first.
 */
@NullMarked
package io.thicket.routing;

import org.jspecify.annotations.NullMarked;
