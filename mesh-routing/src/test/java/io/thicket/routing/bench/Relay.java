package io.thicket.routing.bench;

import io.thicket.routing.Alarm;
import io.thicket.routing.Destination;
import io.thicket.routing.DropReason;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.RouteChange;
import io.thicket.routing.RouterEffects;
import io.thicket.routing.RoutingSnapshot;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.Router;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.security.OpenResult;
import io.thicket.routing.security.SealCipher;
import io.thicket.routing.security.Signer;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One router with neighbours and destinations, and frames for it. The neighbours are only guards that seal; what the
 * router sends is not opened. Time stands still unless {@link #pass} is called.
 */
final class Relay implements RouterEffects {
    /** Payload of a message: a pack of one reading. */
    static final int PAYLOAD_BYTES = 64;

    /** Pairs of origin and destination that send at a time, whatever the size of the table. */
    private static final int MAX_FLOWS = 500;

    /** Exchanges open at once: a bundle that left in more frames than it came in. */
    private static final int MAX_SENT = 64;

    private static final LinkId LINK = new LinkId(0);
    private static final LinkInfo WIFI = new LinkInfo(LinkClass.WIFI, 6_000, LinkInfo.MAX_MTU_BYTES, true);

    /** Wide enough that every later number encodes to as many bytes. */
    private static final int FIRST_NUMBER = 0x10000;

    private static final long FAR = 1_000_000;
    private static final byte[] KEY = new byte[32];

    private static final int MAX_DESTINATIONS = 10_000;

    /** Of the destinations: made once, so that the router alone is measured. */
    private static final long[] NAMES = names();

    /** A neighbour as it seals, and the frame that it hands over again and again with other names and numbers in it. */
    private static final class Peer {
        final LinkAddress address;
        final NodeId id;
        final FrameGuard guard;
        final ByteBuffer frame = ByteBuffer.allocate(2 * FrameGuard.MAX_FRAME_BYTES);
        int exchange;

        Peer(int number, FrameGuard guard) {
            this.address = LinkAddress.of((byte) (number >> 8), (byte) number);
            this.id = guard.self();
            this.guard = guard;
        }
    }

    final Router router;
    final SealCipher cipher;
    private final List<Peer> peers = new ArrayList<>();
    private final Map<LinkAddress, Peer> byAddress = new HashMap<>();
    private final int routerTag;
    private final List<byte[]> introductions = new ArrayList<>();
    private final int destinations;
    private final int flows;

    private final int bundle;
    private final ByteBuffer content;
    private final int[] originAt;
    private final int[] destinationAt;
    private final int[] numberAt;
    private final ByteBuffer custody;

    private long nowMs = 1_000;
    private int flow;
    private int number = FIRST_NUMBER;
    private int helloSeq;

    /** Frames that wait for their custody. */
    private final LinkAddress[] sentTo = new LinkAddress[MAX_SENT];

    private final int[] sentUnder = new int[MAX_SENT];
    private int sent;
    private HopCode code = HopCode.FULL;

    /** {@code bundle} messages in each frame, all for one destination. */
    Relay(int neighbors, int destinations, int bundle, Supplier<SealCipher> ciphers) {
        this.destinations = destinations;
        this.flows = Math.min(destinations, MAX_FLOWS);
        this.bundle = bundle;
        cipher = ciphers.get();
        router = new Router(new RouterConfig(
                signer(),
                (key, message, signature) -> true,
                "relay",
                Set.of(Identity.Role.RELAY),
                1,
                99,
                cipher,
                new SplittableRandom(5)));
        routerTag = cipher.bootTag(router.self(), 1, 99);
        router.onLink(nowMs, LINK, WIFI, this);
        for (int i = 0; i < neighbors; i++) {
            Peer peer = new Peer(i, new FrameGuard(ciphers.get(), name(1L << 40 | i), 1, 7_000 + i, 3));
            peers.add(peer);
            byAddress.put(peer.address, peer);
            join(peer);
        }
        custody = encoded(Collections.nCopies(bundle, HopResult.of(HopCode.CUSTODY)));
        for (int i = 0; i < destinations; i++) {
            learn(i);
        }
        List<Data> messages = new ArrayList<>();
        for (int i = 0; i < bundle; i++) {
            Distance far = new Distance(new Seq(1, 1), FAR);
            messages.add(message(new NodeId(mark(1, i)), mark(3, i) >>> 32, new NodeId(mark(2, i)), far, null));
        }
        content = encoded(messages);
        originAt = new int[bundle];
        destinationAt = new int[bundle];
        numberAt = new int[bundle];
        for (int i = 0; i < bundle; i++) {
            originAt[i] = find(content, mark(1, i), Long.BYTES);
            destinationAt[i] = find(content, mark(2, i), Long.BYTES);
            numberAt[i] = find(content, mark(3, i), Integer.BYTES);
        }
    }

    /** How many routes the router has. */
    int routes() {
        return router.snapshot(nowMs).routes().size();
    }

    /** How many alternates they have. */
    int alternates() {
        return router.snapshot(nowMs).routes().stream()
                .mapToInt(RoutingSnapshot.Route::alternates)
                .sum();
    }

    /** One frame in, its custody out, forwarded in as few frames as fit, and their custody in. */
    HopCode forward() {
        Peer previous = nextFrame();
        router.onFrame(nowMs, LINK, previous.address, previous.frame, previous.exchange, this);
        if (sent == 0) {
            throw new IllegalStateException("not forwarded: " + code);
        }
        while (sent > 0) {
            sent--;
            LinkAddress from = sentTo[sent];
            int exchange = sentUnder[sent];
            router.onReply(nowMs, LINK, from, exchange, nextReply(from, exchange), this);
        }
        return code;
    }

    /** What {@link #forward} costs before the router gets anything: two sealed frames. */
    int prepare() {
        Peer previous = nextFrame();
        Peer next = peerOf(flow * (destinations / flows));
        return previous.frame.remaining()
                + nextReply(next.address, previous.exchange).remaining();
    }

    /** Lets {@code ms} pass with every deadline served in time. */
    void pass(long ms) {
        long untilMs = nowMs + ms;
        while (router.nextDeadlineMs() <= untilMs) {
            nowMs = Math.max(nowMs, router.nextDeadlineMs());
            router.onDeadline(nowMs, this);
        }
        nowMs = untilMs;
    }

    private Peer nextFrame() {
        flow = flow + 1 == flows ? 0 : flow + 1;
        int destination = flow * (destinations / flows);
        for (int i = 0; i < bundle; i++) {
            content.putLong(originAt[i], nameOf((destination + destinations / 2) % destinations));
            content.putLong(destinationAt[i], nameOf(destination));
            content.putInt(numberAt[i], number++);
        }
        Peer previous = peers.get((destination + 1) % peers.size());
        previous.exchange = previous.exchange + 1 & 0xffff;
        content.rewind();
        previous.frame.clear();
        previous.guard.seal(FrameForm.UNICAST, routerTag, previous.exchange, content, previous.frame);
        previous.frame.flip();
        return previous;
    }

    private ByteBuffer nextReply(LinkAddress from, int exchange) {
        Peer next = byAddress.get(from);
        if (next == null) {
            throw new IllegalStateException("sent to " + from);
        }
        custody.rewind();
        next.frame.clear();
        next.guard.seal(FrameForm.REPLY, routerTag, exchange, custody, next.frame);
        return next.frame.flip();
    }

    private void join(Peer peer) {
        introductions.clear();
        hello(peer);
        for (byte[] frame : List.copyOf(introductions)) {
            OpenResult opened = peer.guard.open(nowMs, ByteBuffer.wrap(frame), MeshRouter.NO_EXCHANGE);
            for (MeshMessage message : decode(opened.plaintext())) {
                if (message instanceof Chal chal && chal.kind() == Chal.Kind.CHALLENGE) {
                    send(
                            peer,
                            FrameForm.UNICAST_INTRODUCED,
                            MeshRouter.NO_EXCHANGE,
                            List.of(new Chal(Chal.Kind.ANSWER, chal.nonce())));
                }
            }
        }
        pass(200);
    }

    private void hello(Peer peer) {
        Hello.Heard heard = new Hello.Heard(router.self().prefix(), routerTag & 0xff, 255, 0);
        send(
                peer,
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                List.of(new Hello(++helloSeq, 60_000, List.of(heard), List.of(), Set.of(), 7, 0, null)));
    }

    /** A message of the destination for the router itself, whose R flag makes the route. */
    private void learn(int destination) {
        learn(destination, peerOf(destination), 1, 100);
    }

    /** Each destination's next message came over another neighbour and a nearer way: an alternate, and a reason more. */
    void learnBetter() {
        for (int i = 0; i < destinations; i++) {
            learn(i, peerOf(i + 1), 2, 10);
        }
    }

    private void learn(int destination, Peer next, long number, long metric) {
        Data.Registration register = new Data.Registration(new Seq(1, 1), metric, 1_200);
        next.exchange = next.exchange + 1 & 0xffff;
        NodeId origin = new NodeId(nameOf(destination));
        send(next, FrameForm.UNICAST, next.exchange, List.of(message(origin, number, router.self(), null, register)));
    }

    private Peer peerOf(int destination) {
        return peers.get(destination % peers.size());
    }

    private static Data message(
            NodeId origin,
            long number,
            NodeId destination,
            @Nullable Distance descent,
            Data.@Nullable Registration register) {
        return new Data(
                new MessageId(origin, 1, number),
                Destination.node(destination),
                null,
                descent,
                20,
                1,
                0,
                0,
                true,
                false,
                register,
                5,
                PayloadType.READINGS,
                Bytes.copyOf(new byte[PAYLOAD_BYTES]));
    }

    private void send(Peer peer, FrameForm form, int exchange, List<? extends MeshMessage> messages) {
        peer.frame.clear();
        peer.guard.seal(form, routerTag, exchange, encoded(messages), peer.frame);
        router.onFrame(nowMs, LINK, peer.address, peer.frame.flip(), exchange, this);
    }

    private static ByteBuffer encoded(List<? extends MeshMessage> messages) {
        return ByteBuffer.wrap(FrameCodec.encode(messages));
    }

    private static List<MeshMessage> decode(ByteBuffer plaintext) {
        try {
            return FrameCodec.decode(plaintext);
        } catch (WireFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long nameOf(int destination) {
        return NAMES[destination];
    }

    private static long[] names() {
        long[] names = new long[MAX_DESTINATIONS];
        for (int i = 0; i < names.length; i++) {
            names[i] = name(2L << 40 | i).value();
        }
        return names;
    }

    /** Names as hashes are: spread over all bits. */
    private static NodeId name(long of) {
        long mixed = of * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return new NodeId(mixed ^ mixed >>> 32);
    }

    /** Eight bytes that occur nowhere else in a frame. */
    private static long mark(int kind, int index) {
        return (0x5a00_0000L | (long) kind << 16 | index) << 32 | 0x6b00_0000L | (long) kind << 16 | index;
    }

    private static int find(ByteBuffer in, long mark, int bytes) {
        for (int at = 0; at + Long.BYTES <= in.limit(); at++) {
            if (bytes == Long.BYTES
                    ? in.getLong(at) == mark
                    : in.getInt(at) == (int) (mark >>> 32) && in.get(at - 1) == 0x1a) {
                return at;
            }
        }
        throw new IllegalStateException("mark not found");
    }

    private static Signer signer() {
        return new Signer() {
            @Override
            public byte[] publicKey() {
                return KEY.clone();
            }

            @Override
            public byte[] sign(byte[] message) {
                return new byte[64];
            }
        };
    }

    @Override
    public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
        if (exchange != MeshRouter.NO_EXCHANGE) {
            sentTo[sent] = toOrAll;
            sentUnder[sent++] = exchange;
        } else if (!toOrAll.equals(LinkAddress.ALL)) {
            byte[] copy = new byte[sealed.remaining()];
            sealed.get(sealed.position(), copy);
            introductions.add(copy);
        }
    }

    @Override
    public void reply(LinkId link, LinkAddress to, int exchange, HopCode hopCode, ByteBuffer sealed) {
        code = hopCode;
    }

    @Override
    public void deliver(
            MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {}

    @Override
    public void settled(long messageNumber, NodeId gateway, SettleStatus status) {}

    @Override
    public void drop(MessageId message, Destination destination, DropReason reason) {
        throw new IllegalStateException("dropped: " + reason);
    }

    @Override
    public void routeChanged(RouteChange change) {}

    @Override
    public void identified(Identity identity) {}

    @Override
    public void persistEpoch(long epoch) {}

    @Override
    public void alarm(Alarm alarm) {
        throw new IllegalStateException(alarm.toString());
    }
}
