/**
 * Sensors of a node: serial devices behind their port workers, and virtual ones. What happens on a port's thread is copied
 * and posted to the node's loop through a bounded queue.
 */
@NullMarked
package io.thicket.agent.sensing;

import org.jspecify.annotations.NullMarked;
