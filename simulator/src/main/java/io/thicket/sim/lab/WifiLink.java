package io.thicket.sim.lab;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.LinkListener;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.sim.medium.wifi.WifiFrame;
import io.thicket.sim.medium.wifi.WifiListener;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A whole node's way onto the laboratory's channel: the hop datagrams of the real links, in MAC frames of their true size. */
final class WifiLink implements Link, WifiListener {
    private final Lab lab;
    private final int node;
    private final FrameClassifier classifier;
    private final HopEnvelope envelope;
    private final Supplier<RandomGenerator> lossDraws;

    /** What drivers drop; null as long as they drop nothing. */
    private @Nullable RandomGenerator datagramDraws;

    private @Nullable LinkListener listener;
    private int nextMessageId;

    /** {@code lossDraws} makes the chance by which datagrams are lost between the channel and the node. */
    WifiLink(Lab lab, int node, FrameClassifier classifier, Supplier<RandomGenerator> lossDraws) {
        this.lab = lab;
        this.node = node;
        this.classifier = classifier;
        this.envelope = lab.envelope();
        this.lossDraws = lossDraws;
    }

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public LinkInfo info() {
        return lab.linkOf(node);
    }

    @Override
    public void start(LinkListener newListener) {
        listener = newListener;
    }

    @Override
    public void transmit(LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        int to = toOrAll.equals(LinkAddress.ALL) ? WifiFrame.EVERYONE : lab.nodeOf(toOrAll);
        if (exchange == MeshRouter.NO_EXCHANGE) {
            nextMessageId = nextMessageId + 1 & 0xffff;
            send(to, sealed, envelope.frame(nextMessageId, false, sealed));
        } else {
            send(to, sealed, envelope.frame(exchange, true, sealed));
        }
    }

    @Override
    public void reply(LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
        send(lab.nodeOf(to), sealed, envelope.reply(exchange, code, sealed));
    }

    @Override
    public String problem() {
        return "";
    }

    @Override
    public void close() {
        listener = null;
    }

    private boolean isDropped() {
        if (lab.datagramLoss() <= 0) {
            return false;
        }
        RandomGenerator draws = datagramDraws;
        if (draws == null) {
            draws = lossDraws.get();
            datagramDraws = draws;
        }
        return draws.nextDouble() < lab.datagramLoss();
    }

    private void send(int to, ByteBuffer sealed, ByteBuffer encoded) {
        FrameClass its = classifier.classOf(sealed);
        if (lab.mayTransmit(node, its)) {
            byte[] datagram = new byte[encoded.remaining()];
            encoded.get(datagram);
            lab.transmit(
                    new WifiFrame(
                            node,
                            to,
                            Carriage.COAP.datagramBytes(lab.phy(), datagram.length),
                            new HopDatagram(datagram, its, lab.trace().carried(classifier, sealed))),
                    its);
        }
    }

    @Override
    public void onGivenUp(WifiFrame frame) {
        lab.trace().gaveUp(frame); // a UDP socket does not tell the node
    }

    @Override
    public void onReceived(WifiFrame frame) {
        LinkListener to = listener;
        if (to == null || isDropped()) {
            return;
        }
        lab.trace().heard(node, frame);
        ByteBuffer buffer = ByteBuffer.wrap(((HopDatagram) frame.payload()).bytes());
        LinkAddress from = lab.addressOf(frame.from());
        switch (envelope.decode(buffer)) {
            case FRAME -> to.onFrame(from, envelope.exchange(), buffer);
            case REPLY -> to.onReply(from, envelope.exchange(), buffer);
            case REFUSED -> {
                if (!lab.hasMishaps()) {
                    throw new AssertionError("a node sent what no node reads");
                }
            }
        }
    }
}
