package io.thicket.gateway.bridge;

import io.thicket.agent.port.Uplink.Arrival;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.ReadingBatch.Reading;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    /** Most nodes that are tracked; one without held readings that was silent longest gives way. */
    public static final int MAX_NODES = 1024;

    private static final long TICK_MS = 1_000;
    private static final long METRICS_EVERY_MS = 30_000;
    /** Without a good PUBACK for this long while readings wait, the gateway is withdrawn from the mesh. */
    private static final long UPLINK_LOST_AFTER_MS = 10_000;
    /** Without any PUBACK for this long while publications are in flight, the connection is made anew. */
    private static final long RECONNECT_AFTER_MS = 20_000;

    private static final long WARN_EVERY_MS = 60_000;
    private static final int LOAD_STEP_PERCENT = 10;
    /** After it was full the bridge accepts again below this share. */
    private static final int ACCEPT_AGAIN_BELOW_PERCENT = 80;

    private static final int MAX_CONTROL = 4 * MAX_NODES;
    private static final String DEAF = "the broker does not let this gateway read what gateways publish"
            + " (its own sync, n/+/data and n/+/published): readings may come twice";

    /** Nodes in one claim of whole nodes: 1 KiB. */
    private static final int NODES_IN_CLAIM = 64;

    /** A claim that was won is good for so long. */
    private static final long WON_FOR_MS = 1_000;

    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    private static final int FIRST_ERROR = 0x80;

    private final BridgeSettings settings;
    private final TopicScheme topics;
    private final Payloads payloads;
    private final ReadingIntake intake;
    private final BridgeEffects effects;
    private final GatewayIdentity self;
    private final WallClock wall;
    private final long startedAtMs;

    private final NodeRegister nodes;
    private final Ledger ledger;
    private final boolean hearsReadings;
    private final Claims claims;
    private final Hearing hearing = new Hearing();
    private final Unwritten unwritten;

    private final Map<HeldReading.Key, HeldReading> held = new HashMap<>();
    private final Map<MessageId, WaitingMessage> waiting = new HashMap<>();

    /** Publications of the gateway itself, the newest of each topic. */
    private final Map<String, Publication> control = new LinkedHashMap<>();

    private final Map<Long, InFlight> inFlight = new LinkedHashMap<>();
    private final BridgeCounters counters = new BridgeCounters();

    private @Nullable BrokerLimits limits;
    private long nextToken = 1;
    private long nextOrder = 1;
    private boolean dataTurn = true;
    private boolean full;
    private boolean closing;
    private long lastAckMs;
    private long lastGoodAckMs;
    private boolean everWarned;
    private long warnedAtMs;
    private String refusal = "";
    private long refusedAtMs;
    private long nextTickMs;

    /** Until then, included, no node and no sensor that is known can have been silent for too long. */
    private long nextSilenceMs = Long.MIN_VALUE;

    private long nextMetricsMs;
    private GatewayState announced = new GatewayState(false, true, 0, 0);

    /** A bridge without a connection; {@code nowMs} is the time of its first tick, {@code seed} a secret: see {@code LinkedTable}. */
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
        this.nodes = new NodeRegister(seed);
        this.claims = new Claims(seed);
        this.intake = new ReadingIntake(topics, payloads, wall, nodes);
        this.effects = effects;
        this.unwritten = new Unwritten(effects);
        this.self = gateway;
        this.wall = wall;
        this.hearsReadings = settings.noSubscribers() != NoSubscribers.HOLD;
        this.ledger = new Ledger(gateway.id(), seed);
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
        NodeTrack node = track(nowMs, arrival.origin(), arrival.label());
        if (node != null && isOutdated(arrival) && isAnyKnown(node, arrival)) {
            count(BridgeCounter.BATCHES_OUTDATED);
            return;
        }
        if (node == null || !hasRoomFor(node, arrival)) {
            count(BridgeCounter.BATCHES_NOT_ACCEPTED);
            tellState(nowMs);
            return;
        }
        count(BridgeCounter.BATCHES);
        if (waiting.containsKey(arrival.message())) {
            counters.add(
                    BridgeCounter.READINGS_DUPLICATE, arrival.batch().readings().size());
            return;
        }
        node.heardAtMs = nowMs;
        node.hops = arrival.hops();
        WaitingMessage message = new WaitingMessage(arrival.message());
        for (Reading reading : arrival.batch().readings()) {
            hold(nowMs, node, arrival, reading, message);
        }
        nodes.setOnline(node, true);
        nextSilenceMs = Math.min(nextSilenceMs, node.quietUntilMs());
        if (message.remaining == 0) {
            settle(message.id, message.refused ? SettleStatus.REFUSED : SettleStatus.DUPLICATE);
        } else {
            waiting.put(message.id, message);
        }
        pump(nowMs);
        tellState(nowMs);
    }

    /** A node became known or is called differently now. */
    public void onNodeKnown(long nowMs, Identity identity, String label) {
        NodeTrack node = closing ? null : track(nowMs, identity.id(), label);
        if (node != null && !identity.equals(node.identity)) {
            node.identity = identity;
            claims.nodeKnown(node.id);
            nodes.markDirty(node, NodeTrack.Topic.INFO);
            pump(nowMs);
        }
    }

    /** The topic filters to subscribe to, at QoS 1, before {@link #onConnected}. */
    public List<String> subscriptions() {
        // With "hold" the broker's "no matching subscribers" must be about others.
        return hearsReadings
                ? List.of(
                        topics.published("+"),
                        topics.gatewaySync(self.name()),
                        topics.nodeData("+"),
                        topics.gatewayStatus("+"),
                        topics.gatewayClaim("+"))
                : List.of(topics.published("+"), topics.gatewaySync(self.name()));
    }

    /** A new connection on which nothing can be heard. */
    public void onConnected(long nowMs, BrokerLimits brokerLimits) {
        onConnected(nowMs, brokerLimits, BrokerSession.DEAF);
    }

    /** A new connection. Whatever was in flight on an older one, and is not heard now, is published again. */
    public void onConnected(long nowMs, BrokerLimits brokerLimits, BrokerSession session) {
        takeBackInFlight();
        if (session != BrokerSession.KEPT || !hearsReadings) {
            doubtRepeats();
        }
        claims.restart(nowMs, session == BrokerSession.KEPT).forEach(this::queue);
        control.values()
                .removeIf(own ->
                        topics.labelOfPublished(own.topic()) != null || topics.gatewayOfClaim(own.topic()) != null);
        boolean mayNotKnow = counters.get(BridgeCounter.CONNECTIONS) == 0 || claims.hasOthers();
        boolean unknown = session == BrokerSession.NEW && mayNotKnow;
        ledger.connected(nowMs, session == BrokerSession.KEPT, unknown ? wall.nowMs() : LedgerPage.COMPLETE);
        unwritten.connected();
        mark(hearing.begin(nowMs, session, Long.toString(wall.nowMs())));
        count(BridgeCounter.CONNECTIONS);
        limits = brokerLimits;
        lastAckMs = nowMs;
        lastGoodAckMs = nowMs;
        // The broker may have lost what it retained (a restart without a store): say everything again.
        putControl(payloads.gatewayStatus(true));
        putControl(payloads.gatewayInfo(brokerLimits));
        nodes.forEach(this::sayEverything);
        pump(nowMs);
        tellState(nowMs);
    }

    /** The connection is gone. Harmless if there was none. */
    public void onDisconnected(long nowMs) {
        takeBackInFlight();
        limits = null;
        hearing.lost();
        unwritten.clear();
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
        if (message instanceof Heard.Reading reading) {
            heardReading(nowMs, token, reading);
        } else {
            if (message instanceof Heard.Page page) {
                heardPage(nowMs, page);
            } else if (message instanceof Heard.Claim claim) {
                heardClaim(nowMs, claim);
            } else if (message instanceof Heard.NodeClaim claim) {
                claims.heardNodes(nowMs, claim.nodes, claim.gateway.equals(self.name()));
            } else if (message instanceof Heard.Status status) {
                claims.gateway(status.gateway, status.online && !status.gateway.equals(self.name()));
            } else if (message instanceof Heard.Sync sync && sync.gateway.equals(self.name())) {
                mark(hearing.heard(sync.marker, Long.toString(wall.nowMs())));
                if (hearing.isUpToDate()) {
                    ledger.caughtUp();
                }
            }
            effects.heard(token);
        }
        pump(nowMs);
        tellState(nowMs);
    }

    /** The broker's PUBACK with its reason code, or 0 once a QoS 0 publication is written. Unknown tokens are old: ignored. */
    public void onAcknowledged(long nowMs, long token, int reasonCode) {
        InFlight publication = inFlight.remove(token);
        if (publication == null) {
            return;
        }
        lastAckMs = nowMs;
        boolean noSubscribers = reasonCode == NO_MATCHING_SUBSCRIBERS;
        if (noSubscribers) {
            count(BridgeCounter.NO_SUBSCRIBERS);
        }
        HeldReading reading = publication.reading;
        if (reasonCode >= FIRST_ERROR) {
            refused(nowMs, publication.topic, reasonCode);
        }
        Publication own = publication.control;
        if (own != null
                && reasonCode < FIRST_ERROR
                && Heard.of(topics, own.topic(), own.payload(), Map.of()) instanceof Heard.Page page) {
            heardPage(nowMs, page); // Itself it may not come before older messages are answered.
        }
        if (reading != null) {
            reading.inFlight = false;
            boolean keep = noSubscribers && settings.noSubscribers() == NoSubscribers.HOLD;
            if (reasonCode >= FIRST_ERROR || keep) {
                reading.node.queue.put(reading.order, reading);
                nodes.block(nowMs, reading.node);
            } else {
                lastGoodAckMs = nowMs;
                reading.node.refusals = 0;
                count(BridgeCounter.READINGS_PUBLISHED);
                HeldReading.Key key = reading.key;
                ledger.add(nowMs, key.node(), reading.node.label, key.epoch(), key.seq(), true);
                reading.node.published(key.epoch(), key.seq());
                done(reading, false);
            }
        }
        pump(nowMs);
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
            queue(reading);
        }
        claim(claims.takeUnsent(nowMs));
        pump(nowMs);
        tellState(nowMs);
    }

    private void tick(long nowMs) {
        if (hearing.givesUp(nowMs)) {
            doubtRepeats();
            effects.warn(DEAF);
        }
        if (limits != null && hearing.isUpToDate()) {
            write(ledger.takeDue(nowMs));
        }
        unwritten.giveUp(nowMs);
        claims.renew(nowMs);
        claimNewcomers(nowMs);
        if (nowMs > nextSilenceMs) {
            lookForSilence(nowMs);
        }
        if (limits != null && nowMs >= nextMetricsMs) {
            nextMetricsMs = nowMs + METRICS_EVERY_MS;
            putControl(payloads.gatewayMetrics(
                    nowMs - startedAtMs, held.size(), inFlight.size(), nodes.size(), counters()));
        }
        if (limits != null && !inFlight.isEmpty() && nowMs - lastAckMs >= RECONNECT_AFTER_MS) {
            lastAckMs = nowMs;
            count(BridgeCounter.STALLS);
            effects.reconnect("no PUBACK for " + RECONNECT_AFTER_MS / 1000 + " s");
        }
    }

    /** Nodes that were not heard of for too long are offline, and sensors are forgotten. */
    private void lookForSilence(long nowMs) {
        nextSilenceMs = Long.MAX_VALUE;
        nodes.forEach(node -> {
            if (node.online && nowMs - node.heardAtMs > node.onlineLifeMs()) {
                nodes.setOnline(node, false);
            }
            node.forgetSilentSensors(nowMs);
            nextSilenceMs = Math.min(nextSilenceMs, node.quietUntilMs());
        });
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
    }

    /** What the gateway publishes itself when it leaves, in this order: what the broker does not retain yet, and its status. */
    public List<Publication> farewell() {
        List<Publication> last = new ArrayList<>();
        if (hearing.isUpToDate()) {
            ledger.takeOwn().forEach(page -> last.add(payloads.published(page)));
        }
        last.add(lastWill());
        return last;
    }

    /** What the mesh is told. */
    public GatewayState state(long nowMs) {
        boolean stalled = !held.isEmpty() && nowMs - lastGoodAckMs >= UPLINK_LOST_AFTER_MS;
        int load = (int) Math.min(100, 100L * held.size() / settings.maxReadings());
        return new GatewayState(limits != null && !stalled && !closing, !full && !closing, load, held.size());
    }

    /** One sentence if something is wrong with what the broker answers, else empty. */
    public String problem(long nowMs) {
        if (!refusal.isEmpty() && nowMs - refusedAtMs < WARN_EVERY_MS) {
            return refusal;
        }
        if (limits != null && !held.isEmpty() && nowMs - lastGoodAckMs >= UPLINK_LOST_AFTER_MS) {
            return "the broker acknowledged nothing for " + (nowMs - lastGoodAckMs) / 1000 + " s";
        }
        if (limits != null && hearing.isDeaf()) {
            return DEAF;
        }
        return full ? "full with " + held.size() + " readings; origins keep theirs" : "";
    }

    /** Readings held, waiting and in flight. */
    public int heldReadings() {
        return held.size();
    }

    /** Messages that wait for a PUBACK of one of their readings. */
    int waitingMessages() {
        return waiting.size();
    }

    /** Every counter, in order of declaration. */
    public Map<BridgeCounter, Long> counters() {
        return counters.all();
    }

    // Arrival

    private boolean hasRoomFor(NodeTrack node, Arrival arrival) {
        int fresh = 0;
        for (Reading reading : arrival.batch().readings()) {
            if (!isKnown(node, arrival.batch().epoch(), reading.seq())) {
                fresh++;
            }
        }
        if (fresh > 0 && (full || held.size() + fresh > settings.maxReadings())) {
            full = true;
            return false;
        }
        return true;
    }

    private boolean isAnyKnown(NodeTrack node, Arrival arrival) {
        for (Reading reading : arrival.batch().readings()) {
            if (isKnown(node, arrival.batch().epoch(), reading.seq())) {
                return true;
            }
        }
        return false;
    }

    private boolean isKnown(NodeTrack node, long epoch, long seq) {
        return isAtBroker(node, epoch, seq)
                || node.isRefused(epoch, seq)
                || held.containsKey(new HeldReading.Key(node.id, epoch, seq));
    }

    private boolean isAtBroker(NodeTrack node, long epoch, long seq) {
        return node.isPublished(epoch, seq) || ledger.contains(node.id, epoch, seq);
    }

    /** A later boot of the node has published, or it has signed one: see {@link Arrival#outdated}. */
    private boolean isOutdated(Arrival arrival) {
        return arrival.outdated()
                || ledger.latestEpoch(arrival.origin()) > arrival.batch().epoch();
    }

    private void hold(long nowMs, NodeTrack node, Arrival arrival, Reading reading, WaitingMessage message) {
        long epoch = arrival.batch().epoch();
        if (isAtBroker(node, epoch, reading.seq())) {
            count(BridgeCounter.READINGS_DUPLICATE);
            return;
        }
        if (node.isRefused(epoch, reading.seq())) {
            count(BridgeCounter.READINGS_DUPLICATE);
            message.refused = true;
            return;
        }
        HeldReading.Key key = new HeldReading.Key(node.id, epoch, reading.seq());
        HeldReading existing = held.get(key);
        if (existing != null) {
            count(BridgeCounter.READINGS_DUPLICATE);
            attach(existing, message);
            return;
        }
        count(BridgeCounter.READINGS);
        if (held.isEmpty()) {
            lastGoodAckMs = nowMs; // Waiting for a PUBACK begins now.
        }
        HeldReading fresh = new HeldReading(
                key,
                node,
                nextOrder++,
                intake.takenMs(nowMs, arrival, reading),
                intake.publicationOf(nowMs, node, arrival, reading));
        attach(fresh, message);
        held.put(key, fresh);
        node.held++;
        node.queue.put(fresh.order, fresh);
        nodes.makeReady(node);
    }

    private void attach(HeldReading reading, WaitingMessage message) {
        WaitingMessage superseded = reading.attach(message);
        message.remaining++;
        if (superseded != null) {
            // Its origin put the reading into a newer message; nobody waits for this one any more.
            waiting.remove(superseded.id);
        }
    }

    // What all gateways published

    private void mark(@Nullable String marker) {
        if (marker != null) {
            putControl(payloads.gatewaySync(marker));
        }
    }

    private void heardReading(long nowMs, long token, Heard.Reading message) {
        HeldReading.Key key = message.key;
        boolean own = self.name().equals(message.via);
        if (ledger.add(nowMs, key.node(), message.label, key.epoch(), key.seq(), own)) {
            effects.heard(token);
        } else {
            unwritten.add(nowMs, token, key, own, hearing.isUpToDate());
            writeIfUrgent();
        }
        claims.heardReading(nowMs, key, own);
        HeldReading reading = held.isEmpty() ? null : held.get(key);
        if (reading != null && !reading.inFlight) {
            isPublishedAlready(reading);
        } else if (!own && (reading != null || isMine(key))) {
            count(BridgeCounter.READINGS_TWICE);
            effects.warn("two gateways published one reading id=" + message.id + " other=" + message.via);
        }
    }

    private boolean isMine(HeldReading.Key key) {
        NodeTrack node = nodes.get(key.node());
        return node != null && node.isPublished(key.epoch(), key.seq());
    }

    private void heardClaim(long nowMs, Heard.Claim claim) {
        claims.heardClaim(nowMs, claim.page, claim.gateway, claim.gateway.equals(self.name()), key -> {
            HeldReading reading = held.get(key);
            return reading == null ? ledger.contains(key.node(), key.epoch(), key.seq()) : reading.inFlight;
        });
    }

    private void claim(List<LedgerPage> pages) {
        for (LedgerPage page : pages) {
            Publication claim = payloads.claim(page);
            if (control.size() < MAX_CONTROL) {
                control.put(claim.topic() + ' ' + page.node, claim);
            }
        }
    }

    private void claimNewcomers(long nowMs) {
        if (limits == null || !hearing.isUpToDate()) {
            return;
        }
        List<NodeId> newcomers = claims.takeNewcomers(nowMs);
        for (int first = 0; first < newcomers.size(); first += NODES_IN_CLAIM) {
            List<NodeId> some = newcomers.subList(first, Math.min(newcomers.size(), first + NODES_IN_CLAIM));
            Publication claim = payloads.claim(some);
            if (control.size() < MAX_CONTROL) {
                control.put(claim.topic() + ' ' + claim.payload(), claim);
            }
        }
    }

    private void queue(HeldReading reading) {
        reading.node.queue.put(reading.order, reading);
        nodes.makeReady(reading.node);
    }

    private void heardPage(long nowMs, Heard.Page message) {
        LedgerPage page = message.page;
        boolean changed = ledger.retained(nowMs, message.label, page);
        if (!hearing.mayPublish()) {
            ledger.vouch(page.node);
        }
        unwritten.written(page);
        writeIfUrgent();
        NodeTrack node = changed ? nodes.get(page.node) : null;
        if (node == null || node.held == 0) {
            return;
        }
        for (HeldReading reading : List.copyOf(held.values())) {
            if (reading.node == node && !reading.inFlight && page.contains(reading.key.epoch(), reading.key.seq())) {
                isPublishedAlready(reading);
            }
        }
    }

    private void writeIfUrgent() {
        if (hearing.isUpToDate() && unwritten.isUrgent()) {
            write(ledger.takeOwn());
        }
    }

    private void write(List<Ledger.Write> pages) {
        for (Ledger.Write page : pages) {
            unwritten.writing(page.page());
            putControl(payloads.published(page));
        }
    }

    /** A reading that waits is at the broker: by another gateway, or by this one before it lost the connection. */
    private void isPublishedAlready(HeldReading reading) {
        reading.node.queue.remove(reading.order);
        claims.drop(reading.key);
        count(BridgeCounter.READINGS_HEARD);
        done(reading, false);
    }

    /** Nobody can know whether the broker got what was on its way. */
    private void doubtRepeats() {
        for (HeldReading reading : held.values()) {
            reading.doubtful |= reading.sentBefore;
        }
    }

    // Nodes

    private @Nullable NodeTrack track(long nowMs, NodeId id, String label) {
        NodeTrack node = nodes.get(id);
        if (node == null) {
            if (nodes.size() >= MAX_NODES) {
                if (!nodes.forgetOne()) {
                    return null;
                }
                count(BridgeCounter.NODES_FORGOTTEN);
            }
            node = nodes.add(id, label, nowMs);
        } else if (!node.label.equals(label)) {
            String old = node.label;
            node.label = label;
            rename(node, old);
        }
        return node;
    }

    /** Removes what is retained under the old name, unless another node has it, and says everything under the new one. */
    private void rename(NodeTrack node, String old) {
        if (!nodes.isNameInUse(old)) {
            putControl(Payloads.clear(topics.nodeStatus(old)));
            putControl(Payloads.clear(topics.nodeInfo(old)));
            putControl(Payloads.clear(topics.nodeState(old)));
            putControl(Payloads.clear(topics.published(old)));
        }
        ledger.renamed(node.id, node.label);
        sayEverything(node);
    }

    private void sayEverything(NodeTrack node) {
        nodes.markDirty(node, NodeTrack.Topic.INFO);
        if (node.hadReadings) {
            nodes.markDirty(node, NodeTrack.Topic.STATUS);
            nodes.markDirty(node, NodeTrack.Topic.STATE);
        }
    }

    // Publishing

    private void pump(long nowMs) {
        BrokerLimits now = limits;
        if (now == null || closing) {
            return;
        }
        int window = Math.min(settings.window(), now.receiveMaximum());
        do {
            while (inFlight.size() < window && publishNext(nowMs, now)) {
                // Each turn publishes one, parks one or gives one up.
            }
            claim(claims.takeFresh(nowMs));
        } while (inFlight.size() < window && !control.isEmpty());
    }

    private boolean publishNext(long nowMs, BrokerLimits broker) {
        if (!control.isEmpty()) {
            Iterator<Publication> oldest = control.values().iterator();
            Publication publication = oldest.next();
            oldest.remove();
            send(nowMs, broker, publication, null, null, null);
            return true;
        }
        // Data and retained topics take turns, so that neither starves.
        dataTurn = !dataTurn;
        return dataTurn
                ? publishData(nowMs, broker) || publishRetained(nowMs, broker)
                : publishRetained(nowMs, broker) || publishData(nowMs, broker);
    }

    private boolean publishData(long nowMs, BrokerLimits broker) {
        if (!hearing.mayPublish()) {
            return false;
        }
        NodeTrack node = nodes.nextReady();
        while (node != null && node.queue.isEmpty()) {
            node = nodes.nextReady(); // All that it had was heard meanwhile.
        }
        if (node == null) {
            return false;
        }
        HeldReading reading = node.queue.pollFirstEntry().getValue();
        nodes.makeReady(node);
        boolean claimed = nowMs <= reading.wonUntilMs || !hearsReadings || !hearing.isUpToDate();
        if (!claimed && !claims.isFree(nowMs, reading.key)) {
            count(BridgeCounter.READINGS_CLAIMED);
            claims.park(reading);
            return true;
        }
        if (reading.publication.packetBytes() > broker.maximumPacketBytes()) {
            count(BridgeCounter.READINGS_DEAD_LETTERED);
            effects.warn("reading given up, larger than the broker's Maximum Packet Size id="
                    + reading.publication.properties().get("id") + " bytes=" + reading.publication.packetBytes()
                    + " limit=" + broker.maximumPacketBytes());
            done(reading, true);
            return true;
        }
        if (reading.sentBefore) {
            count(BridgeCounter.REPEATS);
        }
        Publication publication = reading.publication;
        if (reading.doubtful || ledger.isDoubtful(node.id, reading.takenWallMs)) {
            count(BridgeCounter.READINGS_DOUBTFUL);
            publication = publication.with("dup", "possible");
        }
        reading.inFlight = true;
        send(nowMs, broker, publication, reading, null, null);
        return true;
    }

    private boolean publishRetained(long nowMs, BrokerLimits broker) {
        NodeTrack node = nodes.nextDirty();
        if (node == null) {
            return false;
        }
        NodeTrack.Topic topic = nodes.takeTopic(node);
        switch (topic) {
            case STATUS -> send(nowMs, broker, payloads.nodeStatus(node), null, node, topic);
            case INFO -> send(nowMs, broker, payloads.nodeInfo(node), null, node, topic);
            case STATE -> {
                long lifeMs = node.stateLifeMs() - (nowMs - node.stateUpdatedAtMs);
                if (lifeMs > 0) {
                    send(nowMs, broker, payloads.state(node, lifeMs), null, node, topic);
                }
            }
        }
        return true;
    }

    private void send(
            long nowMs,
            BrokerLimits broker,
            Publication publication,
            @Nullable HeldReading reading,
            @Nullable NodeTrack node,
            NodeTrack.@Nullable Topic topic) {
        if (reading == null && publication.packetBytes() > broker.maximumPacketBytes()) {
            effects.warn("not published, larger than the broker's Maximum Packet Size topic=" + publication.topic());
            return;
        }
        long token = nextToken++;
        if (inFlight.isEmpty()) {
            lastAckMs = nowMs; // Waiting for a PUBACK begins now.
        }
        inFlight.put(token, new InFlight(publication, reading, node, topic));
        count(BridgeCounter.PUBLICATIONS);
        effects.publish(token, publication);
    }

    private void done(HeldReading reading, boolean refusedForGood) {
        held.remove(reading.key);
        reading.node.held--;
        if (refusedForGood) {
            reading.node.refused(reading.key.epoch(), reading.key.seq());
        }
        for (WaitingMessage message : reading.waiters()) {
            message.refused |= refusedForGood;
            message.remaining--;
            if (message.remaining == 0) {
                waiting.remove(message.id);
                settle(message.id, message.refused ? SettleStatus.REFUSED : SettleStatus.BROKER_ACKED);
            }
        }
        if (full && 100L * held.size() < (long) ACCEPT_AGAIN_BELOW_PERCENT * settings.maxReadings()) {
            full = false;
        }
    }

    private void takeBackInFlight() {
        for (InFlight publication : inFlight.values()) {
            HeldReading reading = publication.reading;
            if (reading != null) {
                reading.sentBefore = true;
                reading.inFlight = false;
                queue(reading);
            } else if (publication.node != null && publication.nodeTopic != null) {
                nodes.markDirty(publication.node, publication.nodeTopic);
            } else if (publication.control != null && isWorthRepeating(publication.control)) {
                control.putIfAbsent(publication.control.topic(), publication.control);
            }
        }
        inFlight.clear();
    }

    private boolean isWorthRepeating(Publication own) {
        return own.qos() > 0
                && topics.gatewayOfClaim(own.topic()) == null
                && !own.topic().equals(topics.gatewaySync(self.name()));
    }

    private void putControl(Publication publication) {
        if (control.size() < MAX_CONTROL) {
            control.put(publication.topic(), publication);
        }
    }

    // Answers

    private void refused(long nowMs, String topic, int reasonCode) {
        count(BridgeCounter.REFUSALS);
        refusal = "the broker refuses " + topic + " with reason 0x" + Integer.toHexString(reasonCode) + " ("
                + ReasonCodes.meaning(reasonCode) + "); readings are kept";
        refusedAtMs = nowMs;
        if (!everWarned || nowMs - warnedAtMs >= WARN_EVERY_MS) {
            everWarned = true;
            warnedAtMs = nowMs;
            effects.warn(refusal);
        }
    }

    private void settle(MessageId message, SettleStatus status) {
        count(BridgeCounter.SETTLEMENTS);
        effects.settle(message, status);
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

    private void count(BridgeCounter counter) {
        counters.add(counter, 1);
    }
}
