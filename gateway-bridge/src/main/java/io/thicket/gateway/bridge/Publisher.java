package io.thicket.gateway.bridge;

/**
 * What goes to the broker next, as much as fits into the {@link SendWindow}: what is the gateway's own first, then readings and the retained
 * topics of nodes by turns, so that neither starves.
 */
final class Publisher {
    private final boolean hearsReadings;
    private final NodeRegister nodes;
    private final HeldReadings held;
    private final Ledger ledger;
    private final Claims claims;
    private final Hearing hearing;
    private final OwnPublications own;
    private final Payloads payloads;
    private final SendWindow window;
    private final BridgeCounters counters;
    private final BridgeEffects effects;
    private final Work work;
    private final Echoes echoes = new Echoes();
    private boolean dataTurn = true;
    private boolean closed;

    /** {@code hearsReadings}: whether this gateway reads what all publish. */
    Publisher(
            boolean hearsReadings,
            NodeRegister nodes,
            HeldReadings held,
            Ledger ledger,
            Claims claims,
            Hearing hearing,
            OwnPublications own,
            Payloads payloads,
            SendWindow window,
            BridgeCounters counters,
            BridgeEffects effects,
            Work work) {
        this.hearsReadings = hearsReadings;
        this.nodes = nodes;
        this.held = held;
        this.ledger = ledger;
        this.claims = claims;
        this.hearing = hearing;
        this.own = own;
        this.payloads = payloads;
        this.window = window;
        this.counters = counters;
        this.effects = effects;
        this.work = work;
    }

    /** Publishes nothing more. */
    void close() {
        closed = true;
    }

    /** A new connection, of which nothing is on its way. */
    void connected() {
        echoes.clear();
        work.setEchoes(false);
    }

    /** A reading came from the broker, whosever it is: two gateways may have published it. */
    void heard(HeldReading.Key key) {
        echoes.heard(key);
        work.setEchoes(!echoes.isNone());
    }

    /** The broker did not take the reading. */
    void refused(HeldReading.Key key) {
        echoes.refused(key);
    }

    /** Publishes as much as there is and fits. */
    void pump(long nowMs) {
        if (closed || !window.isOpen()) {
            return;
        }
        do {
            while (window.hasRoom() && publishNext(nowMs)) {
                // Each turn publishes one, parks one or gives one up.
            }
            own.putClaims(claims.takeFresh(nowMs));
        } while (window.hasRoom() && !own.isEmpty());
        if (own.isEmpty() && !nodes.isAnyDirty()) {
            work.unmark();
        }
    }

    /** The connection is gone, and what was on its way waits again. */
    void takeBackInFlight() {
        for (InFlight publication : window.takeBack()) {
            HeldReading reading = publication.reading;
            if (reading != null) {
                reading.sentBefore = true;
                reading.inFlight = false;
                nodes.queue(reading);
            } else if (publication.node != null && publication.nodeTopic != null) {
                // Whether "online" arrived that took back an "offline" is not known.
                publication.node.saidOffline |= publication.nodeTopic == NodeTrack.Topic.STATUS;
                nodes.markDirty(publication.node, publication.nodeTopic);
            } else if (publication.control != null) {
                own.takeBack(publication.control);
            }
        }
    }

    private boolean publishNext(long nowMs) {
        if (!own.isEmpty()) {
            window.send(nowMs, own.take());
            return true;
        }
        boolean published =
                dataTurn ? publishData(nowMs) || publishRetained(nowMs) : publishRetained(nowMs) || publishData(nowMs);
        dataTurn ^= published;
        return published;
    }

    private boolean publishData(long nowMs) {
        if (!hearing.mayPublish()) {
            return false;
        }
        NodeTrack node = nodes.nextReady();
        HeldReading reading = node == null ? null : node.firstWaiting();
        while (node != null && reading == null) {
            node = nodes.nextReady(); // All that it had was heard meanwhile.
            reading = node == null ? null : node.firstWaiting();
        }
        if (node == null || reading == null) {
            return false;
        }
        boolean hears = hearsReadings && hearing.isUpToDate();
        boolean free = !hears || nowMs <= reading.wonUntilMs || claims.isFree(nowMs, reading.key);
        if (hears
                && free
                && claims.hasOthers()
                && !echoes.hasRoom(nowMs, claims.gateways(), hearing.hasHeardReading())) {
            nodes.makeReady(node);
            return false; // What comes back makes room, at the latest the next tick.
        }
        node.dequeue(reading);
        nodes.makeReady(node);
        if (!free) {
            counters.add(BridgeCounter.READINGS_CLAIMED, 1);
            claims.park(reading);
            return true;
        }
        if (!reading.publication.fits(window.maximumPacketBytes())) {
            counters.add(BridgeCounter.READINGS_DEAD_LETTERED, 1);
            effects.warn("reading given up, larger than the broker's Maximum Packet Size id="
                    + reading.publication.properties().get("id") + " bytes=" + reading.publication.packetBytes()
                    + " limit=" + window.maximumPacketBytes());
            held.done(reading, true);
            return true;
        }
        if (reading.sentBefore) {
            counters.add(BridgeCounter.REPEATS, 1);
        }
        Publication publication = reading.publication;
        if (reading.doubtful || ledger.isDoubtful(node.id, reading.takenWallMs(), reading.byItsNode)) {
            counters.add(BridgeCounter.READINGS_DOUBTFUL, 1);
            publication = publication.with("dup", "possible");
        }
        reading.inFlight = true;
        if (hears) {
            echoes.sent(nowMs, reading.key);
            work.setEchoes(true);
        }
        window.send(nowMs, publication, reading);
        return true;
    }

    private boolean publishRetained(long nowMs) {
        if (!hearing.mayPublish()) {
            return false; // Another gateway may have brought the node meanwhile.
        }
        NodeTrack node = nodes.nextDirty();
        if (node == null) {
            return false;
        }
        NodeTrack.Topic topic = nodes.takeTopic(node);
        switch (topic) {
            case STATUS -> {
                node.saidOffline = !node.online;
                window.send(nowMs, payloads.nodeStatus(node.label, node.online), node, topic);
            }
            case INFO -> window.send(nowMs, payloads.nodeInfo(node), node, topic);
            case STATE -> {
                long lifeMs = node.stateLifeMs() - (nowMs - node.stateUpdatedAtMs);
                if (lifeMs > 0) {
                    window.send(nowMs, payloads.state(node, lifeMs), node, topic);
                }
            }
        }
        return true;
    }
}
