package io.thicket.routing.engine;

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
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.FrameGuard;
import io.thicket.routing.security.OpenResult;
import io.thicket.routing.security.Verifier;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One real router and, around it, peers whose every frame a test writes by hand. Times are literal. */
final class Peer {
    static final LinkId LINK = new LinkId(0);

    /** The router under test with everything it did. */
    static class Bench implements RouterEffects {
        record Sent(LinkAddress to, int exchange, byte[] frame) {}

        final Router router;
        final List<Sent> sent = new ArrayList<>();
        final List<Sent> replies = new ArrayList<>();
        final List<HopCode> replyCodes = new ArrayList<>();
        final List<MessageId> delivered = new ArrayList<>();
        final List<DropReason> drops = new ArrayList<>();
        final List<Long> settled = new ArrayList<>();
        final List<Alarm> alarms = new ArrayList<>();
        final List<Long> persisted = new ArrayList<>();
        long now;

        Bench() {
            this(RoutingParameters.of(LinkClass.WIFI), RuleSwitches.ALL_ON);
        }

        Bench(RoutingParameters parameters, RuleSwitches rules) {
            this(parameters, rules, Set.of(Identity.Role.RELAY));
        }

        Bench(RoutingParameters parameters, RuleSwitches rules, Set<Identity.Role> roles) {
            this(parameters, rules, roles, Set.of(), TestKeys.VERIFIER);
        }

        /** One that draws otherwise. */
        Bench(long seed) {
            this(
                    RoutingParameters.of(LinkClass.WIFI),
                    RuleSwitches.ALL_ON,
                    Set.of(Identity.Role.RELAY),
                    Set.of(),
                    TestKeys.VERIFIER,
                    seed);
        }

        Bench(
                RoutingParameters parameters,
                RuleSwitches rules,
                Set<Identity.Role> roles,
                Set<NodeId> gateways,
                Verifier verifier) {
            this(parameters, rules, roles, gateways, verifier, 5);
        }

