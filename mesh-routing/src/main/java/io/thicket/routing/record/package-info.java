/**
 * The replayable event log: {@link io.thicket.routing.record.RecordingRouter} writes down everything that goes into a router
 * and a hash of all that comes out; {@link io.thicket.routing.record.Replay} feeds a new router from it and compares. A log
 * holds sealed frames and the seed of the boot's random numbers: with the network key it tells everything, so it must be
 * kept like that key. The format is described in {@code mesh-routing/README.md}.
 */
@NullMarked
package io.thicket.routing.record;

import org.jspecify.annotations.NullMarked;
