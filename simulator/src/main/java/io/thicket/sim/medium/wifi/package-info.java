/**
 * The medium of the comparison: IEEE 802.11b ad hoc at 2 Mb/s with the distributed coordination function, over a radio of a
 * plain range or of the two-ray ground model with capture. Stations carry opaque payloads; what the frames mean is the
 * user's. Sans-IO, in the virtual time of {@code sim.kernel}.
 */
@NullMarked
package io.thicket.sim.medium.wifi;

import org.jspecify.annotations.NullMarked;
