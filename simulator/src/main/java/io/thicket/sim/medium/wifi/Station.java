package io.thicket.sim.medium.wifi;

import io.thicket.sim.kernel.Event;
import io.thicket.sim.kernel.SplitMixes;
import org.jspecify.annotations.Nullable;

/**
 * The distributed coordination function of one station: queue, carrier sense, frozen backoff, acknowledgements and
 * retransmissions. A frame that comes to an idle station goes after a DIFS; everything else after a backoff.
 */
final class Station implements Runnable {
    private final int id;
    private final WifiMedium medium;
    private final Air air;
    private final Phy phy;
    private final SplitMixes backoffs;
    private final FrameQueue queue = new FrameQueue();
    private final @Nullable DutyWindow duty;

    private @Nullable WifiFrame current;
    private int transmissions;
    private int cw;

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

    Station(WifiMedium medium, Air air, int id, SplitMixes backoffs) {
        this.medium = medium;
        this.air = air;
        this.phy = medium.phy;
        this.cw = phy.cwMin();
        this.duty = phy.duty() < 1 ? new DutyWindow(phy.duty()) : null;
        this.id = id;
        this.backoffs = backoffs;
    }

    void listen(WifiListener listener) {
        air.listen(id, listener);
    }

    int queued() {
        return queue.size() + (current == null ? 0 : 1);
    }

    /** From now on it neither sends nor hears; a frame that is on the air goes to its end. */
    void switchOff() {
        queue.clear();
        current = null;
        awaitingAck = false;
        cancelAccess();
        cancelTimeout();
        air.switchOff(id);
    }

    /** It hears and sends again, from what begins from now on. */
    void switchOn() {
        air.switchOn(id);
        cw = phy.cwMin();
        backoff = 0;
    }

    void enqueue(WifiFrame frame) {
        if (air.isOff(id)) {
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
        queue.add(frame, medium.nowUs());
        if (current == null && !air.isSending(id)) {
            next();
        }
    }

    private void next() {
        long nowUs = medium.nowUs();
        while (!queue.isEmpty()) {
            boolean tooOld = nowUs - queue.firstSinceUs() > phy.queueLifeUs();
            WifiFrame first = queue.poll();
            if (tooOld) {
                medium.counters.expired++;
                continue;
            }
            current = first;
            air.engage(id);
            transmissions = 0;
            number++;
            if (backoff == 0 && (air.isBusy(id) || nowUs < air.countFromUs(id))) {
                backoff = draw(phy.cwMin());
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
        long atUs = air.countFromUs(id) + (long) backoff * phy.slotUs();
        if (atUs <= nowUs) {
            backoff = 0;
            atUs = nowUs + phy.difsUs();
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
        return backoffs.nextInt(id, window + 1);
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
            air.countFrom(id, earliestUs);
            backoff = draw(phy.cwMin());
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
        } else if (frame.isBroadcast() || !phy.acknowledges()) {
            finished();
        } else {
            assert access == null : "a station plans an access and waits for an acknowledgement";
            awaitingAck = true;
            ackTimeout = medium.simulation.schedule(id, transmission.endUs + phy.ackTimeoutUs(), this);
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
            WifiListener above = air.listener(id);
            if (above != null) {
                above.onGivenUp(frame);
            }
            return;
        }
        cw = Math.min(2 * cw + 1, phy.cwMax());
        backoff = draw(cw);
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
            backoff -= (int) Math.min(backoff, (nowUs - countFromUs) / phy.slotUs());
        }
        if (planned != null) {
            cancelAccess();
            if (backoff == 0) {
                backoff = draw(cw);
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
        if (!phy.acknowledges()) {
            return true;
        }
        int from = transmission.from;
        medium.simulation.schedule(id, transmission.endUs + phy.sifsUs(), () -> acknowledge(from));
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
