package io.thicket.gateway.bridge;

import io.thicket.agent.port.Uplink.Arrival;
import io.thicket.agent.port.WallClock;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns batches of readings into MQTT publications and settles each batch once the broker acknowledged every reading in
 * it. Until then readings are held here in memory and, by their origin, at home. Not thread-safe; all times are ms of one
 * monotonic clock. No call throws on what came from outside.
 *
 * <p>A reading is (node, epoch, seq). The bridge hears what every gateway publishes, itself included ({@link #onHeard}), and
 * settles what the broker has without publishing it. It publishes again only what was on its way when a connection
 * was lost and was not heard since; where nobody can know, the publication says so ({@code dup=possible}).
 */
public final class Bridge {
    /**
     * Most nodes that are tracked, as many as a node knows of ({@code NodeDirectory}); of those without held readings one gives way, first those
     * that are not online, then those of other gateways. Guards memory only: a node with one sensor takes 1 KB, all of them 4 MB.
     */
    public static final int MAX_NODES = 4096;

    private static final long TICK_MS = 1_000;
    private static final long METRICS_EVERY_MS = 30_000;
    private static final int LOAD_STEP_PERCENT = 10;
    private static final String DEAF = "the broker does not let this gateway read what gateways publish"
            + " (its own sync, n/+/data and n/+/published): readings may come twice";

    /** A claim that was won is good for so long. */
    private static final long WON_FOR_MS = 1_000;

    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    private static final int FIRST_ERROR = 0x80;

    private final long startedAtMs;

    // What each message of others needs stands together.
    private final int nameHash;
    final Work work = new Work();
    private final Hearing hearing = new Hearing();
    private final SiteNodes site;
    private final BrokerPages pages;

    private final BridgeSettings settings;
    private final TopicScheme topics;
    private final Payloads payloads;
    private final BridgeEffects effects;
    private final GatewayIdentity self;
    private final WallClock wall;

    private final NodeRegister nodes;
    private final PageTurns turns;
    private final Ledger ledger;
    private final boolean hearsReadings;
    private final Claims claims;

    private final HeldReadings held;
    private final OwnPublications own;
    private final NodeNews news;
    private final BrokerHealth health = new BrokerHealth();

    private final SendWindow window;
    private final Arrivals arrivals;
    private final Publisher publisher;
    private final BridgeCounters counters = new BridgeCounters();

    private boolean closing;
    private long nextTickMs;

    private long nextMetricsMs;
    private GatewayState announced = new GatewayState(false, true, 0, 0);

    /** A bridge without a connection; {@code nowMs} is the time of its first tick, {@code seed} a secret: see {@code ClockTable}. */
    public Bridge(
            long nowMs,
            BridgeSettings settings,
            TopicScheme topics,
            GatewayIdentity gateway,
            long seed,
            WallClock wall,
            BridgeEffects effects) {
        this.settings = settings;
        this.topics = topics;
        this.payloads = new Payloads(topics, gateway);
        this.site = new SiteNodes(seed);
        this.nodes = new NodeRegister(site, work);
        this.claims = new Claims(site, work);
        this.effects = effects;
        this.self = gateway;
        this.nameHash = gateway.name().hashCode();
        this.wall = wall;
        this.hearsReadings = settings.noSubscribers() != NoSubscribers.HOLD;
        this.turns = new PageTurns(gateway.id());
        this.ledger = new Ledger(turns, site);
        this.held = new HeldReadings(settings.maxReadings(), counters, effects, work);
        this.own = new OwnPublications(topics, payloads, gateway, counters, work);
        this.pages = new BrokerPages(payloads, ledger, hearing, own, effects);
        this.window = new SendWindow(settings.window(), health, counters, effects);
        ReadingIntake intake = new ReadingIntake(topics, payloads, wall, nodes);
        this.news = new NodeNews(nowMs, topics, payloads, nodes, ledger, own, claims, hearing, intake, counters);
        this.arrivals = new Arrivals(intake, nodes, ledger, held, health, counters);
        this.publisher = new Publisher(
                hearsReadings, nodes, held, ledger, claims, hearing, own, payloads, window, counters, effects, work);
        this.startedAtMs = nowMs;
        this.nextTickMs = nowMs + TICK_MS;
        this.nextMetricsMs = nowMs + METRICS_EVERY_MS;
    }

    /** The publication that is this gateway's will, and what it publishes itself when it leaves. */
    public Publication lastWill() {
        return payloads.gatewayStatus(false);
    }

    /** A batch arrived. If it cannot be held it is not answered, and its origin keeps it. */
    public void onArrival(long nowMs, Arrival arrival) {
        if (closing) {
            return;
        }
        NodeTrack node = news.track(nowMs, arrival.origin(), arrival.label());
        if (node != null && arrivals.isOutdated(node, arrival)) {
            count(BridgeCounter.BATCHES_OUTDATED);
            return;
        }
        if (node == null || !arrivals.hasRoomFor(node, arrival)) {
            count(BridgeCounter.BATCHES_NOT_ACCEPTED);
            tellState(nowMs);
            return;
        }
        if (!arrivals.take(nowMs, node, arrival)) {
            return;
        }
        news.isAlive(node);
        publisher.pump(nowMs);
        tellState(nowMs);
    }

    /** A node became known or is called differently now. */
    public void onNodeKnown(long nowMs, Identity identity, String label) {
        NodeTrack node = closing ? null : news.track(nowMs, identity.id(), label);
        if (node != null && !identity.equals(node.identity)) {
            node.identity = identity;
            claims.nodeKnown(node.id);
            nodes.markDirty(node, NodeTrack.Topic.INFO);
            publisher.pump(nowMs);
            tellState(nowMs);
        }
    }

    /** What to subscribe to before {@link #onConnected}. */
    public Subscriptions subscriptions() {
        return Subscriptions.of(topics, self.name(), hearsReadings);
    }

    /** A new connection on which nothing can be heard. */
    public void onConnected(long nowMs, BrokerLimits brokerLimits) {
        onConnected(nowMs, brokerLimits, BrokerSession.DEAF);
    }

    /** A new connection. Whatever was in flight on an older one, and is not heard now, is published again. */
    public void onConnected(long nowMs, BrokerLimits brokerLimits, BrokerSession session) {
        publisher.takeBackInFlight();
        if (session != BrokerSession.KEPT || !hearsReadings) {
            held.doubtRepeats();
        }
        claims.restart(nowMs, session == BrokerSession.KEPT).forEach(nodes::queue);
        own.connected(brokerLimits);
        ledger.connected(nowMs, session == BrokerSession.KEPT);
        doubtWhatWas(nowMs, session);
        pages.connected();
        publisher.connected();
        own.putMarker(hearing.begin(nowMs, session, Long.toString(wall.nowMs())));
        count(BridgeCounter.CONNECTIONS);
        window.open(brokerLimits);
        health.connected(nowMs);
        // The broker may have lost what it retained (a restart without a store): say everything again.
        own.put(payloads.gatewayStatus(true));
        own.put(payloads.gatewayInfo(brokerLimits));
        news.connected(nowMs);
        publisher.pump(nowMs);
        tellState(nowMs);
    }

    /** What was published while this gateway could not hear it is unknown. */
    private void doubtWhatWas(long nowMs, BrokerSession session) {
        boolean isFirst = counters.get(BridgeCounter.CONNECTIONS) == 0;
        boolean mayNotKnow = isFirst || claims.hasOthers() || hearing.isDeaf() || ledger.isCatchingUp();
        if (isFirst) {
            ledger.begin(nowMs, wall.nowMs(), wall.isSynchronised());
        }
        boolean isDeaf = session == BrokerSession.DEAF && (isFirst || claims.hasOthers());
        if (session == BrokerSession.NEW && mayNotKnow || isDeaf) {
            ledger.doubtWhatWas(nowMs, wall.nowMs(), wall.isSynchronised());
        }
        if (session == BrokerSession.DEAF) {
            ledger.caughtUp(false); // Nothing that could be known will be heard.
        }
    }

    /** The connection is gone. Harmless if there was none. */
    public void onDisconnected(long nowMs) {
        publisher.takeBackInFlight();
        window.close();
        hearing.lost();
        pages.lost();
        news.disconnected(nowMs);
        tellState(nowMs);
    }

    /**
     * A message came on one of the {@link #subscriptions}. {@link BridgeEffects#heard} says when it may be forgotten, which is
     * later for one's own readings: what a page at the broker does not show yet would be unknown after a restart.
     *
     * @param token unique on this connection
     */
    public void onHeard(long nowMs, long token, String topic, String payload, Map<String, String> properties) {
        onHeard(nowMs, token, Heard.of(topics, topic, payload, properties));
    }

    /** The same with a message that was read before, under the same root and site. */
    public void onHeard(long nowMs, long token, Heard message) {
        boolean hadNothingToDo = work.isNone();
        if (message instanceof HeardMessage.Reading reading) {
            heardReading(nowMs, token, reading);
        } else {
            heard(nowMs, message);
            effects.heard(token);
        }
        if (hadNothingToDo && work.isNone()) {
            return; // nothing came of it, as of nearly all that others publish
        }
        publisher.pump(nowMs);
        tellState(nowMs);
    }

    /** What may be forgotten at once; other messages are ignored. */
    private void heard(long nowMs, Heard message) {
        if (message instanceof HeardMessage.Page page) {
            heardPage(nowMs, page);
        } else if (message instanceof HeardMessage.Claim claim) {
            heardClaim(nowMs, claim);
        } else if (message instanceof HeardMessage.NodeClaim claim) {
            claims.heardNodes(nowMs, claim.nodes(), makesMine(isSelf(claim.gateway())));
        } else if (message instanceof HeardMessage.Status status) {
            claims.gateway(status.gateway(), status.online() && !isSelf(status.gateway()));
            turns.gateways(claims.gateways());
            if (status.online()) {
                news.gatewayCame(nowMs, status.gateway());
            } else {
                news.gatewayWent(status.gateway());
            }
        } else if (message instanceof HeardMessage.Sync sync && isSelf(sync.gateway())) {
            own.putMarker(hearing.heard(nowMs, sync.marker(), Long.toString(wall.nowMs())));
            if (hearing.takeWantsPages()) {
                effects.subscribeAgain(topics.published("+"));
            }
            if (hearing.isUpToDate()) {
                ledger.caughtUp(claims.hasOthers());
                if (hearsReadings) {
                    news.caughtUp(nowMs);
                }
            }
        }
    }

    /** The broker's PUBACK with its reason code, or 0 once a QoS 0 publication is written. Unknown tokens are old: ignored. */
    public void onAcknowledged(long nowMs, long token, int reasonCode) {
        InFlight publication = window.acknowledged(token);
        if (publication == null) {
            return;
        }
        health.acknowledged(nowMs);
        boolean noSubscribers = reasonCode == NO_MATCHING_SUBSCRIBERS;
        if (noSubscribers) {
            count(BridgeCounter.NO_SUBSCRIBERS);
        }
        HeldReading reading = publication.reading;
        if (reasonCode >= FIRST_ERROR) {
            refused(nowMs, publication.topic, reasonCode);
        }
        Publication control = publication.control;
        if (control != null && reasonCode < FIRST_ERROR && topics.labelOfPublished(control.topic()) != null) {
            // Itself it may not come before older messages are answered.
            heard(nowMs, Heard.of(topics, control.topic(), control.payload(), Map.of()));
        }
        if (reading != null) {
            reading.inFlight = false;
            boolean keep = noSubscribers && settings.noSubscribers() == NoSubscribers.HOLD;
            if (reasonCode >= FIRST_ERROR || keep) {
                publisher.refused(reading.key);
                reading.node.enqueue(reading);
                nodes.block(nowMs, reading.node);
            } else {
                health.acknowledgedWell(nowMs);
                reading.node.refusals = 0;
                count(BridgeCounter.READINGS_PUBLISHED);
                HeldReading.Key key = reading.key;
                ledger.add(nowMs, site.of(key.node()), reading.node.label, key.epoch(), key.seq(), true);
                reading.node.published(key.epoch(), key.seq());
                news.broughtHere(reading.node);
                held.done(reading, false);
            }
        }
        publisher.pump(nowMs);
        tellState(nowMs);
    }

    /** Does what is due: won claims, back-offs, metrics, nodes that fell silent, a broker that no longer answers. */
    public void onDeadline(long nowMs) {
        if (nowMs < nextDeadlineMs()) {
            return;
        }
        nodes.unblock(nowMs);
        if (nowMs >= nextTickMs) {
            nextTickMs = nowMs + TICK_MS;
            tick(nowMs);
        }
        for (HeldReading reading : claims.takeWon(nowMs)) {
            reading.wonUntilMs = nowMs + WON_FOR_MS;
            nodes.queue(reading);
        }
        own.putClaims(claims.takeUnsent(nowMs));
        publisher.pump(nowMs);
        tellState(nowMs);
    }

    private void tick(long nowMs) {
        if (wall.isSynchronised()) {
            long setByMs = ledger.clockIsRight(nowMs, wall.nowMs());
            held.all().forEach(reading -> reading.clockWasSet(setByMs));
        }
        if (hearing.givesUp(nowMs)) {
            held.doubtRepeats();
            ledger.doubtWhatWas(nowMs, wall.nowMs(), wall.isSynchronised());
            ledger.caughtUp(false);
            effects.warn(DEAF);
        }
        own.putMarker(hearing.dueMarker(nowMs, Long.toString(wall.nowMs())));
        pages.tick(nowMs, window.isOpen(), claims.gateways());
        claims.renew(nowMs);
        if (window.isOpen() && hearing.isUpToDate()) {
            own.putClaimOf(claims.takeNewcomers(nowMs));
        }
        if (window.isOpen() && hearing.mayPublish()) {
            news.lookForSilence(nowMs);
        }
        if (window.isOpen() && nowMs >= nextMetricsMs) {
            nextMetricsMs = nowMs + METRICS_EVERY_MS;
            own.put(payloads.gatewayMetrics(nowMs - startedAtMs, held.size(), window.size(), nodes.size(), counters()));
        }
        if (window.isOpen() && window.size() > 0 && health.isDead(nowMs)) {
            count(BridgeCounter.STALLS);
            effects.reconnect("no PUBACK for " + BrokerHealth.RECONNECT_AFTER_MS / 1000 + " s");
        }
    }

    /**
     * When {@link #onDeadline} must next be called. Whoever asks only after each of its calls misses nothing: what begins to wait between
     * two of them waits for a second at least, and that is the most that lies between them.
     */
    public long nextDeadlineMs() {
        return Math.min(nextTickMs, Math.min(claims.nextMs(), nodes.nextUnblockMs()));
    }

    /** Takes and publishes nothing more; what is held stays with its origins. */
    public void close() {
        closing = true;
        work.mark(); // for good: the next message tells the mesh, too
        publisher.close();
    }

    /** What the gateway publishes itself when it leaves, in this order: what the broker does not retain yet, and its status. */
    public List<Publication> farewell(long nowMs) {
        List<Publication> last = new ArrayList<>();
        if (hearing.isUpToDate()) {
            ledger.takeOwn(nowMs).forEach(page -> last.add(payloads.published(page)));
        }
        last.add(lastWill());
        return last;
    }

    /** What the mesh is told. */
    public GatewayState state(long nowMs) {
        boolean stalled = !held.isEmpty() && health.isStalled(nowMs);
        return new GatewayState(
                window.isOpen() && !stalled && !closing, !held.isFull() && !closing, held.loadPercent(), held.size());
    }

    /** One sentence if something is wrong with what the broker answers, else empty. */
    public String problem(long nowMs) {
        String refusal = health.refusal(nowMs);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        if (window.isOpen() && !held.isEmpty() && health.isStalled(nowMs)) {
            return "the broker acknowledged nothing for " + health.stalledForSeconds(nowMs) + " s";
        }
        if (window.isOpen() && hearing.isDeaf()) {
            return DEAF;
        }
        return held.isFull() ? "full with " + held.size() + " readings; origins keep theirs" : "";
    }

    /** The one node that gateways, whichever, publish readings of under {@code label}. */
    public Optional<NodeId> nodeCalled(String label) {
        return ledger.nodeCalled(label);
    }

    /** Readings held, waiting and in flight. */
    public int heldReadings() {
        return held.size();
    }

    /** Messages that wait for a PUBACK of one of their readings. */
    int waitingMessages() {
        return held.waitingMessages();
    }

    /** Every counter, in order of declaration. */
    public Map<BridgeCounter, Long> counters() {
        return counters.all();
    }

    // What all gateways published

    private void heardReading(long nowMs, long token, HeardMessage.Reading message) {
        HeldReading.Key key = message.key();
        boolean mine = isSelf(message.via());
        hearing.heardReading();
        SiteNode node = site.of(key.node());
        pages.heardReading(nowMs, token, message, node, mine);
        site.brings(nowMs, node, makesMine(mine));
        if (work.mayKnowForeignClaims()) {
            claims.published(key);
        }
        if (work.mayAwaitEchoes()) {
            publisher.heard(key);
        }
        NodeTrack track = node.track;
        if (track != null) {
            heardReading(nowMs, track, message, mine);
        }
    }

    /**
     * Of a node that is known here, as is each of which a reading is held, claimed or without PUBACK. From that to its echo, which {@link Publisher#heard}
     * waits for, a node may be forgotten.
     */
    private void heardReading(long nowMs, NodeTrack node, HeardMessage.Reading message, boolean mine) {
        HeldReading.Key key = message.key();
        claims.drop(key);
        news.heard(nowMs, node, message, mine);
        HeldReading reading = held.get(key);
        if (reading != null && !reading.inFlight) {
            isPublishedAlready(reading);
        } else if (!mine && (reading != null || node.isPublished(key.epoch(), key.seq()))) {
            count(BridgeCounter.READINGS_TWICE);
            effects.warn("two gateways published one reading id=" + message.id() + " other=" + message.via());
        }
    }

    /**
     * Whether what was heard lets this gateway publish without a claim. What is sent again on a new connection is in no order with what was answered before:
     * another gateway may have taken the node since.
     */
    private boolean makesMine(boolean mine) {
        return mine && hearing.isUpToDate();
    }

    private void heardClaim(long nowMs, HeardMessage.Claim claim) {
        boolean mine = isSelf(claim.gateway());
        claims.heardClaim(nowMs, claim.pages(), claim.gateway(), mine, this::isGone);
    }

    /** Whether the reading is on its way to the broker or there. */
    private boolean isGone(HeldReading.Key key) {
        HeldReading reading = held.get(key);
        return reading == null ? ledger.contains(key.node(), key.epoch(), key.seq()) : reading.inFlight;
    }

    private void heardPage(long nowMs, HeardMessage.Page message) {
        if (hearsReadings) {
            news.page(message.label());
        }
        LedgerPage page = message.page();
        SiteNode its = site.of(page.node());
        boolean changed = pages.retained(nowMs, message, its);
        NodeTrack node = its.track;
        news.pageCame(nowMs, page.node(), message.label(), node, its.is(SiteNode.WRITTEN));
        if (node == null || !changed) {
            return;
        }
        news.broughtBySomebody(nowMs, node);
        if (node.held == 0) {
            return;
        }
        for (HeldReading reading : List.copyOf(held.all())) {
            if (reading.node == node && !reading.inFlight && page.contains(reading.key.epoch(), reading.key.seq())) {
                isPublishedAlready(reading);
            }
        }
    }

    /** A reading that waits is at the broker: by another gateway, or by this one before it lost the connection. */
    private void isPublishedAlready(HeldReading reading) {
        reading.node.dequeue(reading);
        claims.drop(reading.key);
        count(BridgeCounter.READINGS_HEARD);
        held.done(reading, false);
    }

    // Answers

    private void refused(long nowMs, String topic, int reasonCode) {
        count(BridgeCounter.REFUSALS);
        String sentence = health.refused(nowMs, topic, reasonCode);
        if (sentence != null) {
            effects.warn(sentence);
        }
    }

    private void tellState(long nowMs) {
        GatewayState now = state(nowMs);
        boolean changed = now.uplink() != announced.uplink()
                || now.accepting() != announced.accepting()
                || Math.abs(now.loadPercent() - announced.loadPercent()) >= LOAD_STEP_PERCENT;
        if (changed) {
            announced = now;
            effects.stateChanged();
        }
    }

    private boolean isSelf(@Nullable String gateway) {
        // Others' names are told apart without a look at this gateway's own.
        return gateway != null && gateway.hashCode() == nameHash && gateway.equals(self.name());
    }

    private void count(BridgeCounter counter) {
        counters.add(counter, 1);
    }
}
