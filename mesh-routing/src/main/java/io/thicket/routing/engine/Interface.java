package io.thicket.routing.engine;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.Seq;
import org.jspecify.annotations.Nullable;

/** One of this node's links: what it can do, and when its next HELLO is due. */
final class Interface implements Trickle.Listener {
    private static final double LOSSES_PER_INTERVAL = 2;
    private static final int LOSSES_BURST = 10;
    private static final double CHANGES_PER_INTERVAL = 0.5;
    private static final int CHANGES_BURST = 3;
    private static final byte GATEWAY_CALLS = 6;
    private static final double ANSWERS_PER_INTERVAL = 4;
    private static final int ANSWERS_BURST = 12;
    private static final byte NEWS_HELLOS = 2;
    private static final int URGENT_HELLOS = 4;
    private static final int INTRODUCTIONS = 6;

    /** {@link #id} as a number: it is compared with each frame, and the id is one more object to wait for. */
    final int number;

    // What is asked for after each frame: the JVM puts what is declared first in front, in one line of memory with all
    // numbers.
    LinkInfo info;
    final RoutingParameters parameters;

    /** HELLOs of a node that has no way to any gateway; null after it had one for so long that the next are the first ones. */
    private @Nullable HelloSeries gatewayCalls;

    final LinkId id;

    /** Never another one but by {@link #restart}. */
    Trickle trickle;

    private final Movement movement;
    long helloSeq;

    /** What {@link #trickle} said last. */
    private long helloAtMs;

    /** What {@link #movement} said last. */
    private long restlessUntilMs;

    /** HELLOs have a limit of their own, since nodes move here. */
    private boolean limited;

    /** Sessions with neighbours on it, whatever their state; kept by {@link SortedNeighbors}. */
    int sessions;

    /** Early HELLOs because of this node's own ways to gateways: lost ones, and changed ones. */
    private @Nullable TokenBucket lossNews;

    private @Nullable TokenBucket changeNews;

    /** Early HELLOs because of what was heard here: of a neighbour that knows no gateway, and of a gateway that came or went. */
    private @Nullable TokenBuckets<NodeId> answers;

    final LinkLoad load;
    final HelloThinning thinning;

    /** Which gateway entries carry a signature; of use on LoRa-class links only, and made with the first one there. */
    private @Nullable SparseSignatures signatures;

    final ChannelDelay delay;

    /** What may still be sent. */
    final DutyBudget duty;

    private int probeAirtime;

    Interface(LinkId id, LinkInfo info, RoutingParameters parameters, Trickle trickle, long nowMs) {
        this.id = id;
        this.number = id.value();
        this.info = info;
        this.parameters = parameters;
        this.trickle = trickle;
        this.movement = new Movement(parameters.helloMinMs(), nowMs);
        this.restlessUntilMs = movement.restlessUntilMs();
        this.gatewayCalls = new HelloSeries(GATEWAY_CALLS, parameters); // not known to have a way
        this.load = new LinkLoad(parameters, nowMs);
        this.thinning = new HelloThinning(parameters);
        this.delay = new ChannelDelay(parameters);
        this.duty = new DutyBudget(nowMs, info, parameters);
        this.probeAirtime = Math.toIntExact(airtime(RoutingParameters.COST_PROBE_BYTES));
        trickle.tell(this);
    }

    /** The link, of the same class, is another one from now on; refuses what can not be used. */
    void update(long nowMs, LinkInfo newInfo) {
        duty.update(nowMs, newInfo, parameters);
        info = newInfo;
        probeAirtime = Math.toIntExact(airtime(RoutingParameters.COST_PROBE_BYTES));
    }

    /** It is up again, and everybody is met for the first time. */
    void restart(long nowMs, Trickle newTrickle) {
        trickle = newTrickle;
        trickle.tell(this);
        limited = false;
        movement.restart(nowMs);
        restlessUntilMs = movement.restlessUntilMs();
        load.restart(nowMs);
    }

    @Override
    public void due(long atMs) {
        helloAtMs = atMs;
    }

    /** When the next HELLO or change of their intervals is due, {@link MeshRouter#NEVER} while the link is down. */
    long helloAtMs() {
        return info.up() ? helloAtMs : MeshRouter.NEVER;
    }

    /** See {@link Movement#arrived}. */
    void arrived(long nowMs, NodeId who, LinkAddress address) {
        movement.arrived(nowMs, who, address);
        restlessUntilMs = movement.restlessUntilMs();
    }

    /** See {@link Movement#isRestless}. */
    boolean isRestless(long nowMs) {
        return restlessUntilMs - nowMs > 0;
    }

    /** Where nodes move, who is there must be known by the second. */
    void limitHellos(long nowMs) {
        boolean moving = isRestless(nowMs) && !duty.isLimited(); // a duty has no airtime for it
        long movingMs = Math.min(parameters.helloMaxMs(), Movement.LONGEST_INTERVALS * parameters.helloMinMs());
        limited = moving && movingMs < parameters.helloMaxMs();
        trickle.limit(nowMs, moving ? movingMs : parameters.helloMaxMs());
    }

    /** The HELLOs that call for a gateway; made for the first. */
    HelloSeries gatewayCalls() {
        HelloSeries calls = gatewayCalls;
        if (calls == null) {
            calls = new HelloSeries(GATEWAY_CALLS, parameters);
            gatewayCalls = calls;
        }
        return calls;
    }

    /** This node has a way to a gateway. */
    void endGatewayCalls(long nowMs) {
        if (gatewayCalls != null) {
            gatewayCalls.end(nowMs);
            gatewayCalls = gatewayCalls.settledAtMs() == MeshRouter.NEVER ? null : gatewayCalls;
        }
    }

