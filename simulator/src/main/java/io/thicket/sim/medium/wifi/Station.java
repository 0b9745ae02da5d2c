package io.thicket.sim.medium.wifi;

import io.thicket.sim.kernel.Event;
import org.jspecify.annotations.Nullable;

/**
 * The distributed coordination function of one station: queue, carrier sense, frozen backoff, acknowledgements and
 * retransmissions. A frame that comes to an idle station goes after a DIFS; everything else after a backoff.
 */
final class Station implements Runnable {
    private final int id;
    private final WifiMedium medium;
    private final Air air;
    private final @Nullable DutyWindow duty;

    /** Null as long as nothing waits. */
    private @Nullable FrameQueue queue;

    private @Nullable WifiFrame current;

    /** Of the frame in service. */
    private int transmissions;

    /** Of the frame in service, or of the last one; the first is 1. */
    private int number;

    /** The number of the last one that was read by whom it was for. If the acknowledgement is lost, that one reads it again. */
    private int lastRead;

    private boolean awaitingAck;
    private boolean acknowledged;

    /** When it transmits. */
    private @Nullable Event access;

    /** The end of the wait for an acknowledgement, during which no access is planned. */
    private @Nullable Event ackTimeout;

    /** Slots to count down still. */
    private int backoff;

    Station(WifiMedium medium, Air air, int id) {
        this.medium = medium;
        this.air = air;
        this.duty = medium.phy.duty() < 1 ? new DutyWindow(medium.phy.duty()) : null;
        this.id = id;
    }

    void listen(WifiListener listener) {
        air.listen(id, listener);
    }

    int queued() {
        return waiting() + (current == null ? 0 : 1);
    }

    private int waiting() {
        return queue == null ? 0 : queue.size();
    }

    /** From now on it neither sends nor hears; a frame that is on the air goes to its end. */
    void switchOff() {
        queue = null;
        current = null;
        awaitingAck = false;
        cancelAccess();
        cancelTimeout();
        air.switchOff(id);
    }

    /** It hears and sends again, from what begins from now on. */
    void switchOn() {
        air.switchOn(id);
        backoff = 0;
    }

    void enqueue(WifiFrame frame) {
        if (air.isOff(id)) {
            return;
        }
        if (frame.bytes() > medium.phy.maxBytes()) {
            medium.counters.tooLong++;
            return;
        }
        if (waiting() >= Dcf.QUEUE_FRAMES) {
            medium.counters.queueFull++;
            return;
        }
        FrameQueue its = queue == null ? new FrameQueue() : queue;
        its.add(frame, medium.nowUs());
        queue = its;
        if (current == null && !air.isSending(id)) {
            next();
        }
    }

    private void next() {
        long nowUs = medium.nowUs();
        while (queue != null) {
            boolean tooOld = nowUs - queue.firstSinceUs() > medium.phy.queueLifeUs();
            WifiFrame first = queue.poll();
            queue = queue.isEmpty() ? null : queue;
            if (tooOld) {
                medium.counters.expired++;
                continue;
            }
            current = first;
            air.engage(id);
            transmissions = 0;
            number++;
            if (backoff == 0 && (air.isBusy(id) || nowUs < air.countFromUs(id))) {
                backoff = draw(medium.phy.cwMin());
            }
            contend();
            return;
        }
    }

    /** Plans the access for {@link #current}, if the medium is idle. */
    private void contend() {
        if (current == null || air.isBusy(id) || awaitingAck || access != null) {
            return;
        }
        long nowUs = medium.nowUs();
        long atUs = air.countFromUs(id) + (long) backoff * medium.phy.slotUs();
        if (atUs <= nowUs) {
            backoff = 0;
            atUs = nowUs + medium.phy.difsUs();
            air.countFrom(id, atUs);
        }
        access = medium.simulation.schedule(id, atUs, this);
    }

    /** What was planned is due. */
    @Override
    public void run() {
        if (awaitingAck) {
            unacknowledged();
        } else {
            transmit();
        }
    }

    private int draw(int window) {
        return medium.backoffs.nextInt(id, window + 1);
    }

    /** Of the frame in service: twice as many slots after each transmission that nobody acknowledged. */
    private int window() {
        Phy phy = medium.phy;
        return (int) Math.min(((long) phy.cwMin() + 1 << transmissions) - 1, phy.cwMax());
    }

