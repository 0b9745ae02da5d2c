package io.thicket.sim.medium.wifi;

import io.thicket.sim.kernel.Event;
import io.thicket.sim.kernel.IntMap;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The distributed coordination function of one station: queue, carrier sense, frozen backoff, acknowledgements and
 * retransmissions. A frame that comes to an idle station goes after a DIFS; everything else after a backoff.
 */
final class Station {
    private record Waiting(WifiFrame frame, long sinceUs) {}

    final int id;

    /** What is on the air here now. */
    private int signals;

    /** The signal that has had the air here to itself from its beginning to now; null in silence and where {@link #receiver} is asked. */
    private @Nullable Transmission alone;

    private double alonePower;
    private boolean readsAlone;

    /** Knows the signals while one of them met another here. A large network's are cold memory, and hardly any of them is asked. */
    private final Receiver receiver;

    private final WifiMedium medium;
    private final Phy phy;
    private final RandomGenerator random;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final IntMap lastHeard = new IntMap();
    private final @Nullable DutyWindow duty;
    private @Nullable WifiListener listener;
    private boolean off;

    private @Nullable WifiFrame current;
    private int transmissions;
    private int cw;
    private int number;
    private boolean sending;
    private boolean awaitingAck;
    private boolean acknowledged;
    private @Nullable Event access;
    private @Nullable Event ackTimeout;
    private final Runnable transmit = this::transmit;
    private final Runnable unacknowledged = this::unacknowledged;

    /** Slots to count down still. */
    private int backoff;
    /** From when on idle slots count, while the medium is idle. */
    private long countFromUs;

    private long navUntilUs;
    private boolean afterError;

    Station(WifiMedium medium, int id, Receiver receiver, RandomGenerator random) {
        this.medium = medium;
        this.phy = medium.phy;
        this.cw = phy.cwMin();
        this.duty = phy.duty() < 1 ? new DutyWindow(phy.duty()) : null;
        this.id = id;
        this.receiver = receiver;
        this.random = random;
    }

    void listen(WifiListener newListener) {
        listener = newListener;
    }

    boolean isOff() {
        return off;
    }

    int queued() {
        return queue.size() + (current == null ? 0 : 1);
    }

    /** From now on it neither sends nor hears; a frame that is on the air goes to its end. */
    void switchOff() {
        off = true;
        queue.clear();
        current = null;
        awaitingAck = false;
        cancelAccess();
        cancelTimeout();
        deafen();
    }

    /** It hears and sends again, from what begins from now on. */
    void switchOn() {
        off = false;
        cw = phy.cwMin();
        backoff = 0;
    }

    void enqueue(WifiFrame frame) {
        if (off) {
            return;
        }
        if (frame.bytes() > phy.maxBytes()) {
            medium.counters.tooLong++;
            return;
        }
        if (queue.size() >= Dcf.QUEUE_FRAMES) {
            medium.counters.queueFull++;
            return;
        }
        queue.add(new Waiting(frame, medium.nowUs()));
        if (current == null && !sending) {
            next();
        }
    }

