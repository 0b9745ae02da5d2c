/**
 * The experiments: many routers, Thicket's own engine or a reference protocol, over the 802.11 medium of the comparison in virtual
 * time, with frames of their true sizes, and the figures that come of it.
 */
@NullMarked
package io.thicket.sim.lab;

import org.jspecify.annotations.NullMarked;
