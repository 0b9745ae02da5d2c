/**
 * Ways to the neighbours: UDP on a network interface, UDP to listed peers. A receiver thread copies bytes and posts;
 * everything else happens on the node's loop.
 */
@NullMarked
package io.thicket.agent.link;

import org.jspecify.annotations.NullMarked;
