/** The air between simulated nodes: who hears whom, and how badly. It carries the hop datagrams of the real links. */
@NullMarked
package io.thicket.sim.medium;

import org.jspecify.annotations.NullMarked;
