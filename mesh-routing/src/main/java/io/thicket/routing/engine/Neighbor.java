package io.thicket.routing.engine;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.security.SessionPeer;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * One session: a (node, boot) on one link (2.3). It is created by a frame of a boot that answered its challenge and
 * ends for good when another boot does.
 *
 * <pre>
 *   HEARD ----(probe or challenge answered, heard list names me)----> TWO_WAY
 *   TWO_WAY --(a message exhausted its repetitions)-----------------> SUSPECT --(probe answered)--> TWO_WAY
 *   SUSPECT --(a probe exhausted, or another message in silence)----> DOWN
 *   TWO_WAY --(heard lists do not name me)--------------------------> HEARD
 *   any ------(silence of 3.5 intervals, link failure)--------------> DOWN --(any frame)--> HEARD
 * </pre>
 */
final class Neighbor extends SessionState implements NextHop, SessionPeer {
    /** A HELLO interval below this many shortest ones is a short one; after a Trickle reset they are short for no longer than that. */
    private static final int RESTLESS_INTERVALS = 8;

    /** Short intervals that last longer count as so long; it announces one more often than that. */
    private static final int LONGEST_MS = 1 << 30;

    /** Before anything that can have happened. */
    static final long LONG_AGO_MS = Long.MIN_VALUE / 2;

    /** Of so many HELLOs one keeps what is known of the neighbour's epochs from being forgotten as unused. */
    private static final byte EPOCH_KNOWN_TIMES = 15;

    /** A HELLO of four is lost on a bad link; that all of these are is rare. */
    private static final byte GATEWAYS_TOLD = 4;

    /** It was not here when it was heard, and has not answered yet. */
    boolean arriving;

    /** Since when its intervals are short, the low half of the time; of no meaning while they are not. */
    private int shortSinceMs;

    byte missingInHeardLists;

    /** To relay, as its last HELLO said. */
    private byte willingness = Hello.MAX_WILLINGNESS;

    boolean probing;

    /** It failed before: only an answered message makes it TWO_WAY again, a heard list does not. */
    boolean needsProof;

    /** An epoch that it announced, and {@link Identities#changes} when nothing was known against it; of 32 bits. */
    private int knownEpoch;

    private int knownAtChanges;

    /** How often that need not be looked at again. */
    private byte knownTimes;

    /** Its last HELLO named no gateway; and what this node says to that. */
    boolean knowsNoGateway;

    /** Null after it knew one for so long that the next ones are the first again. */
    private @Nullable HelloSeries toldGateways;

    /** Whom it hears (two hops), for floods. */
    int[] heardList = HeardList.NONE;