        private Bench(
                RoutingParameters parameters,
                RuleSwitches rules,
                Set<Identity.Role> roles,
                Set<NodeId> gateways,
                Verifier verifier,
                long seed) {
            router = new Router(
                    new RouterConfig(
                            TestKeys.signer(0),
                            verifier,
                            "bench",
                            roles,
                            1,
                            99,
                            new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY),
                            new SplittableRandom(seed),
                            Map.of(LinkClass.WIFI, parameters),
                            RoutingTable.MAX_DESTINATIONS,
                            gateways),
                    rules);
            router.onLink(0, LINK, new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), this);
        }

        /** Lets time pass, serving every deadline on time. */
        void runTo(long ms) {
            while (router.nextDeadlineMs() <= ms) {
                now = Math.max(now, router.nextDeadlineMs());
                router.onDeadline(now, this);
            }
            now = ms;
        }

        @Override
        public void transmit(LinkId link, LinkAddress toOrAll, int exchange, ByteBuffer sealed) {
            sent.add(new Sent(toOrAll, exchange, bytes(sealed)));
        }

        @Override
        public void reply(LinkId link, LinkAddress to, int exchange, HopCode code, ByteBuffer sealed) {
            replies.add(new Sent(to, exchange, bytes(sealed)));
            replyCodes.add(code);
        }

        @Override
        public void deliver(
                MessageId message, PayloadType type, int hops, long ageMs, boolean wantsSettle, ByteBuffer payload) {
            delivered.add(message);
        }

        @Override
        public void settled(long messageNumber, NodeId gateway, SettleStatus status) {
            settled.add(messageNumber);
        }

        @Override
        public void drop(MessageId message, Destination destination, DropReason reason) {
            drops.add(reason);
        }

        @Override
        public void routeChanged(RouteChange change) {}

        @Override
        public void identified(Identity identity) {}

        @Override
        public void persistEpoch(long epoch) {
            persisted.add(epoch);
        }

        @Override
        public void alarm(Alarm alarm) {
            alarms.add(alarm);
        }

        private static byte[] bytes(ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            return copy;
        }
    }

    final Bench bench;
    final NodeId id;
    final FrameGuard guard;
    final LinkAddress address;
    private final int routerTag;
    private long helloSeq;
    private long intervalMs = 60_000;
    private int exchanges = 1_000;
    private final Map<byte[], List<MeshMessage>> opened = new IdentityHashMap<>();

    /** What it says about a gateway in each HELLO, if a test says so. */
    GatewayEntry lastEntry;

    Peer(Bench bench, int number) {
        this(bench, number, 1);
    }

    Peer(Bench bench, int number, long epoch) {
        this.bench = bench;
        this.id = NodeId.ofPublicKey(TestKeys.signer(number).publicKey());
        this.guard =
                new FrameGuard(new ChaChaSealCipher(Mesh.NETWORK, Mesh.KEY), id, epoch, number * 1_000L + epoch, 7);
        this.address = LinkAddress.of((byte) number);
        this.routerTag = bench.router.bootTag();
    }

    /** Its HELLOs announce this interval from now on: a short one means that it moves. */
    Peer every(long helloIntervalMs) {
        intervalMs = helloIntervalMs;
        return this;
    }

    /** Introduces itself and answers the router's challenge: the session is live and TWO_WAY. */
    Peer join() {
        hello();
        answerChallenges();
        return this;
    }

    /** Answers the last challenge that the router sent it. */
    void answerChallenges() {
        Chal last = null;
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(address)) {
                for (MeshMessage message : open(frame.frame(), frame.exchange())) {
                    last = message instanceof Chal chal && chal.kind() == Chal.Kind.CHALLENGE ? chal : last;
                }
            }
        }
        if (last != null) {
            Chal answer = new Chal(Chal.Kind.ANSWER, last.nonce());
            send(FrameForm.UNICAST_INTRODUCED, MeshRouter.NO_EXCHANGE, List.of(answer));
        }
    }

    void hello(GatewayEntry... gateways) {
        Hello.Heard heard = new Hello.Heard(bench.router.self().prefix(), routerTag & 0xff, 255, 0);
        send(
                FrameForm.BROADCAST_INTRODUCED,
                MeshRouter.NO_EXCHANGE,
                List.of(new Hello(++helloSeq, intervalMs, List.of(heard), List.of(gateways), Set.of(), 7, 0, null)));
    }

    static GatewayEntry entry(NodeId gateway, long count, long metric) {
        return new GatewayEntry(gateway, new Seq(1, count), metric, 1, true, false, true, 750, 0, 1_200, null);
    }

    /** A DATA frame; its result. */
    HopResult data(int exchange, Data data) {
        int from = bench.replies.size();
        send(FrameForm.UNICAST, exchange, List.of(data));
        Bench.Sent reply = bench.replies.get(from);
        return (HopResult) openReply(reply.frame(), exchange).get(0);
    }

    static Data message(NodeId origin, long number, int turn, NodeId destination, Distance descent) {
        return new Data(
                new MessageId(origin, 1, number),
                Destination.node(destination),
                null,
                descent,
                20,
                0,
                turn,
                0,
                true,
                false,
                null,
                0,
                PayloadType.COAP,
                io.thicket.routing.wire.Bytes.copyOf((byte) 1));
    }

    /** To everyone on the link, without an exchange. */
    void broadcast(MeshMessage message) {
        send(FrameForm.BROADCAST_INTRODUCED, MeshRouter.NO_EXCHANGE, List.of(message));
    }

    /** To the router under an exchange of its own; what came of it. */
    HopCode unicast(MeshMessage message) {
        int from = bench.replyCodes.size();
        send(FrameForm.UNICAST, ++exchanges, List.of(message));
        return bench.replyCodes.get(from);
    }

    /** A HELLO with the router and these others in its heard list. */
    void hears(Peer... others) {
        List<Hello.Heard> heard = new ArrayList<>();
        heard.add(new Hello.Heard(bench.router.self().prefix(), routerTag & 0xff, 255, 0));
        for (Peer other : others) {
            if (other != this) {
                heard.add(new Hello.Heard(other.id.prefix(), 1, 255, 0));
            }
        }
        broadcast(new Hello(++helloSeq, intervalMs, heard, List.of(), Set.of(), 7, 0, null));
    }

    /** A HELLO of one that hears nobody. */
    void forgets() {
        broadcast(new Hello(++helloSeq, intervalMs, List.of(), List.of(), Set.of(), 7, 0, null));
    }

    /** Answers every exchange that the router has open with this peer with {@code result}; the frames stay as sent. */
    void replyAll(HopResult result) {
        for (Bench.Sent frame : List.copyOf(bench.sent)) {
            if (frame.to().equals(address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                reply(frame.exchange(), result);
            }
        }
    }

    void send(FrameForm form, int exchange, List<MeshMessage> messages) {
        sendRaw(form, exchange, FrameCodec.encode(messages));
    }

    void sendRaw(FrameForm form, int exchange, byte[] content) {
        bench.router.onFrame(bench.now, LINK, address, seal(form, exchange, content), exchange, bench);
    }

    ByteBuffer seal(FrameForm form, int exchange, byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(2_600);
        guard.seal(form, routerTag, exchange, ByteBuffer.wrap(content), out);
        return out.flip();
    }

    /** Takes custody of every exchange that the router has open with this peer. */
    List<Data> acceptAll() {
        List<Bench.Sent> frames = List.copyOf(bench.sent);
        bench.sent.clear();
        return accept(frames);
    }

    /** The same for some frames; those to others are left alone. */
    List<Data> accept(List<Bench.Sent> frames) {
        List<Data> taken = new ArrayList<>();
        for (Bench.Sent frame : frames) {
            if (frame.to().equals(address) && frame.exchange() != MeshRouter.NO_EXCHANGE) {
                List<HopResult> results = new ArrayList<>();
                for (MeshMessage message : open(frame.frame(), frame.exchange())) {
                    if (message instanceof Data data) {
                        taken.add(data.detached());
                    }
                    results.add(HopResult.of(HopCode.CUSTODY));
                }
                reply(frame.exchange(), results.toArray(new HopResult[0]));
            }
        }
        return taken;
    }

    void reply(int exchange, HopResult... results) {
        ByteBuffer reply = seal(FrameForm.REPLY, exchange, FrameCodec.encode(List.of(results)));
        bench.router.onReply(bench.now, LINK, address, exchange, reply, bench);
    }

    /** What is in a frame that was sent; looking twice is no replay. */
    List<MeshMessage> open(byte[] frame, int exchange) {
        return opened.computeIfAbsent(frame, unused -> decode(guard.open(bench.now, ByteBuffer.wrap(frame), exchange)));
    }

    List<MeshMessage> openReply(byte[] frame, int exchange) {
        return decode(guard.openReply(bench.now, ByteBuffer.wrap(frame), exchange));
    }

    private static List<MeshMessage> decode(OpenResult opened) {
        if (!opened.status().authentic()) {
            return List.of();
        }
        try {
            ByteBuffer copy = ByteBuffer.allocate(opened.plaintext().remaining());
            copy.put(opened.plaintext().duplicate()).flip();
            return FrameCodec.decode(copy);
        } catch (WireFormatException e) {
            throw new AssertionError(e);
        }
    }
}