    /** Before this a sweep has nothing to do for this link: now or earlier if it has. */
    long quietUntilMs(long nowMs) {
        // HELLOs have another limit where nodes move, and get it back.
        if (isRestless(nowMs) || limited) {
            return nowMs;
        }
        return gatewayCalls == null ? MeshRouter.NEVER : gatewayCalls.settledAtMs();
    }

    /** Whether a HELLO may be early because a way to a gateway was lost, or else changed. */
    boolean mayTellNews(long nowMs, boolean lost) {
        if (lost) {
            lossNews = TokenBucket.of(lossNews);
            return lossNews.take(nowMs, perMs(LOSSES_PER_INTERVAL), LOSSES_BURST, 1);
        }
        changeNews = TokenBucket.of(changeNews);
        return changeNews.take(nowMs, perMs(CHANGES_PER_INTERVAL), CHANGES_BURST, 1);
    }

    /** Whether what was heard here about or of {@code node} may make a HELLO. */
    boolean mayAnswer(long nowMs, NodeId node) {
        answers = TokenBuckets.of(answers, perSecond(ANSWERS_PER_INTERVAL), ANSWERS_BURST);
        return answers.take(nowMs, node);
    }

    /** To be called now and then: whoever knows no gateway soon knows one, and ways change most when a network starts. */
    void forgetNews(long nowMs) {
        answers = TokenBuckets.trimmed(answers, nowMs);
        lossNews = TokenBucket.trimmed(lossNews, nowMs, perMs(LOSSES_PER_INTERVAL), LOSSES_BURST);
        changeNews = TokenBucket.trimmed(changeNews, nowMs, perMs(CHANGES_PER_INTERVAL), CHANGES_BURST);
    }

    private double perMs(double perInterval) {
        return perSecond(perInterval) / 1_000;
    }

    private double perSecond(double perInterval) {
        return perInterval * 1_000.0 / parameters.helloMaxMs();
    }

    /**
     * More than fits. On links with a duty the duty sets the pace of everything already; and where nodes move ways are lost because somebody
     * left, which must be told.
     */
    boolean isCongested(long nowMs) {
        return !duty.isLimited() && load.isCongested(nowMs) && !isRestless(nowMs);
    }

    /** A HELLO that answers or calls: soon, but on a congested link no more than one in Imax for all of them. */
    void helloSoon(long nowMs, long withinMs) {
        if (isCongested(nowMs)) {
            thinning.unsaid(); // the next regular one is not left out
            trickle.sendApart(nowMs, withinMs, parameters.helloMaxMs());
        } else {
            trickle.sendEarly(nowMs, withinMs);
        }
    }

    /** Whether traffic shows who is here; a duty cycle limits HELLOs anyway. */
    boolean isBusy(long nowMs) {
        return !duty.isLimited() && load.isBusy(nowMs);
    }

    /** See {@link SparseSignatures#isDue}. */
    boolean isSignatureDue(NodeId gateway, Seq seq, GatewayTrust.Proof proof) {
        SparseSignatures sent = signatures == null ? new SparseSignatures() : signatures;
        signatures = sent;
        return sent.isDue(gateway, seq, proof);
    }

    /** See {@link SparseSignatures#again}. */
    void signAgain() {
        if (signatures != null) {
            signatures.again();
        }
    }

    /** Section 3: on LoRa-class links there is no room for signatures. */
    boolean isUnsigned() {
        return info.linkClass() == LinkClass.LORA;
    }

    /** What the next HELLO is for: one that tells of a gateway that came or went may use what is kept for urgent things. */
    DutyBudget.Use helloUse = DutyBudget.Use.CONTROL;

    /** HELLOs that must still tell of a gateway that came or went. */
    private byte newsHellos;

    /** HELLOs of that kind in an hour. */
    private @Nullable TokenBucket urgentHellos;

    /** IDENTs in frames of their own. */
    private @Nullable TokenBucket introductions;

    /** A gateway came or went; where HELLOs are rare two tell of it, since one may be lost. */
    void gatewayNews() {
        newsHellos = duty.isLimited() ? NEWS_HELLOS : 0;
    }

    /** A HELLO was sent; the next one with the same news is due soon. */
    void toldNews(long nowMs) {
        if (newsHellos > 0 && --newsHellos > 0) {
            trickle.sendEarly(nowMs, parameters.helloMinMs());
        }
    }

    /** Whether the next HELLO may be an urgent one. */
    boolean mayHelloUrgently(long nowMs) {
        if (newsHellos == 0 || duty.waitMs(nowMs, DutyBudget.Use.URGENT) > 0) {
            return false;
        }
        urgentHellos = TokenBucket.of(urgentHellos);
        return urgentHellos.take(nowMs, URGENT_HELLOS / 3_600.0 / 1_000, URGENT_HELLOS, 1);
    }

    /** Whether an IDENT may have a frame of its own: without keys a newcomer believes no gateway. */
    boolean mayIntroduce(long nowMs, int bytes) {
        if (!duty.isLimited() || duty.waitMs(nowMs, DutyBudget.Use.URGENT, bytes) > 0) {
            return !duty.isLimited();
        }
        introductions = TokenBucket.of(introductions);
        return introductions.take(nowMs, INTRODUCTIONS / 3_600.0 / 1_000, INTRODUCTIONS, 1);
    }

    /** {@link #airtime} of a frame of {@link RoutingParameters#COST_PROBE_BYTES}: it is asked for with each HELLO, and hardly ever changes. */
    long probeAirtime() {
        return probeAirtime;
    }

    /** Airtime of a frame of so many bytes, in 10 us units: what a hop costs, and what control is charged. */
    long airtime(int bytes) {
        return Math.max(1, duty.airtimeUs(bytes) / 10);
    }
}
