package io.thicket.routing.engine;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot.NeighborState;
import io.thicket.routing.wire.Hello;
import java.util.Arrays;
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
final class Neighbor implements NextHop {
    /** A HELLO interval below this many shortest ones is a short one; after a Trickle reset they are short for no longer than that. */
    private static final int RESTLESS_INTERVALS = 8;

    private static final int EXCHANGES_REMEMBERED = 32;

    private static final int[] NO_EXCHANGES = {};
    private static final long[] NO_TIMES = {};

    /** A HELLO of four is lost on a bad link; that all of these are is rare. */
    private static final int GATEWAYS_TOLD = 4;

    private final NodeId id;
    private final int bootTag;
    final long epoch;
    final Interface link;
    LinkAddress address;
    final LinkQuality quality;
    final HopWindow window;

    NeighborState state = NeighborState.HEARD;
    boolean ended;
    long lastHeardMs;
    long lastReplyMs = Long.MIN_VALUE / 2;

    /** When it last repeated a frame that had been granted: my reply was lost. */
    long replyLostMs = Long.MIN_VALUE / 2;

    /** It was not here when it was heard, and has not answered yet. */
    boolean arriving;

    long announcedIntervalMs;

    /** Since when its intervals are short; of no meaning while they are not. */
    private long shortSinceMs;

    int missingInHeardLists;

    /** To relay, as its last HELLO said. */
    int willingness = Hello.MAX_WILLINGNESS;

    final ProbeBackOff probes;
    boolean probing;

    /** Messages that exhausted their repetitions since the last answer. */
    int failuresInRow;

    /** Its last answer came over a link that needs repetitions. */
    boolean lossyWhenAnswered;

    /** It failed before: only an answered message makes it TWO_WAY again, a heard list does not. */
    boolean needsProof;

    /** Its last HELLO named no gateway; and what this node says to that. */
    boolean knowsNoGateway;

    private @Nullable HelloSeries toldGateways;

    /** Whom it hears (two hops), for floods. */
    final HeardList heardList = new HeardList();

    /** Replies in a row that it left unanswered, and until when it is therefore the last choice for one (2.5). */
    int repliesFailed;

    long blacklistedUntilMs = Long.MIN_VALUE / 2;

    private long cost;

    /** Rings that grow to {@link #EXCHANGES_REMEMBERED}: most neighbours hand over little, or nothing. */
    private int[] exchanges = NO_EXCHANGES;

    private long[] grantedAtMs = NO_TIMES;
    private int exchangesUsed;

    Neighbor(long nowMs, NodeId id, int bootTag, long epoch, Interface link, LinkAddress address) {
        this.id = id;
        this.bootTag = bootTag;
        this.epoch = epoch;
        this.link = link;
        this.address = address;
        this.quality = new LinkQuality(link.parameters);
        this.probes = new ProbeBackOff(link.parameters);
        this.window = new HopWindow(link.parameters.windowMax());
        this.lastHeardMs = nowMs;
        this.announcedIntervalMs = link.parameters.helloMaxMs();
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
        return !isRestless(nowMs) || nowMs - lastHeardMs <= parameters().boundedIntervalMs(announcedIntervalMs);
    }

    @Override
    public boolean isCongested(long nowMs) {
        return link.isCongested(nowMs);
    }

    /** The HELLOs that tell it of gateways; made for the first. */
    HelloSeries toldGateways() {
        HelloSeries told = toldGateways;
        if (told == null) {
            told = new HelloSeries(GATEWAYS_TOLD, link.parameters.helloMaxMs());
            toldGateways = told;
        }
        return told;
    }

    /** It knows a gateway. */
    void endToldGateways(long nowMs) {
        if (toldGateways != null) {
            toldGateways.end(nowMs);
        }
    }

    /** Whether it answered something not long ago, compared with the intervals of its HELLOs. */
    boolean isInUse(long nowMs) {
        return nowMs - lastReplyMs < parameters().silenceMs(announcedIntervalMs);
    }

    /** Its HELLO announces the next one within this time. */
    void announced(long nowMs, long intervalMs) {
        if (!hasShortIntervals()) {
            shortSinceMs = nowMs;
        }
        announcedIntervalMs = intervalMs;
    }

    /**
     * Whether it may be gone at any moment: its HELLO intervals are short, and nodes move here, or they have been short for longer than any
     * other news (a start, a lost gateway) makes them.
     */
    boolean isRestless(long nowMs) {
        return hasShortIntervals() && (link.movement.isRestless(nowMs) || nowMs - shortSinceMs >= shortMs());
    }

    private boolean hasShortIntervals() {
        return announcedIntervalMs < Math.min(shortMs(), parameters().helloMaxMs());
    }

    private long shortMs() {
        return RESTLESS_INTERVALS * parameters().helloMinMs();
    }

    @Override
    public boolean isUsable() {
        return !ended && state == NeighborState.TWO_WAY && link.info.up();
    }

    @Override
    public long cost() {
        return cost;
    }

    @Override
    public RoutingParameters parameters() {
        return link.parameters;
    }

    @Override
    public long settleMs() {
        // Differs from 2.5 (2 x Imin): a neighbour whose tree did not change says so only with its next regular HELLO.
        long intervalMs = Math.min(announcedIntervalMs, link.parameters.helloMaxMs());
        return Math.max(2 * link.parameters.helloMinMs(), intervalMs * 3 / 2);
    }

    /** 2.1: airtime times ETX and the neighbour's energy, at least 1. Called when a measurement came in, so that adverts in between agree. */
    void updateCost(long nowMs) {
        long airtime = link.airtime(RoutingParameters.COST_PROBE_BYTES);
        cost = Math.max(1, Math.round(airtime * quality.etx(nowMs)) + energyCost(airtime, willingness));
    }

    /** In units of the link's airtime, so that it weighs the same on every link class: a battery counts as two hops more. */
    static long energyCost(long airtime, int willingness) {
        // A leaf (0) is on nobody's way but its own.
        return willingness == 0 ? 0 : airtime * (Hello.MAX_WILLINGNESS - willingness) / 2;
    }

    /** Whether this exchange of the neighbour was granted just now: a repetition whose reply was lost. */
    boolean wasGranted(long nowMs, int exchange) {
        int known = Math.min(exchangesUsed, EXCHANGES_REMEMBERED);
        long lifeMs = link.parameters.exchangeLifeMs();
        for (int i = 0; i < known; i++) {
            if (exchanges[i] == exchange && nowMs - grantedAtMs[i] < lifeMs) {
                return true;
            }
        }
        return false;
    }

    /** Remembers an exchange whose every result was custody; a refused one is judged anew when it comes again. */
    void granted(long nowMs, int exchange) {
        if (exchangesUsed == exchanges.length && exchangesUsed < EXCHANGES_REMEMBERED) {
            int capacity = Math.max(1, 2 * exchangesUsed);
            exchanges = Arrays.copyOf(exchanges, capacity);
            grantedAtMs = Arrays.copyOf(grantedAtMs, capacity);
        }
        exchanges[exchangesUsed % EXCHANGES_REMEMBERED] = exchange;
        grantedAtMs[exchangesUsed % EXCHANGES_REMEMBERED] = nowMs;
        exchangesUsed = exchangesUsed == 2 * EXCHANGES_REMEMBERED ? EXCHANGES_REMEMBERED + 1 : exchangesUsed + 1;
    }
}
