/** What a node needs from outside: links, store, clocks, sensors, uplink. Real and simulated kinds fulfil one contract. */
@NullMarked
package io.thicket.agent.port;

import org.jspecify.annotations.NullMarked;
