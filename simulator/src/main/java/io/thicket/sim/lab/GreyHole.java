package io.thicket.sim.lab;

import io.thicket.routing.MessageId;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.MeshMessage;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Half of the messages vanish in it, whichever way and how often they are sent: a new draw for each transmission would let through nearly
 * all, since a router sends what is not answered several times. Of several messages in one frame the first decides.
 */
final class GreyHole {
    private final RandomGenerator random;
    private final long salt;

    GreyHole(RandomGenerator random) {
        this.random = random;
        this.salt = random.nextLong();
    }

    /** Whether a frame with these messages goes on; what cannot be read, which is sent once, is drawn for. */
    boolean passes(List<MeshMessage> messages) {
        for (MeshMessage message : messages) {
            if (message instanceof Data data) {
                MessageId id = data.id();
                return FrameChecksums.mix(
                                FrameChecksums.mix(salt ^ id.origin().value()) ^ id.epoch() ^ id.number() << 32)
                        >= 0;
            }
        }
        return random.nextBoolean();
    }
}
