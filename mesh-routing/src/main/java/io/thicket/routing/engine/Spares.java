package io.thicket.routing.engine;

import java.util.ArrayDeque;

/**
 * Empty lanes, and messages and exchanges that ended, to be used again by the next who needs some: never more than were held at a time, by all the
 * routers together that share {@link io.thicket.routing.security.FrameBuffers}.
 */
final class Spares {
    final ArrayDeque<CustodyQueue.Lane> lanes = new ArrayDeque<>(0);
    final ArrayDeque<Held> messages = new ArrayDeque<>(0);
    final ArrayDeque<Exchange> exchanges = new ArrayDeque<>(0);
}
