package io.thicket.sim.lab;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.medium.wifi.Phy;
import io.thicket.sim.medium.wifi.WifiFrame;
import io.thicket.sim.medium.wifi.WifiListener;
import io.thicket.sim.medium.wifi.WifiMedium;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/** The medium as machines use it: their addresses and links there, what they may send, and what comes to them how. */
final class Channel {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final Simulation simulation;
    private final Seeds seeds;
    private final WifiMedium medium;
    private final RunCounts counts;
    private final Insiders insiders;
    private final Circumstances circumstances;
    private final Phy phy;
    private final LinkInfo link;
    private final double datagramLoss;
    private final LinkAddress[] addresses;
    private final HopEnvelope envelope = new HopEnvelope();

    Channel(
            LabScenario scenario,
            Simulation simulation,
            Seeds seeds,
            WifiMedium medium,
            RunCounts counts,
            Insiders insiders,
            Circumstances circumstances) {
        this.simulation = simulation;
        this.seeds = seeds;
        this.medium = medium;
        this.counts = counts;
        this.insiders = insiders;
        this.circumstances = circumstances;
        this.phy = scenario.radio().phy();
        this.link = LinkInfos.of(phy);
        this.datagramLoss = scenario.datagramLoss();
        this.addresses = new LinkAddress[scenario.nodes()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = LinkAddress.of((byte) (i >>> 24), (byte) (i >>> 16), (byte) (i >>> 8), (byte) i);
        }
    }

    LinkAddress addressOf(int node) {
        return addresses[node];
    }

    int nodeOf(LinkAddress address) {
        return (int) INTS.get(address.toBytes(), 0);
    }

    Phy phy() {
        return phy;
    }

    /** What the node believes of its link. */
    LinkInfo linkOf(int node) {
        return insiders.linkOf(node, link);
    }

    /** Share of the frames that a driver drops after the MAC has delivered them. */
    double datagramLoss() {
        return datagramLoss;
    }

    /** Whether frames may be other than they were sent. */
    boolean hasMishaps() {
        return circumstances.hasMishaps();
    }

    /** Makes and reads the datagrams of all nodes. */
    HopEnvelope envelope() {
        return envelope;
    }

    /** From now on this boot of {@code node} hears the channel. */
    void listen(int node, int boot, WifiListener radio) {
        if (hasMishaps()) {
            RandomGenerator random = seeds.generator("corruption", ProtocolFactory.purpose(node, boot));
            medium.listen(node, new Mishaps(simulation, circumstances, node, radio, random));
        } else {
            medium.listen(node, radio);
        }
    }

    /** The node has no power, until {@link #switchOn}. */
    void switchOff(int node) {
        medium.switchOff(node);
    }

    void switchOn(int node) {
        medium.switchOn(node);
    }

    /** Whether a frame that {@code classifier} saw last goes out; an insider keeps some. */
    boolean mayTransmit(int node, FrameClass its, FrameClassifier classifier, ByteBuffer sealed) {
        return insiders.mayTransmit(node, its, classifier, sealed);
    }

    void transmit(WifiFrame frame, FrameClass its) {
        counts.sent(frame.from(), its, frame.bytes());
        medium.send(frame);
    }
}
