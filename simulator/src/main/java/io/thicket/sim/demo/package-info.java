/**
 * {@code thicket demo}: a whole network of complete nodes in one process, on real UDP sockets and a real broker, with an
 * independent subscriber that says what arrived.
 */
@NullMarked
package io.thicket.sim.demo;

import org.jspecify.annotations.NullMarked;
