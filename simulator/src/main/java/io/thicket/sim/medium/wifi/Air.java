package io.thicket.sim.medium.wifi;

import io.thicket.sim.kernel.SplitMixes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The air at every station. A transmission is sensed by some forty of them, and all that most have to do is to note that it begins and
 * that it ends: one number for each station, which is read and written once for either. A {@link Station} is told only where it has a
 * frame or counts slots, or the frame is for it; a {@link Receiver} only where signals meet.
 */
final class Air {
    // What may be said of a station's air at once, a bit each. Above them is whose signal is ALONE, or since when the
    // air is idle.

    /** The station itself sends. */
    private static final int SENDS = 1;

    private static final int OFF = 1 << 1;

    /** One signal has had the air to itself from its beginning to now. */
    private static final int ALONE = 1 << 2;

    /** Of that signal the station missed something: it was {@link #DEAF}. */
    private static final int MISSED = 1 << 3;

    /** Signals met, and it has not been silent since: the receiver knows them. */
    private static final int CROWDED = 1 << 4;

    /** What was read last before the air became idle, or since it is idle no longer, had errors. */
    private static final int ERRED = 1 << 5;

    /** The station has a frame or counts slots. */
    private static final int ENGAGED = 1 << 6;

    private static final int DEAF = SENDS | OFF;
    private static final int SENSES = ALONE | CROWDED;
    private static final int BUSY = SENDS | SENSES;

    /** What the end of a signal does not change. */
    private static final int KEPT = SENDS | OFF | ERRED | ENGAGED;

    private static final int SHIFT = 7;

    private final Radio radio;
    private final Reaches reaches;
    private final WifiCounters counters;
    private final Station[] stations;
    private final @Nullable WifiListener[] listeners;

    /** What decides at each of them whether a frame survives. */
    private final SplitMixes draws;

    /** Of those that are {@link #CROWDED}. */
    private final @Nullable Receiver[] receivers;

    private final FaintSignals faint;
    private final boolean acknowledges;
    private final int difsUs;
    private final int eifsUs;

    /** From the end of a frame to that of its acknowledgement. */
    private final int acknowledgementUs;

    /** See above. */
    private final long[] states;

    /** The air may be silent before, but whoever could not hear the acknowledgement does not count it as idle. */
    private final long[] reservedUntilUs;

    /** What each of them sends now. */
    private final @Nullable Transmission[] sent;

    /** Who hands up the frame that ends. */
    private final int[] readers;

    /** Silence everywhere. {@code stations} may be filled later; {@code draws} has one for each of them. */
    Air(Radio radio, Reaches reaches, WifiCounters counters, Station[] stations, SplitMixes draws) {
        Phy phy = radio.phy();
        this.radio = radio;
        this.reaches = reaches;
        this.counters = counters;
        this.stations = stations;
        this.listeners = new @Nullable WifiListener[stations.length];
        this.draws = draws;
        this.receivers = new @Nullable Receiver[stations.length];
        this.faint = new FaintSignals(radio, reaches);
        this.acknowledges = phy.acknowledges();
        this.difsUs = phy.difsUs();
        this.eifsUs = phy.eifsUs();
        this.acknowledgementUs = phy.sifsUs() + phy.ackUs() + Dcf.PROPAGATION_US;
        this.states = new long[stations.length];
        this.reservedUntilUs = new long[stations.length];
        this.sent = new @Nullable Transmission[stations.length];
        this.readers = new int[stations.length];
        // As if it had been silent for long.
        Arrays.fill(states, (long) -difsUs << SHIFT);
        Arrays.fill(reservedUntilUs, -difsUs);
    }

    Station station(int number) {
        return stations[number];
    }

    void listen(int station, WifiListener listener) {
        listeners[station] = listener;
    }

