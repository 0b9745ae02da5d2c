package io.thicket.sim.medium;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.LinkListener;
import io.thicket.agent.port.Timers;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A node's way into the {@link Medium}, with the same hop datagrams as the real links. Its addresses are node numbers in
 * four bytes.
 */
public final class SimLink implements Link {
    /** What most simulations use: Wi-Fi timers, the largest frames. */
    public static final LinkInfo WIFI = new LinkInfo(LinkClass.WIFI, 6000, LinkInfo.MAX_MTU_BYTES, true);

    private final Medium medium;
    private final int node;
    private final Timers timers;
    private final Medium.Receiver receiver = this::onDatagram;
    private final HopEnvelope out = new HopEnvelope();
    private final HopEnvelope in = new HopEnvelope();
    private LinkInfo info;
    private @Nullable LinkListener listener;
    private int nextMessageId;
    private long malformed;

    /** A link of {@code node}, which hears nothing before {@link #start}. */
    public SimLink(Medium medium, int node, Timers timers, LinkInfo info) {
        this.medium = medium;
        this.node = node;
        this.timers = timers;
        this.info = info;
    }

    /** The address of a node: its number, big-endian. */
    public static LinkAddress addressOf(int node) {
        return LinkAddress.of((byte) (node >>> 24), (byte) (node >>> 16), (byte) (node >>> 8), (byte) node);
    }

    /** The node of an address; -1 for what is not one of ours. */
    public static int nodeOf(LinkAddress address) {
        byte[] bytes = address.toBytes();
        return bytes.length == Integer.BYTES ? ByteBuffer.wrap(bytes).getInt() : -1;
    }

    /** Changes what the link can do (rate, MTU, up or down) and tells the node. */
    public void change(LinkInfo newInfo) {
        info = newInfo;
        LinkListener to = listener;
        if (to != null) {
            timers.post(() -> to.onChange(newInfo));
        }
    }

    /** Datagrams that were no hop message. */
    public long malformed() {
        return malformed;
    }

    @Override
    public String name() {
        return "sim";
    }

    @Override
    public LinkInfo info() {
        return info;
    }

    @Override
    public void start(LinkListener newListener) {
        listener = newListener;
        medium.listen(node, receiver);
    }

    @Override
    public void transmit(LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        if (exchange == MeshRouter.NO_EXCHANGE) {
            nextMessageId = nextMessageId + 1 & 0xffff;
            send(toOrAll, out.frame(nextMessageId, false, sealed));
        } else {
            send(toOrAll, out.frame(exchange, true, sealed));
        }
    }

    @Override
    public void reply(LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
        send(to, out.reply(exchange, code, sealed));
    }

    @Override
    public String problem() {
        return info.up() ? "" : "switched off by the scenario";
    }

    @Override
    public void close() {
        medium.silence(node, receiver);
        listener = null;
    }

    private void send(LinkAddress toOrAll, ByteBuffer encoded) {
        if (!info.up()) {
            return;
        }
        byte[] datagram = new byte[encoded.remaining()];
        encoded.get(datagram);
        if (toOrAll.equals(LinkAddress.ALL)) {
            medium.broadcast(node, datagram);
        } else {
            medium.unicast(node, nodeOf(toOrAll), datagram);
        }
    }

    private void onDatagram(int from, byte[] datagram) {
        LinkListener to = listener;
        if (to == null || !info.up()) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(datagram);
        switch (in.decode(buffer)) {
            case FRAME -> to.onFrame(addressOf(from), in.exchange(), buffer);
            case REPLY -> to.onReply(addressOf(from), in.exchange(), buffer);
            case REFUSED -> malformed++;
        }
    }
}