    private void next() {
        long nowUs = medium.nowUs();
        for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            if (nowUs - waiting.sinceUs > phy.queueLifeUs()) {
                medium.counters.expired++;
                continue;
            }
            current = waiting.frame;
            transmissions = 0;
            number++;
            if (backoff == 0 && (isBusy() || nowUs < countFromUs)) {
                backoff = draw(phy.cwMin());
            }
            contend();
            return;
        }
    }

    /** Plans the access for {@link #current}, if the medium is idle. */
    private void contend() {
        if (current == null || isBusy() || awaitingAck || access != null) {
            return;
        }
        long nowUs = medium.nowUs();
        long atUs = countFromUs + (long) backoff * phy.slotUs();
        if (atUs <= nowUs) {
            backoff = 0;
            atUs = nowUs + phy.difsUs();
            countFromUs = atUs;
        }
        access = medium.simulation.schedule(id, atUs, transmit);
    }

    private boolean isBusy() {
        return sending || signals > 0;
    }

    private int draw(int window) {
        return random.nextInt(window + 1);
    }

    private void transmit() {
        access = null;
        WifiFrame frame = current;
        if (frame == null || off) {
            return;
        }
        backoff = 0;
        if (duty != null && isHeldBack(duty, frame)) {
            return;
        }
        transmissions++;
        begin(medium.start(id, frame, frame.to(), number, transmissions > 1));
    }

    /** The hour's duty is used up: the frame waits until there is room, or until it is too old. */
    private boolean isHeldBack(DutyWindow window, WifiFrame frame) {
        long nowUs = medium.nowUs();
        int airtimeUs = phy.airtime().us(frame.bytes());
        long earliestUs = window.earliestUs(nowUs, airtimeUs);
        if (earliestUs <= nowUs) {
            window.sent(nowUs, airtimeUs);
            return false;
        }
        medium.counters.dutyWaits++;
        if (earliestUs - nowUs > phy.queueLifeUs()) {
            medium.counters.expired++;
            finished();
        } else {
            countFromUs = earliestUs;
            backoff = draw(phy.cwMin());
            contend();
        }
        return true;
    }

    private void begin(Transmission transmission) {
        sending = true;
        deafen();
        cancelAccess();
        medium.simulation.schedule(id, transmission.endUs, transmission);
    }

    /** What it was reading is gone. */
    private void deafen() {
        readsAlone = false;
        if (isCrowded()) {
            receiver.deafen();
        }
    }

    /** The acknowledgement of a frame from {@code to}, a SIFS after it and without carrier sense. */
    void acknowledge(int to) {
        if (off || sending) {
            return;
        }
        if (signals == 0) {
            freeze(medium.nowUs());
        }
        begin(medium.start(id, null, to, 0, false));
    }

    /** The own transmission ended. */
    void sent(Transmission transmission) {
        sending = false;
        if (signals == 0) {
            mediumIdle(medium.nowUs());
        }
        if (off) {
            return;
        }
        WifiFrame frame = transmission.frame;
        if (frame == null) {
            if (current == null) {
                next();
            } else {
                contend();
            }
        } else if (frame.isBroadcast() || !phy.acknowledges()) {
            finished();
        } else {
            awaitingAck = true;
            ackTimeout = medium.simulation.schedule(id, medium.nowUs() + phy.ackTimeoutUs(), unacknowledged);
        }
    }

    private void finished() {
        current = null;
        cw = phy.cwMin();
        backoff = draw(cw);
        next();
    }

    private void unacknowledged() {
        ackTimeout = null;
        awaitingAck = false;
        WifiFrame frame = current;
        if (frame == null) {
            return;
        }
        if (transmissions >= phy.transmissions()) {
            medium.counters.retryLimit++;
            finished();
            WifiListener above = listener;
            if (above != null) {
                above.onGivenUp(frame);
            }
            return;
        }
        cw = Math.min(2 * cw + 1, phy.cwMax());
        backoff = draw(cw);
        contend();
    }

    /** Somebody's transmission begins to be sensed here. */
    void heardBegin(long nowUs, Transmission transmission, double power) {
        if (signals > 0) {
            meet(nowUs, transmission, power);
            return;
        }
        if (!sending) {
            freeze(nowUs);
        }
        signals = 1;
        alone = transmission;
        alonePower = power;
        readsAlone = power >= medium.decode && !sending && !off;
    }

    /** The receiver learns of the signal that was alone before it hears of another one. */
    private void meet(long nowUs, Transmission transmission, double power) {
        Transmission before = alone;
        if (before != null) {
            receiver.begin(before.startUs, before, alonePower, !readsAlone);
            alone = null;
        }
        receiver.begin(nowUs, transmission, power, sending || off);
        signals++;
    }

    private boolean isCrowded() {
        return signals > 0 && alone == null;
    }

    private void freeze(long nowUs) {
        Event planned = access;
        if (planned != null && planned.atUs() == nowUs) {
            return; // the same slot: it cannot have heard the other one yet
        }
        if (nowUs > countFromUs && backoff > 0) {
            backoff -= (int) Math.min(backoff, (nowUs - countFromUs) / phy.slotUs());
        }
        if (planned != null) {
            cancelAccess();
            if (backoff == 0) {
                backoff = draw(cw);
            }
        }
    }

    /** Somebody's transmission ended here. Whether its frame is to be handed up. */
    boolean heardEnd(long nowUs, Transmission transmission, int place, boolean lossless) {
        Receiver.Outcome outcome = outcomeOf(nowUs, transmission);
        if (outcome == Receiver.Outcome.GOOD && !lossless && medium.reaches.isLost(transmission, place)) {
            medium.counters.receptionsLost++;
            outcome = Receiver.Outcome.DESTROYED;
        } else if (outcome == Receiver.Outcome.DESTROYED) {
            medium.counters.receptionsDestroyed++;
        }
        if (outcome != Receiver.Outcome.NOT_READ) {
            afterError = outcome == Receiver.Outcome.DESTROYED;
        }
        boolean isForUs = outcome == Receiver.Outcome.GOOD && !off && read(nowUs, transmission);
        if (!isBusy()) {
            mediumIdle(nowUs);
        }
        if (acknowledged) {
            acknowledged = false;
            finished();
        } else {
            contend();
        }
        return isForUs;
    }

    private Receiver.Outcome outcomeOf(long nowUs, Transmission transmission) {
        signals--;
        if (alone == null) {
            return receiver.end(nowUs, transmission, sending || off);
        }
        alone = null;
        return readsAlone ? Receiver.Outcome.GOOD : Receiver.Outcome.NOT_READ;
    }

    private boolean read(long nowUs, Transmission transmission) {
        if (transmission.frame == null) {
            if (awaitingAck && transmission.to == id) {
                awaitingAck = false;
                cancelTimeout();
                acknowledged = true;
            }
            return false;
        }
        if (transmission.to == WifiFrame.EVERYONE) {
            return true;
        }
        if (!phy.acknowledges()) {
            return transmission.to == id;
        }
        if (transmission.to != id) {
            navUntilUs = nowUs + phy.sifsUs() + phy.ackUs() + Dcf.PROPAGATION_US;
            return false;
        }
        medium.simulation.schedule(id, nowUs + phy.sifsUs(), () -> acknowledge(transmission.from));
        int last = lastHeard.put(transmission.from, transmission.number);
        return !transmission.retry || last != transmission.number;
    }

    private void mediumIdle(long nowUs) {
        countFromUs = Math.max(nowUs, navUntilUs) + (afterError ? phy.eifsUs() : phy.difsUs());
        afterError = false;
    }

    void deliver(WifiFrame frame) {
        WifiListener above = listener;
        if (above != null && !off) {
            medium.counters.received++;
            above.onReceived(frame);
        }
    }

    private void cancelAccess() {
        if (access != null) {
            access.cancel();
            access = null;
        }
    }

    private void cancelTimeout() {
        if (ackTimeout != null) {
            ackTimeout.cancel();
            ackTimeout = null;
        }
    }
}
