package io.thicket.sim.medium.wifi;

import org.jspecify.annotations.Nullable;

/**
 * The air at every station. A transmission is sensed by some forty of them, and all that most have to do is to note that it begins and
 * that it ends: what they note is here, some twenty bytes a station in flat arrays. A {@link Station} is told only where it has a frame
 * or counts slots, or the frame is for it; a {@link Receiver} only where signals meet.
 */
final class Air {
    // What may be said of a station's air at once, a bit each.

    /** The station itself sends. */
    private static final int SENDS = 1;

    private static final int OFF = 1 << 1;

    /** One signal has had the air to itself from its beginning to now. */
    private static final int ALONE = 1 << 2;

    /** That signal is being read, too. */
    private static final int READS = 1 << 3;

    /** Signals met, and it has not been silent since: the receiver knows them. */
    private static final int CROWDED = 1 << 4;

    /** What was read last had errors. */
    private static final int ERRED = 1 << 5;

    /** The station has a frame or counts slots. */
    private static final int ENGAGED = 1 << 6;

    private static final int DEAF = SENDS | OFF;
    private static final int SENSES = ALONE | CROWDED;
    private static final int BUSY = SENDS | SENSES;

    private final Reaches reaches;
    private final WifiCounters counters;
    private final Station[] stations;
    private final Receiver[] receivers;
    private final boolean acknowledges;
    private final int difsUs;
    private final int eifsUs;

    /** From the end of a frame to that of its acknowledgement. */
    private final int acknowledgementUs;

    private final byte[] states;

    /** Whose signal is {@link #ALONE}. */
    private final int[] aloneFrom;

    /** From when on idle slots count, while the air is idle. */
    private final long[] countFromUs;

    /** The air may be silent before, but whoever could not hear the acknowledgement does not count it as idle. */
    private final long[] reservedUntilUs;

    /** What each of them sends now. */
    private final @Nullable Transmission[] sent;

    /** Who hands up the frame that ends. */
    private final int[] readers;

    /** Silence everywhere. {@code stations} and {@code receivers} are of one length; they may be filled later. */
    Air(Radio radio, Reaches reaches, WifiCounters counters, Station[] stations, Receiver[] receivers) {
        Phy phy = radio.phy();
        this.reaches = reaches;
        this.counters = counters;
        this.stations = stations;
        this.receivers = receivers;
        this.acknowledges = phy.acknowledges();
        this.difsUs = phy.difsUs();
        this.eifsUs = phy.eifsUs();
        this.acknowledgementUs = phy.sifsUs() + phy.ackUs() + Dcf.PROPAGATION_US;
        this.states = new byte[stations.length];
        this.aloneFrom = new int[stations.length];
        this.countFromUs = new long[stations.length];
        this.reservedUntilUs = new long[stations.length];
        this.sent = new @Nullable Transmission[stations.length];
        this.readers = new int[stations.length];
    }

    boolean isOff(int station) {
        return (states[station] & OFF) != 0;
    }

    boolean isSending(int station) {
        return (states[station] & SENDS) != 0;
    }

    /** Whether somebody else's signal is there. */
    boolean isSensed(int station) {
        return (states[station] & SENSES) != 0;
    }

    boolean isBusy(int station) {
        return (states[station] & BUSY) != 0;
    }

    /** From when on idle slots count, if the air is idle. */
    long countFromUs(int station) {
        return countFromUs[station];
    }

    /** The station counts later than the air would let it. */
    void countFrom(int station, long atUs) {
        countFromUs[station] = atUs;
    }

    /** The station has a frame or slots to count: it wants to know of what begins and ends. */
    void engage(int station) {
        states[station] |= ENGAGED;
    }

    void disengage(int station) {
        states[station] &= ~ENGAGED;
    }

    /** It hears nothing, until {@link #switchOn}. */
    void switchOff(int station) {
        states[station] |= OFF;
        deafen(station);
    }

    /** It hears again, what begins from now on. */
    void switchOn(int station) {
        states[station] &= ~OFF;
    }

    /** What it was reading is gone. */
    private void deafen(int station) {
        states[station] &= ~READS;
        if ((states[station] & CROWDED) != 0) {
            receivers[station].deafen();
        }
    }