    /** Who is told of what is read there and given up, null if nobody. */
    @Nullable
    WifiListener listener(int station) {
        return listeners[station];
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

    /** From when on idle slots count; the air is idle. */
    long countFromUs(int station) {
        long state = states[station];
        return Math.max(state >> SHIFT, reservedUntilUs[station]) + ((state & ERRED) != 0 ? eifsUs : difsUs);
    }

    /** The station counts later than the air would let it; if that is not idle, from when it is. */
    void countFrom(int station, long atUs) {
        long state = states[station];
        if ((state & BUSY) == 0) {
            states[station] = (atUs - difsUs) << SHIFT | state & (OFF | ENGAGED);
        }
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
        states[station] |= MISSED;
        if ((states[station] & CROWDED) != 0) {
            receiver(station).deafen();
        }
    }

    /** The transmission goes on the air. */
    void begin(Transmission transmission) {
        int from = transmission.from;
        sent[from] = transmission;
        faint.begin(transmission);
        states[from] = withoutPast(states[from]) | SENDS;
        deafen(from);
        long[] all = states;
        long alone = (long) from << SHIFT | ALONE;
        Reach reach = transmission.reach;
        int size = reach.size();
        for (int place = 0; place < size; place++) {
            int at = reach.receiver(place);
            long state = all[at];
            if ((state & (SENSES | DEAF | ENGAGED)) == 0) {
                all[at] = alone;
            } else if ((state & SENSES) != 0) {
                meet(at, transmission, reach.power(place));
            } else {
                beginAt(at, transmission, alone);
            }
        }
    }

    /** It is silent at this station, which sends, is off or is to be told. */
    private void beginAt(int at, Transmission transmission, long alone) {
        if ((states[at] & (ENGAGED | SENDS)) == ENGAGED) {
            stations[at].freeze(transmission.startUs);
        }
        long state = withoutPast(states[at]);
        long missed = (state & DEAF) != 0 ? MISSED : 0;
        states[at] = alone | state & (SENDS | OFF | ENGAGED | ERRED) | missed;
    }

    /** If the air was idle until now, it does not matter any more what was before. */
    private static long withoutPast(long state) {
        return (state & BUSY) == 0 ? state & ~ERRED : state;
    }

    /** The receiver learns of the signal that was alone before it hears of another one. */
    private void meet(int at, Transmission transmission, double power) {
        long state = states[at];
        if ((state & ALONE) != 0) {
            Receiver receiver = new Receiver(radio, draws, at);
            receivers[at] = receiver;
            int from = (int) (state >> SHIFT);
            Transmission before = sent[from];
            if (before == null) {
                throw new AssertionError(from + " is heard at " + at + " and sends nothing");
            }
            receiver.begin(before.startUs, before, before.power(at), (state & MISSED) != 0);
            states[at] = state & ~(ALONE | MISSED) | CROWDED;
        }
        receiver(at).begin(transmission.startUs, transmission, power, (state & DEAF) != 0);
    }

    private Receiver receiver(int station) {
        Receiver its = receivers[station];
        if (its == null) {
            throw new AssertionError("no signals met at " + station);
        }
        return its;
    }

    /** The transmission is over: its sender goes on, then those who sensed it, then its frame is handed up. */
    void end(Transmission transmission) {
        int from = transmission.from;
        sent[from] = null;
        states[from] &= ~SENDS;
        if (!isSensed(from)) {
            states[from] = silent(states[from], transmission.endUs);
        }
        stations[from].sent(transmission);
        int count = read(transmission);
        long[] all = states;
        long endUs = transmission.endUs;
        Reach reach = transmission.reach;
        int size = reach.size();
        for (int place = 0; place < size; place++) {
            int at = reach.receiver(place);
            long state = all[at];
            if ((state & CROWDED) != 0) {
                endAt(at, transmission);
            } else {
                all[at] = silent(state, endUs);
            }
            if ((state & ENGAGED) != 0) {
                stations[at].proceed();
            }
        }
        // Only now, when the medium is idle again for all: what is heard may be answered at once.
        WifiFrame frame = transmission.frame;
        for (int i = 0; frame != null && i < count; i++) {
            deliver(readers[i], frame);
        }
    }

    /** Fills {@link #readers} and says how many they are. */
    private int read(Transmission transmission) {
        boolean lossless = reaches.isLossless(transmission);
        int to = transmission.to;
        boolean disturbed = faint.mayDisturb(transmission);
        Reach reach = transmission.reach;
        int readable = reach.readable();
        int count = 0;
        for (int place = 0; place < readable; place++) {
            int at = reach.receiver(place);
            Receiver.Outcome outcome = outcome(at, transmission);
            if (outcome == Receiver.Outcome.NOT_READ) {
                continue;
            }
            boolean isMeant = to == at || to == WifiFrame.EVERYONE; // what others miss of it is next to nothing
            if (outcome == Receiver.Outcome.DESTROYED) {
                counters.receptionsDestroyed++;
                states[at] |= ERRED;
            } else if (!lossless && reaches.isLost(transmission, place)) {
                counters.receptionsLost++;
                states[at] |= ERRED;
            } else if (disturbed && isMeant && !survivesFaint(at, transmission, place)) {
                counters.receptionsDestroyed++;
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

    private boolean survivesFaint(int at, Transmission transmission, int place) {
        double power = transmission.reach.power(place);
        return Receiver.survives(faint.lnSurvival(transmission, at, power), draws, at);
    }

    private Receiver.Outcome outcome(int at, Transmission transmission) {
        long state = states[at];
        if ((state & CROWDED) != 0) {
            return receiver(at).outcome(transmission);
        }
        return (state & MISSED) == 0 ? Receiver.Outcome.GOOD : Receiver.Outcome.NOT_READ;
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

    private void deliver(int at, WifiFrame frame) {
        WifiListener above = listeners[at];
        if (above != null && !isOff(at)) {
            counters.received++;
            above.onReceived(frame);
        }
    }

    /** One of several signals is gone. */
    private void endAt(int at, Transmission transmission) {
        Receiver receiver = receiver(at);
        receiver.end(transmission);
        if (receiver.isSilent()) {
            receivers[at] = null;
            states[at] = silent(states[at], transmission.endUs);
        }
    }

    /** That state when no signal is there any more. */
    private static long silent(long state, long atUs) {
        return atUs << SHIFT | state & KEPT;
    }
}
