package io.thicket.sim.tool;

import io.thicket.agent.coap.HopEnvelope;
import io.thicket.agent.config.NetworkKey;
import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.security.OpenResult;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.WireFormatException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One who has the network's key: joins a node's mesh link by answering its challenge, so that what it seals afterwards
 * is opened, decoded and acted on. Single-threaded; times are ms of one monotonic clock.
 */
final class Intruder implements AutoCloseable {
    private static final int ANSWER_WITHIN_MS = 1_000;

    private final InetSocketAddress target;
    private final DatagramChannel channel;
    private final FrameGuard guard;
    private final HopEnvelope envelope = new HopEnvelope();
    private final ByteBuffer sealed = ByteBuffer.allocate(FrameGuard.MAX_FRAME_BYTES);
    private final ByteBuffer received = ByteBuffer.allocate(65_536);
    private int nextExchange;
    private int targetBootTag;

    Intruder(NetworkKey key, InetSocketAddress target, RandomGenerator random) throws IOException {
        this.target = target;
        this.guard = new FrameGuard(
                new ChaChaSealCipher(key.id().getBytes(StandardCharsets.US_ASCII), key.key()),
                new NodeId(random.nextLong()),
                1 + random.nextInt(1000),
                random.nextLong(),
                random.nextLong());
        this.nextExchange = random.nextInt(0x10000);
        this.channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
        channel.configureBlocking(false);
    }

    NodeId id() {
        return guard.self();
    }

    /** Becomes an accepted neighbour. False if the node did not answer {@code attempts} times. */
    boolean join(int attempts) throws IOException {
        for (int attempt = 0; attempt < attempts; attempt++) {
            MeshMessage question = new Chal(Chal.Kind.CHALLENGE, attempt);
            Chal challenge = ask(FrameForm.BROADCAST_INTRODUCED, List.of(question));
            if (challenge != null) {
                MeshMessage answer = new Chal(Chal.Kind.ANSWER, challenge.nonce());
                send(frame(FrameForm.UNICAST_INTRODUCED, FrameCodec.encode(List.of(answer)), true));
                return true;
            }
        }
        return false;
    }

    /** A hop message with any content, sealed to the node; it is the caller's until the next call. */
    ByteBuffer frame(FrameForm form, byte[] content, boolean confirmable) {
        int exchange = nextExchange++ & 0xffff;
        sealed.clear();
        boolean exchanged = confirmable || form.isReply();
        guard.seal(
                form, targetBootTag, exchanged ? exchange : MeshRouter.NO_EXCHANGE, ByteBuffer.wrap(content), sealed);
        sealed.flip();
        return form.isReply()
                ? envelope.reply(exchange, HopCode.CUSTODY, sealed)
                : envelope.frame(exchange, confirmable, sealed);
    }

    /** Whether the whole datagram left. */
    boolean send(ByteBuffer datagram) throws IOException {
        return channel.send(datagram, target) > 0;
    }

    /** The node's challenge in its reply to {@code messages}; null if none came. */
    private @Nullable Chal ask(FrameForm form, List<MeshMessage> messages) throws IOException {
        ByteBuffer request = frame(form, FrameCodec.encode(messages), true);
        int exchange = nextExchange - 1 & 0xffff;
        send(request);
        long deadlineNs = System.nanoTime() + ANSWER_WITHIN_MS * 1_000_000L;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (System.nanoTime() - deadlineNs < 0) {
                selector.select(50);
                Chal challenge = received(exchange);
                if (challenge != null) {
                    return challenge;
                }
            }
        }
        return null;
    }

    private @Nullable Chal received(int exchange) throws IOException {
        received.clear();
        while (channel.receive(received) != null) {
            received.flip();
            if (envelope.decode(received) == HopEnvelope.Kind.REPLY && envelope.exchange() == exchange) {
                OpenResult opened = guard.openReply(0, received, exchange);
                targetBootTag = opened.senderBootTag();
                return opened.status().authentic() ? challengeIn(opened.plaintext()) : null;
            }
            received.clear();
        }
        return null;
    }

    private static @Nullable Chal challengeIn(ByteBuffer content) {
        try {
            for (MeshMessage message : FrameCodec.decode(content)) {
                if (message instanceof Chal chal && chal.kind() == Chal.Kind.CHALLENGE) {
                    return chal;
                }
            }
        } catch (WireFormatException e) {
            throw new IllegalStateException("the node sealed nonsense", e);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
