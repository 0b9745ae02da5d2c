package io.thicket.sim.lab;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.LinkListener;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.WifiFrame;
import io.thicket.sim.medium.wifi.WifiListener;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A whole node's way onto the laboratory's channel: the hop datagrams of the real links, in MAC frames of their true size. */
final class WifiLink implements Link, WifiListener {
    private final Channel channel;
    private final RunTrace trace;
    private final int node;
    private final FrameClassifier classifier;
    private final Seeds seeds;
    private final int boot;

    /** What drivers drop; null as long as they drop nothing. */
    private @Nullable RandomGenerator datagramDraws;

    private @Nullable LinkListener listener;
    private char nextMessageId;

    /** Of that boot of the node; from {@code seeds} is the chance by which datagrams are lost between the channel and the node. */
    WifiLink(Channel channel, RunTrace trace, int node, int boot, FrameClassifier classifier, Seeds seeds) {
        this.channel = channel;
        this.trace = trace;
        this.node = node;
        this.classifier = classifier;
        this.boot = boot;
        this.seeds = seeds;
    }

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public LinkInfo info() {
        return channel.linkOf(node);
    }

    @Override
    public void start(LinkListener newListener) {
        listener = newListener;
    }

    @Override
    public void transmit(LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        int to = toOrAll.equals(LinkAddress.ALL) ? WifiFrame.EVERYONE : channel.nodeOf(toOrAll);
        if (exchange == MeshRouter.NO_EXCHANGE) {
            nextMessageId++;
            send(to, sealed, channel.envelope().frame(nextMessageId, false, sealed));
        } else {
            send(to, sealed, channel.envelope().frame(exchange, true, sealed));
        }
    }

    @Override
    public void reply(LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
        send(channel.nodeOf(to), sealed, channel.envelope().reply(exchange, code, sealed));
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
        if (channel.datagramLoss() <= 0) {
            return false;
        }
        RandomGenerator draws = datagramDraws;
        if (draws == null) {
            draws = seeds.generator("datagram-loss", ProtocolFactory.purpose(node, boot));
            datagramDraws = draws;
        }
        return draws.nextDouble() < channel.datagramLoss();
    }

    private void send(int to, ByteBuffer sealed, ByteBuffer encoded) {
        FrameClass its = classifier.classOf(sealed);
        byte[] datagram = new byte[encoded.remaining()];
        encoded.get(datagram);
        channel.transmit(
                new WifiFrame(
                        node,
                        to,
                        Carriage.COAP.datagramBytes(channel.phy(), datagram.length),
                        new HopDatagram(datagram, its, trace.carried(classifier, sealed))),
                its);
    }

    @Override
    public void onGivenUp(WifiFrame frame) {
        trace.gaveUp(frame); // a UDP socket does not tell the node
    }

    @Override
    public void onReceived(WifiFrame frame) {
        LinkListener to = listener;
        if (to == null || isDropped()) {
            return;
        }
        trace.heard(node, frame);
        ByteBuffer buffer = ByteBuffer.wrap(((HopDatagram) frame.payload()).bytes());
        LinkAddress from = channel.addressOf(frame.from());
        HopEnvelope envelope = channel.envelope();
        switch (envelope.decode(buffer)) {
            case FRAME -> to.onFrame(from, envelope.exchange(), buffer);
            case REPLY -> to.onReply(from, envelope.exchange(), buffer);
            case REFUSED -> {
                if (!channel.hasMishaps()) {
                    throw new AssertionError("a node sent what no node reads");
                }
            }
        }
    }
}