    private void transmit() {
        access = null;
        WifiFrame frame = current;
        if (frame == null || air.isOff(id)) {
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
        int airtimeUs = medium.phy.airtime().us(frame.bytes());
        long earliestUs = window.earliestUs(nowUs, airtimeUs);
        if (earliestUs <= nowUs) {
            window.sent(nowUs, airtimeUs);
            return false;
        }
        medium.counters.dutyWaits++;
        if (earliestUs - nowUs > medium.phy.queueLifeUs()) {
            medium.counters.expired++;
            finished();
        } else {
            air.countFrom(id, earliestUs);
            backoff = draw(medium.phy.cwMin());
            contend();
        }
        return true;
    }

    private void begin(Transmission transmission) {
        cancelAccess();
        medium.simulation.schedule(id, transmission.endUs, transmission);
    }

    /** The acknowledgement of a frame from {@code to}, a SIFS after it and without carrier sense. */
    void acknowledge(int to) {
        if (air.isOff(id) || air.isSending(id)) {
            return;
        }
        if (!air.isSensed(id)) {
            freeze(medium.nowUs());
        }
        begin(medium.start(id, null, to, 0, false));
    }

    /** The own transmission ended. */
    void sent(Transmission transmission) {
        if (air.isOff(id)) {
            return;
        }
        WifiFrame frame = transmission.frame;
        if (frame == null || current == null || transmission.number != number) {
            // An acknowledgement, or a frame from before the station was switched off, of which it knows nothing.
            if (current == null) {
                next();
            } else {
                contend();
            }
        } else if (frame.isBroadcast() || !medium.phy.acknowledges()) {
            finished();
        } else {
            assert access == null : "a station plans an access and waits for an acknowledgement";
            awaitingAck = true;
            ackTimeout = medium.simulation.schedule(id, transmission.endUs + medium.phy.ackTimeoutUs(), this);
        }
    }

    private void finished() {
        current = null;
        backoff = draw(medium.phy.cwMin());
        next();
    }

    private void unacknowledged() {
        ackTimeout = null;
        awaitingAck = false;
        WifiFrame frame = current;
        if (frame == null) {
            return;
        }
        if (transmissions >= medium.phy.transmissions()) {
            medium.counters.retryLimit++;
            finished();
            WifiListener above = air.listener(id);
            if (above != null) {
                above.onGivenUp(frame);
            }
            return;
        }
        backoff = draw(window());
        contend();
    }

    /** The air is idle no longer. */
    void freeze(long nowUs) {
        Event planned = access;
        if (planned != null && planned.atUs() == nowUs) {
            return; // the same slot: it cannot have heard the other one yet
        }
        long countFromUs = air.countFromUs(id);
        if (nowUs > countFromUs && backoff > 0) {
            backoff -= (int) Math.min(backoff, (nowUs - countFromUs) / medium.phy.slotUs());
        }
        if (planned != null) {
            cancelAccess();
            if (backoff == 0) {
                backoff = draw(window());
            }
        }
        if (current == null && backoff == 0) { // never before: who had a frame has slots to count behind it
            air.disengage(id);
        }
    }

    /** A signal has ended here, and the air may be idle. */
    void proceed() {
        if (acknowledged) {
            acknowledged = false;
            finished();
        } else {
            contend();
        }
    }

    /** What is for this station alone was read. Whether it is to be handed up. */
    boolean receive(Transmission transmission) {
        if (transmission.frame == null) {
            if (awaitingAck) {
                awaitingAck = false;
                cancelTimeout();
                acknowledged = true;
                air.engage(id);
            }
            return false;
        }
        if (!medium.phy.acknowledges()) {
            return true;
        }
        int from = transmission.from;
        medium.simulation.schedule(id, transmission.endUs + medium.phy.sifsUs(), () -> acknowledge(from));
        return air.station(from).isFirstRead(transmission.number);
    }

    /** This station's frame of that number was read by whom it was for: whether for the first time. */
    private boolean isFirstRead(int itsNumber) {
        boolean first = lastRead != itsNumber;
        lastRead = itsNumber;
        return first;
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
