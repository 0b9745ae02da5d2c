package io.thicket.routing.engine;

import io.thicket.routing.Alarm;

/** What an exchange that is over says of the link to its hop (2.7): that it works, loses much, carries small frames only, or is gone. */
final class HopVerdicts {
    /** Transmissions of a probe. Two would call every fourth link down that loses 30 % each way. */
    private static final int PROBE_SENDS = 4;

    /** The same for a neighbour that answered nearly everything at once. */
    private static final int RELIABLE_SENDS = 2;

    /** An answer after more transmissions than this says little about the round trip. */
    private static final int LATE_SENDS = 3;

    /** A link with this ETX answers, but not always: it is lossy, or the channel is congested. */
    private static final double LOSSY_ETX = 1.8;

    /** Messages in a row that moved on to the alternate, over a good link: each was sent twice already, and the alternate may be gone, too. */
    private static final int ABANDONED_FAILURES = 2;

    /** Messages in a row, exhausted or moved, that make a lossy or full link SUSPECT; one exhausted one does for a good one. */
    private static final int LOSSY_FAILURES = 3;

    private final Core core;
    private final ExchangeOwner owner;

    HopVerdicts(Core core, ExchangeOwner owner) {
        this.core = core;
        this.owner = owner;
    }

    /**
     * Transmissions at most. Each one to a neighbour that is gone costs as much airtime as ten to one that is there, since the MAC
     * repeats it too; so a reliable one that says nothing is called SUSPECT early, and a probe tells.
     */
    int limit(Exchange exchange, boolean silent) {
        Neighbor hop = exchange.hop();
        boolean reliable = hop.isRestless(core.now()) && hop.isReliable();
        int usual = exchange.isProbe() ? PROBE_SENDS : 1 + hop.parameters().maxRetransmit();
        return reliable && (silent || exchange.isProbe()) ? Math.min(usual, RELIABLE_SENDS) : usual;
    }

    /** The hop answered, whatever it said. */
    void answered(Exchange exchange) {
        Neighbor hop = exchange.hop();
        long sinceMs = core.now() - exchange.firstSentMs;
        if (exchange.sends == 1) {
            hop.onRoundTrip(sinceMs);
            hop.link.delay.answered(core.now(), sinceMs);
        } else if (exchange.sends <= LATE_SENDS && !exchange.heldUp) {
            hop.onLateAnswer(sinceMs);
        }
        hop.correspondence().answered(core.now(), exchange.bytes);
        if (exchange.isProbe()) {
            warnOfSize(hop);
        }
        hop.onDelivered(core.now(), exchange.sends);
        hop.correspondence().lossyWhenAnswered = hop.etx(core.now()) >= LOSSY_ETX;
        hop.updateCost(core.now());
        owner.linkProved(hop);
    }

    /** The hop answers, but what is larger does not get there. */
    private void warnOfSize(Neighbor hop) {
        LargeFrames lost = hop.correspondence().largeFrames();
        if (lost.areKnownLost(hop.link.info.mtuBytes())) {
            core.alarm(
                    Alarm.Kind.SMALL_FRAMES_ONLY,
                    hop.id(),
                    "it answers small frames, but of those of more than " + lost.mtuBytes() + " bytes none gets there");
        }
    }

    /** The last transmission was not answered in time; {@code silent} if the hop answered nothing at all since the first one. */
    void exhausted(Exchange exchange, boolean silent) {
        Neighbor hop = exchange.hop();
        undelivered(hop);
        hop.correspondence().failed();
        if (exchange.isProbe()) {
            hop.correspondence().probeLost(core.now(), exchange.isPadded(), hop.parameters());
        }
        boolean excused =
                saysLittle(exchange) && hop.isUsable() && !exchange.isProbe() && hop.failuresInRow() < LOSSY_FAILURES;
        if (isTooLarge(exchange)) {
            owner.linkFailed(hop, exchange.isProbe(), exchange.isProbe());
        } else if (silent && excused) {
            hop.correspondence().pause(core.now() + hop.rtoMs());
        } else if (silent && !exchange.isPadded()) { // a padded probe that is lost says nothing of small frames
            owner.linkFailed(hop, exchange.isProbe() || !isHeardSince(exchange), exchange.isProbe());
        }
    }

    /**
     * What moves to the alternate says something about its hop, too: with two neighbours that are gone, messages would else go from one
     * to the other for ever.
     */
    void movesOn(Exchange exchange, boolean silent) {
        Neighbor hop = exchange.hop();
        undelivered(hop);
        if (exchange.sends < hop.parameters().alternateAfterSends()) {
            return;
        }
        if (isTooLarge(exchange)) {
            owner.linkFailed(hop, false, false);
            return;
        }
        if (!silent) {
            return;
        }
        hop.correspondence().failed();
        if (hop.failuresInRow() >= failuresFor(exchange)) {
            owner.linkFailed(hop, false, false);
        }
    }

    /** Silence of one that moves means that it is gone, not that the link is bad: when it comes back, detours around it would be longer. */
    private void undelivered(Neighbor hop) {
        if (!hop.isRestless(core.now())) {
            hop.onUndelivered(core.now());
            hop.updateCost(core.now());
        }
    }

    /**
     * Whether the hop answers small frames only, it seems now that this one was not answered either. Not where airtime is limited: there a
     * probe as large as a message would take the airtime of one.
     */
    private boolean isTooLarge(Exchange exchange) {
        Neighbor hop = exchange.hop();
        if (!exchange.isProbe() && !hop.link.duty.isLimited() && exchange.bytes > 0) {
            hop.correspondence().lost(exchange.bytes, failuresFor(exchange));
        }
        return hop.isSuspectedOfSize();
    }

    /** Messages in a row that are no chance. */
    private int failuresFor(Exchange exchange) {
        boolean sentOnce = exchange.hop().parameters().alternateAfterSends() < ABANDONED_FAILURES;
        return sentOnce || saysLittle(exchange) ? LOSSY_FAILURES : ABANDONED_FAILURES;
    }

    /** 2.7: what fails while the channel is full says little about the link, and probes would fill it more. */
    private boolean saysLittle(Exchange exchange) {
        Neighbor hop = exchange.hop();
        return hop.wasLossy() || isHeardSince(exchange) && hop.link.isCongested(core.now());
    }

    /** Whether anything was heard of the hop since the first transmission. */
    private boolean isHeardSince(Exchange exchange) {
        return exchange.hop().lastHeardMs(core.now()) - exchange.firstSentMs >= 0;
    }
}
