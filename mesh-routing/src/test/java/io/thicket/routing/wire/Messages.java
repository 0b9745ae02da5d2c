package io.thicket.routing.wire;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Generates valid messages of every type. */
final class Messages {
    static final int TYPES = 14;
    private final RandomGenerator random;

    Messages(RandomGenerator random) {
        this.random = random;
    }

    MeshMessage any() {
        return ofType(1 + random.nextInt(TYPES));
    }

    MeshMessage ofType(int type) {
        return switch (type) {
            case 1 ->
                new Rreq(
                        node(),
                        seq(),
                        u32(),
                        node(),
                        seq(),
                        u32(),
                        seq(),
                        u8(),
                        u8(),
                        flip(),
                        flip(),
                        flip(),
                        u16(),
                        maybe(() -> bytes(64)));
            case 2 ->
                new Rrep(node(), seq(), node(), u32(), u16(), u32(), seq(), u8(), u8(), u16(), maybe(() -> bytes(64)));
            case 3 -> new Rerr(list(1, 16, () -> new Rerr.Unreachable(node(), seq(), pick(Rerr.Reason.values()))));
            case 4 ->
                new Hello(
                        u32(),
                        u32(),
                        list(0, 8, () -> new Hello.Heard(random.nextInt(), u8(), u8(), u8())),
                        list(0, 4, this::entry),
                        roles(),
                        random.nextInt(8),
                        random.nextInt(101),
                        maybe(() -> bytes(random.nextInt(33))));
            case 5 -> new Ask(node(), maybe(this::distance));
            case 6 -> new Tell(node(), distance(), u8());
            case 7 -> new Reg(node(), distance(), list(0, 32, this::node));
            case 8 -> data();
            case 9 ->
                new E2eAck(
                        node(),
                        u32(),
                        u32(),
                        random.nextLong(),
                        pick(SettleStatus.values()),
                        node(),
                        maybe(this::distance),
                        u8());
            case 10 -> new Chal(pick(Chal.Kind.values()), random.nextLong());
            case 11 ->
                new Trace(
                        node(),
                        node(),
                        u32(),
                        u8(),
                        flip(),
                        list(0, 20, () -> new Trace.Hop(node(), u32(), u8(), u16(), u32())));
            case 12 -> new Probe(u32(), random.nextBoolean() ? 0 : random.nextInt(1_000));
            case 13 -> new Ident(bytes(32), "node-" + u16(), roles(), u32(), bytes(64));
            case 14 -> new HopResult(pick(HopCode.values()), maybe(this::distance), u32(), u16());
            default -> throw new AssertionError(type);
        };
    }

    private Data data() {
        boolean anycast = flip();
        return new Data(
                new MessageId(node(), u32(), u32()),
                anycast ? Destination.GATEWAY : Destination.node(node()),
                anycast ? maybe(this::node) : null,
                maybe(this::distance),
                u8(),
                u8(),
                u16(),
                random.nextInt(4),
                flip(),
                flip(),
                maybe(() -> new Data.Registration(seq(), u32(), u16())),
                u32(),
                pick(PayloadType.values()),
                bytes(random.nextInt(700)));
    }

    private GatewayEntry entry() {
        Seq seq = seq();
        Bytes signature = maybe(() -> bytes(64));
        return new GatewayEntry(
                node(),
                seq,
                u32(),
                u8(),
                flip(),
                flip(),
                flip(),
                u16(),
                random.nextInt(101),
                u16(),
                signature,
                signature != null && flip() ? u32() : seq.count());
    }

    private NodeId node() {
        return new NodeId(random.nextLong());
    }

    private Seq seq() {
        return new Seq(u32(), u32());
    }

    private Distance distance() {
        return new Distance(seq(), u32());
    }

    /** Of any magnitude, so that every length of head occurs. */
    private long u32() {
        return random.nextLong() >>> (32 + random.nextInt(32));
    }

    private int u16() {
        return random.nextInt(0x10000) >>> random.nextInt(16);
    }

    private int u8() {
        return random.nextInt(256) >>> random.nextInt(8);
    }

    private boolean flip() {
        return random.nextBoolean();
    }

    private Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private Set<Identity.Role> roles() {
        Set<Identity.Role> roles = EnumSet.noneOf(Identity.Role.class);
        for (Identity.Role role : Identity.Role.values()) {
            if (flip()) {
                roles.add(role);
            }
        }
        return roles;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    @SuppressWarnings("NullAway")
    private <T> T maybe(Supplier<T> value) {
        return flip() ? value.get() : null;
    }

    private <T> List<T> list(int min, int max, Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int left = min + random.nextInt(max - min + 1); left > 0; left--) {
            list.add(item.get());
        }
        return list;
    }
}
