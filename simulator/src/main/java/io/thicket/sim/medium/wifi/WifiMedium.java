package io.thicket.sim.medium.wifi;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.kernel.SplitMixes;
import org.jspecify.annotations.Nullable;

/**
 * Stations that share one channel. A transmission is two events, its beginning and its end, each of which walks the list
 * of those that sense it.
 */
public final class WifiMedium {
    /** Hears of everything that goes on the air. */
    @FunctionalInterface
    public interface Observer {
        /** A transmission begins; {@code frame} is null for a MAC acknowledgement. */
        void transmitted(long nowUs, int from, @Nullable WifiFrame frame, boolean retry);
    }

    /** Hears who is busy with a transmission, and how long. */
    @FunctionalInterface
    public interface AirUse {
        /** {@code receivers} sense it. Times are us. */
        void began(int from, int[] receivers, long startUs, long untilUs);
    }

    final Simulation simulation;
    final Phy phy;

    /** What stations draw their slots from. */
    final SplitMixes backoffs;

    final WifiCounters counters = new WifiCounters();
    private final Reaches reaches;
    private final Air air;
    private final Station[] stations;
    private @Nullable Observer observer;
    private @Nullable AirUse airUse;

    /** A silent channel with one station for each node of {@code positions}, of which there are 131 072 at most. */
    public WifiMedium(Simulation simulation, Seeds seeds, Radio radio, Positions positions) {
        this.simulation = simulation;
        this.phy = radio.phy();
        this.reaches = new Reaches(seeds, radio, positions);
        this.stations = new Station[positions.nodes()];
        this.air =
                new Air(radio, reaches, counters, stations, new SplitMixes(seeds, "wifi-reception", stations.length));
        this.backoffs = new SplitMixes(seeds, "wifi-backoff", stations.length);
        for (int i = 0; i < stations.length; i++) {
            stations[i] = new Station(this, air, i);
        }
    }

    /** Each reception that interference spared is lost with this probability, drawn per directed link. */
    public void setLoss(double probability) {
        reaches.setLoss(probability);
    }

    /** From now on this says who reaches whom, instead of the radio's own law of distance. */
    public void setPropagation(Propagation newPropagation) {
        reaches.setPropagation(newPropagation);
    }

    /** The propagation says something else than before. */
    public void propagationChanged() {
        reaches.propagationChanged();
    }

    public void observe(Observer newObserver) {
        observer = newObserver;
    }

    /** Tells {@code use} of every transmission. */
    public void meter(AirUse use) {
        airUse = use;
    }

    public void listen(int station, WifiListener listener) {
        stations[station].listen(listener);
    }

    /** Hands a frame to the MAC of {@code frame.from()}. */
    public void send(WifiFrame frame) {
        stations[frame.from()].enqueue(frame);
    }

    /** The station is gone, until {@link #switchOn}. */
    public void switchOff(int station) {
        stations[station].switchOff();
    }

    /** The station is there again, with an empty queue. */
    public void switchOn(int station) {
        stations[station].switchOn();
    }

    public boolean isOff(int station) {
        return air.isOff(station);
    }

    /** Frames that wait at {@code station}, the one in service included. */
    public int queued(int station) {
        return stations[station].queued();
    }

    public WifiCounters counters() {
        return counters;
    }

    long nowUs() {
        return simulation.nowUs();
    }

    Transmission start(int from, @Nullable WifiFrame frame, int to, int number, boolean retry) {
        long nowUs = nowUs();
        int bytes = frame == null ? Dcf.ACK_BYTES : frame.bytes();
        int airtimeUs = frame == null ? phy.ackUs() : phy.airtime().us(bytes);
        counters.airtimeUs += airtimeUs;
        counters.frameBytes += bytes;
        if (frame == null) {
            counters.acksSent++;
        } else {
            counters.framesSent++;
            counters.retransmissions += retry ? 1 : 0;
        }
        Observer hears = observer;
        if (hears != null) {
            hears.transmitted(nowUs, from, frame, retry);
        }
        Reach reach = reaches.of(from, nowUs);
        Transmission transmission =
                new Transmission(air, from, frame, to, number, nowUs, nowUs + airtimeUs + Dcf.PROPAGATION_US, reach);
        AirUse use = airUse;
        if (use != null) {
            use.began(from, reach.receivers(), nowUs, transmission.endUs);
        }
        air.begin(transmission);
        return transmission;
    }
}
