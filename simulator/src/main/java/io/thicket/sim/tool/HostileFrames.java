package io.thicket.sim.tool;

import io.thicket.routing.Destination;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Rreq;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes the datagrams of a flood at a mesh port: noise, and frames under the right seal that are wrong in some way. */
final class HostileFrames {
    private static final int MAX_NOISE_BYTES = 1_400;
    private static final int REMEMBERED = 256;
    private static final FrameForm[] FORMS = FrameForm.values();

    private final RandomGenerator random;
    private final Intruder intruder;
    private final List<byte[]> contents;
    private final List<byte[]> sent = new ArrayList<>();

    HostileFrames(RandomGenerator random, Intruder intruder) {
        this.random = random;
        this.intruder = intruder;
        this.contents = contents(random, intruder.id());
    }

    /** Random bytes; every second one begins like a hop message, to come further. */
    ByteBuffer noise() {
        byte[] bytes = new byte[1 + random.nextInt(MAX_NOISE_BYTES)];
        random.nextBytes(bytes);
        if (bytes.length > 8 && random.nextBoolean()) {
            byte[] head = {(byte) (random.nextBoolean() ? 0x40 : 0x60), 0x02, bytes[2], bytes[3], (byte) 0xb1, 'm', -1};
            System.arraycopy(head, 0, bytes, 0, head.length);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** A frame sealed with the network's key whose content is mutated, or that is cut short or an old one. */
    ByteBuffer sealed() {
        int kind = random.nextInt(10);
        if (kind == 0 && !sent.isEmpty()) {
            return ByteBuffer.wrap(sent.get(random.nextInt(sent.size())));
        }
        FrameForm form = random.nextInt(4) > 0 ? FrameForm.UNICAST : FORMS[random.nextInt(FORMS.length)];
        ByteBuffer datagram = intruder.frame(form, mutated(), random.nextInt(4) > 0);
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        if (kind == 1) {
            return ByteBuffer.wrap(bytes, 0, 1 + random.nextInt(bytes.length));
        }
        if (sent.size() < REMEMBERED) {
            sent.add(bytes);
        } else {
            sent.set(random.nextInt(REMEMBERED), bytes);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Some message with bytes changed, taken out, put in or doubled; sometimes untouched. */
    private byte[] mutated() {
        byte[] content = contents.get(random.nextInt(contents.size())).clone();
        for (int changes = random.nextInt(4); changes > 0 && content.length > 0; changes--) {
            int at = random.nextInt(content.length);
            switch (random.nextInt(5)) {
                case 0 -> content[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> content[at] = (byte) random.nextInt();
                case 2 -> content = Arrays.copyOf(content, at);
                case 3 -> content = joined(content, Arrays.copyOfRange(content, at, content.length));
                default -> content = joined(Arrays.copyOf(content, at), contents.get(random.nextInt(contents.size())));
            }
        }
        return content.length == 0 ? new byte[] {(byte) random.nextInt()} : content;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        int length = Math.min(1_200, first.length + second.length);
        byte[] both = Arrays.copyOf(first, length);
        System.arraycopy(second, 0, both, Math.min(first.length, length), length - Math.min(first.length, length));
        return both;
    }

    private static List<byte[]> contents(RandomGenerator random, NodeId self) {
        Seq seq = new Seq(1, 1);
        byte[] payload = new byte[40];
        random.nextBytes(payload);
        NodeId other = new NodeId(random.nextLong());
        GatewayEntry gateway = new GatewayEntry(other, seq, 100, 1, true, false, true, 30, 10, 1200, null);
        Hello hello = new Hello(
                1,
                1_000,
                List.of(new Hello.Heard(other.prefix(), 7, 255, 0)),
                List.of(gateway),
                EnumSet.of(Identity.Role.RELAY),
                3,
                0,
                null);
        Data data = new Data(
                new MessageId(other, 1, 1),
                Destination.GATEWAY,
                null,
                new Distance(seq, 100),
                10,
                1,
                0,
                0,
                true,
                false,
                null,
                10,
                PayloadType.READINGS,
                Bytes.copyOf(payload));
        Rreq rreq = new Rreq(self, seq, 1, other, seq, 100, seq, 1, 5, true, false, true, 60, null);
        E2eAck ack = new E2eAck(other, 1, 1, 5, SettleStatus.BROKER_ACKED, self, new Distance(seq, 1), 5);
        List<byte[]> contents = new ArrayList<>();
        for (MeshMessage message : List.of(
                hello,
                data,
                rreq,
                ack,
                new Chal(Chal.Kind.CHALLENGE, 5),
                new Reg(self, new Distance(seq, 0), List.of()))) {
            contents.add(FrameCodec.encode(List.of(message)));
        }
        contents.add(FrameCodec.encode(List.of(hello, data, ack)));
        return contents;
    }
}
