package io.thicket.routing.engine;

import io.thicket.routing.LinkClass;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.RoutingCounter;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.WireLimits;
import java.util.List;

/**
 * Lets E2EACKs leave without an exchange, so that a settlement costs one frame a hop instead of two, where hardly one can be
 * lost: on a link that repeats by itself and has shown lately that it loses nothing. Losing one costs a repetition by the
 * origin, which goes under exchanges all the way.
 *
 * <p>Without an acknowledgement the sender's route lives no longer than before (U9) and the receiver owes it no memory (U6); it
 * is the case "acknowledgement lost" of the rules, less the repetition. A refusal comes back as RERR.
 */
final class UnconfirmedAcks {
    /** One E2EACK in so long goes under an exchange: only its result shows what the link is worth. */
    static final long PROVE_MS = 60_000;

    /** Above it the link loses frames. One repetition raises the mean above it for some 7 messages. */
    static final double CLEAN_ETX = 1.05;

    /**
     * More in one frame are worth an acknowledgement, which they share: a repetition of each would cost some four frames a hop.
     */
    static final int MAX_MESSAGES = 4;

    private final Core core;
    private final FrameSender frames;

    UnconfirmedAcks(Core core, FrameSender frames) {
        this.core = core;
        this.frames = frames;
    }

    /** Whether {@code bundle}, after which nothing waits for {@code hop}, may go to it without an exchange. */
    boolean suit(List<Held> bundle, Neighbor hop) {
        if (bundle.size() > MAX_MESSAGES || hop.link.info.linkClass() == LinkClass.LORA || !isClean(hop)) {
            return false;
        }
        for (int i = 0; i < bundle.size(); i++) {
            Held message = bundle.get(i);
            if (message.ack == null || message.needsAnswer) {
                return false;
            }
        }
        return true;
    }

    private boolean isClean(Neighbor hop) {
        return hop.failuresInRow() == 0
                && !hop.isRestless(core.now()) // what it answered a minute ago says nothing about now
                && hop.lastReplyMs() - hop.replyLostMs() > 0
                && hop.isProven(core.now(), PROVE_MS, CLEAN_ETX);
    }

    void send(List<MeshMessage> acks, Neighbor hop) {
        core.count(RoutingCounter.DATA_FRAMES_SENT);
        frames.unicast(hop, MeshRouter.NO_EXCHANGE, acks);
    }

    /** Whether {@code ack} settles a message that came again here: then it, or an E2EACK for it, was lost before. */
    static boolean isAskedAgain(E2eAck ack, DedupWindows passed) {
        for (long number = ack.base();
                number >= 0 && number <= WireLimits.MAX_U32;
                number = ack.nextSettled(number + 1)) {
            int seen = passed.find(ack.origin(), ack.epoch(), number);
            if (seen != DedupWindows.UNKNOWN && passed.turn(seen) > 0) {
                return true;
            }
        }
        return false;
    }
}
