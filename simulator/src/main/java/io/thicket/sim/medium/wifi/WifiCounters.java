package io.thicket.sim.medium.wifi;

/** What happened on the air, over all stations since the start. */
public final class WifiCounters {
    long framesSent;
    long frameBytes;
    long acksSent;
    long retransmissions;
    long airtimeUs;
    long received;
    long receptionsDestroyed;
    long receptionsLost;
    long retryLimit;
    long expired;
    long queueFull;
    long tooLong;
    long dutyWaits;

    /** Frames on the air: data, broadcasts, retransmissions; without MAC acknowledgements. */
    public long framesSent() {
        return framesSent;
    }

    /** Bytes of all frames on the air, MAC acknowledgements included. */
    public long frameBytes() {
        return frameBytes;
    }

    public long acksSent() {
        return acksSent;
    }

    public long retransmissions() {
        return retransmissions;
    }

    /** Sum of the airtimes of everything sent. */
    public long airtimeUs() {
        return airtimeUs;
    }

    /** Frames decoded at a station they were for. */
    public long received() {
        return received;
    }

    /** Receptions that interference, or the receiver's own transmission, destroyed. */
    public long receptionsDestroyed() {
        return receptionsDestroyed;
    }

    /** Receptions that the scenario's link loss destroyed. */
    public long receptionsLost() {
        return receptionsLost;
    }

    /** Unicast frames given up after the last retransmission. */
    public long retryLimit() {
        return retryLimit;
    }

    /** Frames that waited longer than {@link Phy#queueLifeUs}, or would have had to. */
    public long expired() {
        return expired;
    }

    /** Frames refused by a full queue. */
    public long queueFull() {
        return queueFull;
    }

    /** Frames refused because the radio has none so long. */
    public long tooLong() {
        return tooLong;
    }

    /** How often a frame found its station's duty of the hour used up. */
    public long dutyWaits() {
        return dutyWaits;
    }

    /** A copy, so that the difference over a period can be taken. */
    public WifiCounters copy() {
        WifiCounters copy = new WifiCounters();
        copy.framesSent = framesSent;
        copy.frameBytes = frameBytes;
        copy.acksSent = acksSent;
        copy.retransmissions = retransmissions;
        copy.airtimeUs = airtimeUs;
        copy.received = received;
        copy.receptionsDestroyed = receptionsDestroyed;
        copy.receptionsLost = receptionsLost;
        copy.retryLimit = retryLimit;
        copy.expired = expired;
        copy.queueFull = queueFull;
        copy.tooLong = tooLong;
        copy.dutyWaits = dutyWaits;
        return copy;
    }
}
