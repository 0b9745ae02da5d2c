package io.thicket.sim.medium.wifi;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Stations that share one channel. A transmission is two events, its beginning and its end, each of which walks the list
 * of those that sense it in the order of their numbers.
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
        /** {@code receivers} sense it; the array must not be changed. Times are us. */
        void began(int from, int[] receivers, long startUs, long untilUs);
    }

    /** Whom a station reaches, and how strongly. */
    private static final class Reach {
        final int[] receivers;
        final double[] powers;
        /** What the propagation says of losses, NaN for what it was not asked yet. */
        final double[] losses;

        /** How many of those that can read it may have a loss other than 0. */
        int perhapsLossy;

        Reach(int[] receivers, double[] powers, double decode) {
            this.receivers = receivers;
            this.powers = powers;
            for (double power : powers) {
                perhapsLossy += power >= decode ? 1 : 0;
            }
            this.losses = new double[receivers.length];
            Arrays.fill(losses, Double.NaN);
        }

        boolean isLossless() {
            return perhapsLossy == 0;
        }
    }

    final Simulation simulation;
    final Phy phy;

    /** Least power of what can be read. */
    final double decode;

    final WifiCounters counters = new WifiCounters();
    private final Seeds seeds;
    private final Positions positions;
    private final Station[] stations;
    private final @Nullable Reach[] reaches;

    /** Their numbers; empty where nobody moves. */
    private final int[] everybody;

    private final Map<Long, RandomGenerator> lossDraws = new HashMap<>();
    private final List<Station> handTo = new ArrayList<>();
    private Propagation propagation;

    /** Made when the first reach is asked for; null where nodes move. */
    private @Nullable Nearby nearby;

    private double loss;
    private @Nullable Observer observer;
    private @Nullable AirUse airUse;

    /** A silent channel with one station for each node of {@code positions}. */
    public WifiMedium(Simulation simulation, Seeds seeds, Radio radio, Positions positions) {
        this.simulation = simulation;
        this.phy = radio.phy();
        this.decode = radio.decode();
        this.seeds = seeds;
        this.propagation = (from, to, squaredM) -> radio.power(squaredM);
        this.positions = positions;
        this.stations = new Station[positions.nodes()];
        this.reaches = new @Nullable Reach[stations.length];
        this.everybody = positions.isStatic()
                ? new int[0]
                : IntStream.range(0, stations.length).toArray();
        for (int i = 0; i < stations.length; i++) {
            Receiver receiver = new Receiver(radio, seeds.generator("wifi-reception", i));
            stations[i] = new Station(this, i, receiver, seeds.generator("wifi-backoff", i));
        }
    }

    /** Each reception that interference spared is lost with this probability, drawn per directed link. */
    public void setLoss(double probability) {
        loss = probability;
    }

    /** From now on this says who reaches whom, instead of the radio's own law of distance. */
    public void setPropagation(Propagation newPropagation) {
        propagation = newPropagation;
        nearby = null;
        propagationChanged();
    }

    /** The propagation says something else than before. */
    public void propagationChanged() {
        Arrays.fill(reaches, null);
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
        return stations[station].isOff();
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
        Reach reach = reach(from, nowUs);
        Transmission transmission = new Transmission(
                this, from, frame, to, number, retry, nowUs, nowUs + airtimeUs + Dcf.PROPAGATION_US, reach.receivers);
        AirUse use = airUse;
        if (use != null) {
            use.began(from, reach.receivers, nowUs, transmission.endUs);
        }
        int[] receivers = reach.receivers;
        double[] powers = reach.powers;
        for (int i = 0; i < receivers.length; i++) {
            stations[receivers[i]].heardBegin(nowUs, transmission, powers[i]);
        }
        return transmission;
    }

    void end(Transmission transmission) {
        long nowUs = nowUs();
        stations[transmission.from].sent(transmission);
        handTo.clear();
        int[] receivers = transmission.receivers;
        for (int place = 0; place < receivers.length; place++) {
            Station station = stations[receivers[place]];
            if (station.heardEnd(nowUs, transmission, place)) {
                handTo.add(station);
            }
        }
        // Only now, when the medium is idle again for all: what is heard may be answered at once.
        WifiFrame frame = transmission.frame;
        for (int i = 0; frame != null && i < handTo.size(); i++) {
            handTo.get(i).deliver(frame);
        }
    }

    /** Whether the reception at the receiver of that place in the transmission's list fails beside all else. */
    boolean isLost(Transmission transmission, int place, int to) {
        int from = transmission.from;
        Reach reach = reaches[from];
        if (loss == 0 && reach != null && reach.isLossless() && reach.receivers == transmission.receivers) {
            return false;
        }
        double onLink = loss(from, to, place);
        double either = loss + onLink - loss * onLink;
        if (either <= 0) {
            return false;
        }
        long link = (long) from * stations.length + to;
        return lossDraws
                        .computeIfAbsent(link, unused -> seeds.generator("wifi-loss", link))
                        .nextDouble()
                < either;
    }

    private double loss(int from, int to, int place) {
        Reach known = reaches[from];
        // While a frame is on the air the propagation may change, and with it the list.
        if (known == null || place >= known.receivers.length || known.receivers[place] != to) {
            return propagation.loss(from, to);
        }
        double its = known.losses[place];
        if (Double.isNaN(its)) {
            its = propagation.loss(from, to);
            known.losses[place] = its;
            known.perhapsLossy -= its == 0 ? 1 : 0;
        }
        return its;
    }

    private Reach reach(int from, long nowUs) {
        Reach known = reaches[from];
        if (known != null) {
            return known;
        }
        double x = positions.x(from, nowUs);
        double y = positions.y(from, nowUs);
        int[] candidates = candidates(from);
        int[] receivers = new int[candidates.length];
        double[] powers = new double[candidates.length];
        int count = 0;
        for (int i : candidates) {
            if (i == from) {
                continue;
            }
            double dx = positions.x(i, nowUs) - x;
            double dy = positions.y(i, nowUs) - y;
            double power = propagation.power(from, i, dx * dx + dy * dy);
            if (power > 0) {
                receivers[count] = i;
                powers[count] = power;
                count++;
            }
        }
        Reach reach = new Reach(Arrays.copyOf(receivers, count), Arrays.copyOf(powers, count), decode);
        if (positions.isStatic()) {
            reaches[from] = reach;
        }
        return reach;
    }

    /** Ascending: all whom {@code from} may reach. */
    private int[] candidates(int from) {
        if (!positions.isStatic()) {
            return everybody;
        }
        Nearby known = nearby;
        if (known == null) {
            known = new Nearby(positions, propagation.reachM());
            nearby = known;
        }
        return known.around(from);
    }
}
