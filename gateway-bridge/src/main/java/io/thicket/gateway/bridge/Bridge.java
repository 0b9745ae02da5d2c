package io.thicket.gateway.bridge;

import io.thicket.agent.port.Uplink.Arrival;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.ReadingBatch.Reading;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns batches of readings into MQTT publications and settles each batch once the broker acknowledged every reading in
 * it. Until then readings are held here in memory and, by their origin, at home. Not thread-safe; all times are ms of one
 * monotonic clock. No call throws on what came from outside.
 *
 * <p>A reading is (node, epoch, seq). It is published once per connection at most, again only if the connection was lost
 * before its PUBACK; such repeats have the same {@code id} and are counted.
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

    private static final int MAX_CONTROL = 3 * MAX_NODES;
    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    private static final int FIRST_ERROR = 0x80;

    private final BridgeSettings settings;
    private final TopicScheme topics;
    private final Payloads payloads;
    private final ReadingIntake intake;
    private final BridgeEffects effects;
    private final long startedAtMs;

    private final NodeRegister nodes = new NodeRegister();
    private final Map<HeldReading.Key, HeldReading> held = new HashMap<>();
    private final Map<MessageId, WaitingMessage> waiting = new HashMap<>();

    /** Publications of the gateway itself, the newest of each topic. */
    private final Map<String, Publication> control = new LinkedHashMap<>();

    private final Map<Long, InFlight> inFlight = new LinkedHashMap<>();
    private final Map<BridgeCounter, Long> counters = new EnumMap<>(BridgeCounter.class);

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
    private long nextMetricsMs;
    private GatewayState announced = new GatewayState(false, true, 0, 0);

    /** A bridge without a connection; {@code nowMs} is the time of its first tick. */
    public Bridge(
            long nowMs,
            BridgeSettings settings,
            TopicScheme topics,
            GatewayIdentity gateway,
            WallClock wall,
            BridgeEffects effects) {
        this.settings = settings;
        this.topics = topics;
        this.payloads = new Payloads(topics, gateway);
        this.intake = new ReadingIntake(topics, payloads, wall, nodes);
        this.effects = effects;
        this.startedAtMs = nowMs;
        this.nextTickMs = nowMs + TICK_MS;
        this.nextMetricsMs = nowMs + METRICS_EVERY_MS;
        for (BridgeCounter counter : BridgeCounter.values()) {
            counters.put(counter, 0L);
        }
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
        if (node != null && arrival.outdated() && isAnyKnown(node, arrival)) {
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
            counters.merge(
                    BridgeCounter.READINGS_DUPLICATE,
                    (long) arrival.batch().readings().size(),
                    Long::sum);
            return;
        }
        node.heardAtMs = nowMs;
        node.hops = arrival.hops();
        WaitingMessage message = new WaitingMessage(arrival.message());
        for (Reading reading : arrival.batch().readings()) {
            hold(nowMs, node, arrival, reading, message);
        }
        nodes.setOnline(node, true);
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
            nodes.markDirty(node, NodeTrack.Topic.INFO);
            pump(nowMs);
        }
    }

    /** A new connection. Whatever was in flight on an older one is published again. */
    public void onConnected(long nowMs, BrokerLimits brokerLimits) {
        takeBackInFlight();
        count(BridgeCounter.CONNECTIONS);
        limits = brokerLimits;
        lastAckMs = nowMs;
        lastGoodAckMs = nowMs;
        // The broker may have lost what it retained (a restart without a store): say everything again.
        putControl(payloads.gatewayStatus(true));
        putControl(payloads.gatewayInfo(brokerLimits));
        for (NodeTrack node : nodes.all()) {
            nodes.markDirty(node, NodeTrack.Topic.INFO);
            if (node.hadReadings) {
                nodes.markDirty(node, NodeTrack.Topic.STATUS);
                nodes.markDirty(node, NodeTrack.Topic.STATE);
            }
        }
        pump(nowMs);
        tellState(nowMs);
    }

    /** The connection is gone. Harmless if there was none. */
    public void onDisconnected(long nowMs) {
        takeBackInFlight();
        limits = null;
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
        if (reading != null) {
            boolean keep = noSubscribers && settings.noSubscribers() == NoSubscribers.HOLD;
            if (reasonCode >= FIRST_ERROR || keep) {
                reading.node.queue.put(reading.order, reading);
                nodes.block(nowMs, reading.node);
            } else {
                lastGoodAckMs = nowMs;
                reading.node.refusals = 0;
                count(BridgeCounter.READINGS_PUBLISHED);
                done(reading, false);
            }
        }
        pump(nowMs);
        tellState(nowMs);
    }

    /** Does what is due: metrics, back-offs, nodes that fell silent, a broker that no longer answers. */
    public void onDeadline(long nowMs) {
        if (nowMs < nextTickMs) {
            return;
        }
        nextTickMs = nowMs + TICK_MS;
        nodes.unblock(nowMs);
        for (NodeTrack node : nodes.all()) {
            if (node.online && nowMs - node.heardAtMs > node.onlineLifeMs()) {
                nodes.setOnline(node, false);
            }
            node.forgetSilentSensors(nowMs);
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
        pump(nowMs);
        tellState(nowMs);
    }

    /** When {@link #onDeadline} must next be called. */
    public long nextDeadlineMs() {
        return nextTickMs;
    }

    /** Takes and publishes nothing more; what is held stays with its origins. */
    public void close() {
        closing = true;
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
        return Collections.unmodifiableMap(new EnumMap<>(counters));
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
        return node.isPublished(epoch, seq)
                || node.isRefused(epoch, seq)
                || held.containsKey(new HeldReading.Key(node.id, epoch, seq));
    }

    private void hold(long nowMs, NodeTrack node, Arrival arrival, Reading reading, WaitingMessage message) {
        long epoch = arrival.batch().epoch();
        if (node.isPublished(epoch, reading.seq())) {
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
        HeldReading fresh =
                new HeldReading(key, node, nextOrder++, intake.publicationOf(nowMs, node, arrival, reading));
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
        }
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
        while (inFlight.size() < window && publishNext(nowMs, now)) {
            // Each turn publishes one or gives one up.
        }
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
        NodeTrack node = nodes.nextReady();
        if (node == null) {
            return false;
        }
        HeldReading reading = node.queue.pollFirstEntry().getValue();
        nodes.makeReady(node);
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
        send(nowMs, broker, reading.publication, reading, null, null);
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
        } else {
            reading.node.published(reading.key.epoch(), reading.key.seq());
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
                reading.node.queue.put(reading.order, reading);
                nodes.makeReady(reading.node);
            } else if (publication.node != null && publication.nodeTopic != null) {
                nodes.markDirty(publication.node, publication.nodeTopic);
            } else if (publication.control != null && publication.control.qos() > 0) {
                control.putIfAbsent(publication.control.topic(), publication.control);
            }
        }
        inFlight.clear();
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
        counters.merge(counter, 1L, Long::sum);
    }
}