    /** The transmission goes on the air. */
    void begin(Transmission transmission) {
        int from = transmission.from;
        sent[from] = transmission;
        states[from] |= SENDS;
        deafen(from);
        int[] reached = transmission.reach.receivers;
        double[] powers = transmission.reach.powers;
        for (int place = 0; place < reached.length; place++) {
            int at = reached[place];
            int state = states[at];
            if ((state & SENSES) != 0) {
                meet(at, transmission, powers[place]);
                continue;
            }
            if ((state & (ENGAGED | SENDS)) == ENGAGED) {
                stations[at].freeze(transmission.startUs);
            }
            aloneFrom[at] = from;
            states[at] |= ALONE;
        }
        for (int place : transmission.reach.readable) {
            int at = reached[place];
            if ((states[at] & (ALONE | DEAF)) == ALONE) {
                states[at] |= READS;
            }
        }
    }

    /** The receiver learns of the signal that was alone before it hears of another one. */
    private void meet(int at, Transmission transmission, double power) {
        int state = states[at];
        Receiver receiver = receivers[at];
        if ((state & ALONE) != 0) {
            Transmission before = sent[aloneFrom[at]];
            if (before == null) {
                throw new AssertionError(aloneFrom[at] + " is heard at " + at + " and sends nothing");
            }
            receiver.begin(before.startUs, before, before.power(at), (state & READS) == 0);
            states[at] = (byte) (state & ~(ALONE | READS) | CROWDED);
        }
        receiver.begin(transmission.startUs, transmission, power, (state & DEAF) != 0);
    }

    /** The transmission is over: its sender goes on, then those who sensed it, then its frame is handed up. */
    void end(Transmission transmission) {
        int from = transmission.from;
        sent[from] = null;
        states[from] &= ~SENDS;
        count(from, transmission.endUs);
        stations[from].sent(transmission);
        int count = read(transmission);
        for (int at : transmission.reach.receivers) {
            endAt(at, transmission);
        }
        // Only now, when the medium is idle again for all: what is heard may be answered at once.
        WifiFrame frame = transmission.frame;
        for (int i = 0; frame != null && i < count; i++) {
            stations[readers[i]].deliver(frame);
        }
    }

    /** Fills {@link #readers} and says how many they are. */
    private int read(Transmission transmission) {
        boolean lossless = reaches.isLossless(transmission);
        int[] reached = transmission.reach.receivers;
        int count = 0;
        for (int place : transmission.reach.readable) {
            int at = reached[place];
            Receiver.Outcome outcome = outcome(at, transmission);
            if (outcome == Receiver.Outcome.NOT_READ) {
                continue;
            }
            if (outcome == Receiver.Outcome.DESTROYED) {
                counters.receptionsDestroyed++;
                states[at] |= ERRED;
            } else if (!lossless && reaches.isLost(transmission, place)) {
                counters.receptionsLost++;
                states[at] |= ERRED;
            } else {
                states[at] &= ~ERRED;
                if (accept(at, transmission)) {
                    readers[count++] = at;
                }
            }
        }
        return count;
    }

    private Receiver.Outcome outcome(int at, Transmission transmission) {
        int state = states[at];
        if ((state & CROWDED) != 0) {
            return receivers[at].outcome(transmission);
        }
        return (state & READS) != 0 ? Receiver.Outcome.GOOD : Receiver.Outcome.NOT_READ;
    }

    /** Takes what was read without an error. Whether the frame is to be handed up. */
    private boolean accept(int at, Transmission transmission) {
        if (transmission.to == WifiFrame.EVERYONE) {
            return true;
        }
        if (transmission.to == at) {
            return stations[at].receive(transmission);
        }
        if (transmission.frame != null && acknowledges) {
            reservedUntilUs[at] = transmission.endUs + acknowledgementUs;
        }
        return false;
    }

    /** Its signal is gone. */
    private void endAt(int at, Transmission transmission) {
        int state = states[at];
        if ((state & CROWDED) == 0) {
            states[at] = (byte) (state & ~(ALONE | READS));
        } else {
            Receiver receiver = receivers[at];
            receiver.end(transmission);
            if (receiver.isSilent()) {
                states[at] = (byte) (state & ~CROWDED);
            }
        }
        count(at, transmission.endUs);
        if ((state & ENGAGED) != 0) {
            stations[at].proceed();
        }
    }

    /** If the air is idle now, it says from when on that counts. */
    private void count(int at, long nowUs) {
        int state = states[at];
        if ((state & BUSY) == 0) {
            countFromUs[at] = Math.max(nowUs, reservedUntilUs[at]) + ((state & ERRED) != 0 ? eifsUs : difsUs);
            states[at] = (byte) (state & ~ERRED);
        }
    }
}