    Neighbor(long nowMs, NodeId id, int bootTag, Interface link, LinkAddress address) {
        super(nowMs, id, bootTag, link, address);
        updateCost(nowMs);
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public int bootTag() {
        return bootTag;
    }

    @Override
    public boolean isFresh(long nowMs) {
        return !isRestless(nowMs) || silentMs(nowMs) <= link.parameters.boundedIntervalMs(announcedIntervalMs());
    }

    @Override
    public boolean isCongested(long nowMs) {
        return link.isCongested(nowMs);
    }

    /** The HELLOs that tell it of gateways; made for the first. */
    HelloSeries toldGateways() {
        HelloSeries told = toldGateways;
        if (told == null) {
            told = new HelloSeries(GATEWAYS_TOLD, link.parameters);
            toldGateways = told;
        }
        return told;
    }

    /** It knows a gateway. */
    void knowsGateway(long nowMs) {
        knowsNoGateway = false;
        if (toldGateways != null) {
            toldGateways.end(nowMs);
            toldGateways = toldGateways.settledAtMs() == MeshRouter.NEVER ? null : toldGateways;
        }
    }

    /** Whether it answered something not long ago, compared with the intervals of its HELLOs. */
    boolean isInUse(long nowMs) {
        return nowMs - lastReplyMs() < link.parameters.silenceMs(announcedIntervalMs());
    }

    /** Its HELLO announces the next one within this time. */
    void announced(long nowMs, long intervalMs) {
        boolean wereShort = hasShortIntervals();
        announcedIntervalMs = (int) intervalMs;
        if (!wereShort && hasShortIntervals()) {
            shortSinceMs = (int) nowMs;
        } else if (shortForMs(nowMs) > LONGEST_MS) {
            shortSinceMs = (int) nowMs - LONGEST_MS; // long ago must not come round to just now
        }
    }

    /**
     * Whether it may be gone at any moment: its HELLO intervals are short, and nodes move here, or they have been short for longer than any
     * other news (a start, a lost gateway) makes them.
     */
    boolean isRestless(long nowMs) {
        return hasShortIntervals() && (link.isRestless(nowMs) || shortForMs(nowMs) >= shortMs());
    }

    private int shortForMs(long nowMs) {
        return (int) nowMs - shortSinceMs;
    }

    private boolean hasShortIntervals() {
        return announcedIntervalMs() < Math.min(shortMs(), link.parameters.helloMaxMs());
    }

    private long shortMs() {
        return RESTLESS_INTERVALS * link.parameters.helloMinMs();
    }

    @Override
    public boolean isUsable() {
        return isIn(NeighborState.TWO_WAY) && link.info.up();
    }

    @Override
    public long cost() {
        return Integer.toUnsignedLong(cost);
    }

    @Override
    public RoutingParameters parameters() {
        return link.parameters;
    }

    @Override
    public long settleMs() {
        // Differs from 2.5 (2 x Imin): a neighbour whose tree did not change says so only with its next regular HELLO.
        long intervalMs = Math.min(announcedIntervalMs(), link.parameters.helloMaxMs());
        return Math.max(2 * link.parameters.helloMinMs(), intervalMs * 3 / 2);
    }

    /** 2.1: airtime times ETX and the neighbour's energy, at least 1. Called when a measurement came in, so that adverts in between agree. */
    void updateCost(long nowMs) {
        long airtime = link.probeAirtime();
        long full = Math.round(airtime * etx(nowMs)) + energyCost(airtime, willingness);
        cost = (int) Math.max(1, Math.min(WireLimits.MAX_U32, full));
    }

    /** In units of the link's airtime, so that it weighs the same on every link class: a battery counts as two hops more. */
    static long energyCost(long airtime, int willingness) {
        // A leaf (0) is on nobody's way but its own.
        return willingness == 0 ? 0 : airtime * (Hello.MAX_WILLINGNESS - willingness) / 2;
    }

    /** What its last HELLO said of itself. */
    void willing(int toRelay) {
        willingness = (byte) toRelay;
    }

    /** Whether nothing was known against {@code epoch}, and {@code identities} have not changed since; says no now and then to keep that in use. */
    boolean isEpochKnown(long epoch, int identities) {
        boolean known = knownTimes > 0 && knownEpoch == (int) epoch && knownAtChanges == identities;
        if (known) {
            knownTimes--;
        }
        return known;
    }

    /** Nothing is known against {@code epoch}, of 32 bits. */
    void epochKnown(long epoch, int identities) {
        knownEpoch = (int) epoch;
        knownAtChanges = identities;
        knownTimes = EPOCH_KNOWN_TIMES;
    }

    /** When it last answered anything. */
    long lastReplyMs() {
        return correspondence == null ? LONG_AGO_MS : correspondence.lastReplyMs();
    }

    /** Messages that exhausted their repetitions since its last answer. */
    int failuresInRow() {
        return correspondence == null ? 0 : correspondence.failuresInRow();
    }

    /** Whether its last answer came over a link that needs repetitions. */
    boolean wasLossy() {
        return correspondence != null && correspondence.lossyWhenAnswered;
    }

    /** A link for small frames only is better than none, and no more. */
    @Override
    double etx(long nowMs) {
        return largeFrames().areKnownLost(link.info.mtuBytes()) ? MAX_ETX : super.etx(nowMs);
    }

    /** The largest frame that may be sent to it. */
    int mtuBytes() {
        return Math.min(link.info.mtuBytes(), largeFrames().mtuBytes());
    }

    /** Whether it is time to try whether larger frames get to it again. */
    boolean isSizeTestDue(long nowMs) {
        return largeFrames().areKnownLost(link.info.mtuBytes()) && largeFrames().isTestDue(nowMs);
    }

    /** Whether a probe as large as what was lost must be answered before anything else proves the link. */
    boolean isSuspectedOfSize() {
        return largeFrames().areSuspected();
    }

    private LargeFrames largeFrames() {
        return correspondence == null ? LargeFrames.NOTHING_LOST : correspondence.largeFrames();
    }

    /** Its probes; for what changes them. */
    ProbeBackOff probes() {
        return correspondence().probes(link.parameters);
    }

    /** The link proved itself, or this is another encounter: what failed before says nothing any more. */
    void forgetFailedProbes() {
        if (correspondence != null) {
            correspondence.forgetFailedProbes();
        }
    }

    /** This is another encounter. */
    void forgetFailures() {
        if (correspondence != null) {
            correspondence.forgetFailedProbes();
            correspondence.forgetLargeFrames();
        }
    }

    boolean isProbeDue(long nowMs) {
        return correspondence == null || correspondence.isProbeDue(nowMs, isRestless(nowMs));
    }

    /** Whether it was heard since it was last asked. */
    boolean isHeardSinceProbe(long nowMs) {
        return correspondence == null || correspondence.isHeardSinceProbe(lastHeardMs(nowMs));
    }

    /** Whether this exchange of the neighbour was granted just now: a repetition whose reply was lost. */
    boolean isRepetition(long nowMs, int exchange) {
        return correspondence != null && correspondence.isRepetition(nowMs, exchange, link.parameters.exchangeLifeMs());
    }

    /** Remembers an exchange whose every result was custody; a refused one is judged anew when it comes again. */
    void granted(long nowMs, int exchange) {
        correspondence().granted(nowMs, exchange, link.parameters.exchangeLifeMs());
    }

    /** When it last repeated a frame that had been granted: my reply was lost. */
    long replyLostMs() {
        return correspondence == null ? LONG_AGO_MS : correspondence.replyLostMs();
    }

    /** Whether it left replies unanswered just now, and is no good choice for another. */
    boolean isLastChoice(long nowMs) {
        return correspondence != null && correspondence.isLastChoice(nowMs);
    }
}
