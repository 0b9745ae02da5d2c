package io.thicket.sim.lab;

import io.thicket.routing.MessageId;
import io.thicket.sim.kernel.Seeds;
import java.util.random.RandomGenerator;

/**
 * Half of the messages vanish in it, whichever way and how often they are sent: a new draw for each transmission would let through nearly
 * all, since an origin sends what is not settled several times.
 */
final class GreyHole {
    private final RandomGenerator random;
    private final long salt;

    GreyHole(RandomGenerator random) {
        this.random = random;
        this.salt = random.nextLong();
    }

    /** That of the node, in each of its boots. */
    static GreyHole of(Seeds seeds, int node) {
        return new GreyHole(seeds.generator("insider", node));
    }

    /** Whether the message goes on. */
    boolean passes(MessageId id) {
        return FrameChecksums.mix(FrameChecksums.mix(salt ^ id.origin().value()) ^ id.epoch() ^ id.number() << 32) >= 0;
    }

    /** Whether a frame that cannot be read, which is sent once, goes on. */
    boolean passesUnread() {
        return random.nextBoolean();
    }
}
