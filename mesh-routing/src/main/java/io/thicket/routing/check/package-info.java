/**
 * The judge: what must hold after every event of a run (the protocol's invariants), and what must come true in the end.
 * It reads plain pictures of the nodes, so that tests of the engine and the simulator share one set of checkers; no node
 * needs it, and the device jars leave it out.
 */
@NullMarked
package io.thicket.routing.check;

import org.jspecify.annotations.NullMarked;
