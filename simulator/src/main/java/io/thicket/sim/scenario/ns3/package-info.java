/**
 * The scenarios of the ns-3 comparison, regenerated from their seeds alone: places, movement, traffic and failures are drawn
 * from SplitMix64, one stream for each of the three.
 */
@NullMarked
package io.thicket.sim.scenario.ns3;

import org.jspecify.annotations.NullMarked;
