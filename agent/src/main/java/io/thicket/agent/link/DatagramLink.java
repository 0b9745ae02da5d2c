package io.thicket.agent.link;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.port.Link;
import io.thicket.agent.port.LinkListener;
import io.thicket.agent.port.Timers;
import io.thicket.routing.HopCode;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * What links over UDP share: hop messages out and in, counters, and a check that is repeated on the loop and opens the
 * sockets when it can. Sends happen in the calling thread, which is the loop.
 */
abstract class DatagramLink implements Link, DatagramReceiver.Handler {
    /** How often a condition is looked at again that people or hardware change. */
    static final long CHECK_MS = 2000;

    /** How often a condition is looked at again that the kernel ends by itself within a second or two. */
    static final long SOON_MS = 250;

    final Timers timers;

    private final String name;
    private final LinkCounters counters = new LinkCounters();
    private final HopEnvelope envelope = new HopEnvelope();
    private LinkInfo info;
    private String problem = "not started";
    private @Nullable LinkListener listener;
    private @Nullable DatagramReceiver receiver;
    private @Nullable DatagramChannel sender;
    private Timers.@Nullable Handle nextCheck;
    private int nextMessageId;

    DatagramLink(String name, LinkClass linkClass, int rateKbps, Timers timers) {
        this.name = name;
        this.timers = timers;
        this.info = new LinkInfo(linkClass, rateKbps, LinkInfo.MAX_MTU_BYTES, false);
    }

    /** Looks at the world, calls {@link #up} or {@link #down} if it changed, and says in how many ms to look again. */
    abstract long check();

    /** Whom a frame to all is sent to. */
    abstract List<InetSocketAddress> everybody();

    abstract InetSocketAddress toSocket(LinkAddress address);

    /** Whether a datagram from {@code from} is taken. Called on the receiver thread. */
    abstract boolean isNeighbour(InetSocketAddress from);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final LinkInfo info() {
        return info;
    }

    @Override
    public final String problem() {
        return problem;
    }

    /** May be called from any thread. */
    @Override
    public final Map<LinkCounter, Long> counts() {
        return counters.snapshot();
    }

    @Override
    public final void start(LinkListener listener) {
        if (this.listener != null) {
            throw new IllegalStateException("link " + name + " was started before");
        }
        this.listener = listener;
        repeatCheck();
    }

    @Override
    public final void transmit(LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        boolean toAll = toOrAll.equals(LinkAddress.ALL);
        boolean confirmable = exchange != MeshRouter.NO_EXCHANGE;
        if (toAll && confirmable) { // RFC 7252 s8.1: multicast requests are non-confirmable.
            throw new IllegalArgumentException("a frame to all cannot ask for a reply");
        }
        if (canSend(sealed)) {
            int messageId = confirmable ? exchange : nextMessageId++ & 0xffff;
            ByteBuffer datagram = envelope.frame(messageId, confirmable, sealed);
            for (InetSocketAddress to : toAll ? everybody() : List.of(toSocket(toOrAll))) {
                send(to, datagram.rewind());
            }
        }
    }

    @Override
    public final void reply(LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
        if (canSend(sealed)) {
            send(toSocket(to), envelope.reply(exchange, code, sealed));
        }
    }

    @Override
    public final void close() {
        listener = null;
        if (nextCheck != null) {
            nextCheck.cancel();
            nextCheck = null;
        }
        closeSockets();
        problem = "closed";
        info = withUp(info.mtuBytes(), false);
    }

    @Override
    public final void onDatagram(InetSocketAddress from, ByteBuffer datagram) {
        LinkListener hearer = listener;
        if (hearer == null) {
            return;
        }
        int bytes = datagram.remaining();
        HopEnvelope.Kind kind =
                bytes > HopEnvelope.MAX_DATAGRAM_BYTES ? HopEnvelope.Kind.REFUSED : envelope.decode(datagram);
        if (kind == HopEnvelope.Kind.REFUSED) {
            counters.add(LinkCounter.MALFORMED, 1);
            return;
        }
        counters.add(LinkCounter.RECEIVED, 1);
        counters.add(LinkCounter.RECEIVED_BYTES, bytes);
        if (kind == HopEnvelope.Kind.FRAME) {
            hearer.onFrame(UdpAddress.toLink(from), envelope.exchange(), datagram);
        } else {
            hearer.onReply(UdpAddress.toLink(from), envelope.exchange(), datagram);
        }
    }

    @Override
    public final void onFailure(IOException cause) {
        if (listener != null) {
            down("receiving failed: " + cause.getMessage());
        }
    }

    /** Takes the sockets into use; they are closed if that fails. */
    final void up(DatagramChannel sender, List<DatagramChannel> receiving, int mtuBytes) throws IOException {
        closeSockets();
        receiver = new DatagramReceiver("link-" + name, timers, counters, this::isNeighbour, this, receiving);
        this.sender = sender;
        change("", withUp(mtuBytes, true));
    }

    final void down(String problem) {
        closeSockets();
        change(problem, withUp(info.mtuBytes(), false));
    }

    final boolean isUp() {
        return info.up();
    }

    private void repeatCheck() {
        long againMs = CHECK_MS;
        try {
            againMs = check();
        } finally { // Whatever went wrong, the link must not stay as it is for ever.
            if (listener != null) { // A listener may have closed the link.
                nextCheck = timers.at(timers.nowMs() + againMs, this::repeatCheck);
            }
        }
    }

    private void change(String problem, LinkInfo info) {
        if (!this.problem.equals(problem)) {
            Logger.info("link {} {}", name, problem.isEmpty() ? "is up" : "is down: " + problem);
        }
        boolean changed = !this.info.equals(info);
        this.problem = problem;
        this.info = info;
        if (changed && listener != null) {
            listener.onChange(info);
        }
    }

    private LinkInfo withUp(int mtuBytes, boolean up) {
        return new LinkInfo(info.linkClass(), info.rateKbps(), mtuBytes, up);
    }

    private boolean canSend(ByteBuffer sealed) {
        if (sender == null) {
            counters.add(LinkCounter.SEND_WHILE_DOWN, 1);
            return false;
        }
        if (sealed.remaining() > info.mtuBytes()) {
            counters.add(LinkCounter.SEND_TOO_LARGE, 1);
            return false;
        }
        return true;
    }

    private void send(InetSocketAddress to, ByteBuffer datagram) {
        DatagramChannel channel = sender;
        if (channel == null) {
            return;
        }
        try {
            int bytes = channel.send(datagram, to);
            counters.add(bytes > 0 ? LinkCounter.SENT : LinkCounter.SEND_FULL, 1);
            counters.add(LinkCounter.SENT_BYTES, bytes);
        } catch (NoRouteToHostException e) {
            counters.add(LinkCounter.SEND_FAILED, 1);
            timers.post(() -> onUnreachable(to)); // The router is sending: it must not be called back now.
        } catch (IOException e) {
            counters.add(LinkCounter.SEND_FAILED, 1);
        }
    }

    private void onUnreachable(InetSocketAddress to) {
        if (listener != null && !to.getAddress().isMulticastAddress()) {
            listener.onUnreachable(UdpAddress.toLink(to));
        }
    }

    private void closeSockets() {
        if (receiver != null) {
            receiver.close();
            receiver = null;
        }
        sender = null;
    }
}
