/**
 * Other routing protocols behind the engine's own boundary, so that an experiment runs them where it runs Thicket: AODV
 * after RFC 3561, a distance vector after RFC 8966 (Babel), and managed flooding as on LoRa meshes. They are for
 * comparison only: no cryptography, no custody, no end-to-end acknowledgement. What each of them reads into its
 * specification is in the module's README, section "Reference protocols".
 */
@NullMarked
package io.thicket.sim.reference;

import org.jspecify.annotations.NullMarked;
