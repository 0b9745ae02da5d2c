/** The node: one single-threaded object that joins router, CoAP, sensors and outbox; the same in agent and simulator. */
@NullMarked
package io.thicket.agent.node;

import org.jspecify.annotations.NullMarked;
