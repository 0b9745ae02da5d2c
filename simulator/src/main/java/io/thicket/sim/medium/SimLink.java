package io.thicket.sim.medium;

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

/** A node's way into the {@link Medium}. Its addresses are node numbers in four bytes. */
public final class SimLink implements Link {
    /** What most simulations use: Wi-Fi timers, the largest frames. */
    public static final LinkInfo WIFI = new LinkInfo(LinkClass.WIFI, 6000, LinkInfo.MAX_MTU_BYTES, true);

    private static final byte REQUEST = 1;
    private static final byte REPLY = 2;
    private static final int HEADER_BYTES = 6;

    private final Medium medium;
    private final int node;
    private final Timers timers;
    private final Medium.Receiver receiver = this::onDatagram;
    private LinkInfo info;
    private @Nullable LinkListener listener;
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
        send(toOrAll, datagram(REQUEST, exchange, 0, sealed));
    }

    @Override
    public void reply(LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
        send(to, datagram(REPLY, exchange, code.coapCode(), sealed));
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

    private void send(LinkAddress toOrAll, byte[] datagram) {
        if (!info.up()) {
            return;
        }
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
        if (datagram.length < HEADER_BYTES || datagram[0] != REQUEST && datagram[0] != REPLY) {
            malformed++;
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(datagram);
        byte kind = buffer.get();
        int exchange = buffer.getInt();
        buffer.get();
        ByteBuffer sealed = buffer.slice().asReadOnlyBuffer();
        if (kind == REQUEST) {
            to.onFrame(addressOf(from), exchange, sealed);
        } else {
            to.onReply(addressOf(from), exchange, sealed);
        }
    }

    private static byte[] datagram(byte kind, int exchange, int code, ByteBuffer sealed) {
        if (exchange != MeshRouter.NO_EXCHANGE && (exchange < 0 || exchange > 0xffff)) {
            throw new IllegalArgumentException("exchange " + exchange);
        }
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + sealed.remaining());
        buffer.put(kind).putInt(exchange).put((byte) code).put(sealed.duplicate());
        return buffer.array();
    }
}
