package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Seq;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.wire.Ask;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.Data;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.E2eAck;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.GatewayEntry;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Probe;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Rerr;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.Tell;
import io.thicket.routing.wire.Trace;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FrameGlanceTest {
    private static final NodeId A = new NodeId(0x1234_5678_9abc_def0L);
    private static final NodeId B = new NodeId(7);
    private static final Seq SEQ = new Seq(3, 70_000);
    private static final Distance FAR = new Distance(SEQ, 1_000_000);
    private static final Bytes SIGNATURE = bytes(64);

    private static final MeshMessage RREQ =
            new Rreq(A, SEQ, 9, B, SEQ, 5, SEQ, 1, 30, false, false, false, 1_200, SIGNATURE);
    private static final MeshMessage RREP = new Rrep(A, SEQ, B, 4, 60, 5, SEQ, 1, 30, 1_200, SIGNATURE);
    private static final MeshMessage RERR = new Rerr(List.of(new Rerr.Unreachable(A, SEQ, Rerr.Reason.values()[0])));
    private static final MeshMessage HELLO = new Hello(
            5,
            6_000,
            List.of(new Hello.Heard(0x80_00_00_00, 1, 200, 3)),
            List.of(new GatewayEntry(A, SEQ, 500, 2, true, false, false, 600, 20, 1_200, SIGNATURE, 300)),
            Set.of(Identity.Role.SENSOR),
            7,
            0,
            bytes(30));
    private static final MeshMessage ASK = new Ask(A, FAR);
    private static final MeshMessage TELL = new Tell(A, FAR, 3);
    private static final MeshMessage REG = new Reg(A, FAR, List.of(A, B));
    private static final MeshMessage E2E_ACK = new E2eAck(A, 1, 2, -1, SettleStatus.values()[0], B, FAR, 3);
    private static final MeshMessage CHAL = new Chal(Chal.Kind.CHALLENGE, -1);
    private static final MeshMessage TRACE =
            new Trace(A, B, 1, 2, false, List.of(new Trace.Hop(A, 100_000, 1, 300, 70_000)));
    private static final MeshMessage PROBE = new Probe(0xffff_ffffL);
    private static final MeshMessage IDENT = new Ident(bytes(32), "node-7", Set.of(Identity.Role.RELAY), 3, SIGNATURE);
    private static final MeshMessage HOP_ACK = new HopResult(HopCode.CUSTODY, FAR, 0, 0);

    private final FrameGlance glance = new FrameGlance();

    private static Bytes bytes(int count) {
        return Bytes.view(ByteBuffer.wrap(new byte[count]));
    }

    private static MeshMessage data(PayloadType type) {
        return new Data(
                new MessageId(A, 1, 2),
                Destination.GATEWAY,
                B,
                FAR,
                30,
                1,
                2,
                0,
                true,
                false,
                new Data.Registration(SEQ, 900, 1_200),
                12,
                type,
                bytes(300));
    }

    private FrameClass of(MeshMessage... messages) {
        byte[] frame = FrameCodec.encode(List.of(messages));
        byte[] amid = new byte[frame.length + 20];
        System.arraycopy(frame, 0, amid, 7, frame.length);
        return glance.classOf(amid, 7, frame.length);
    }

    @Test
    void each_message_alone_is_what_its_type_says() {
        assertEquals(FrameClass.RREQ, of(RREQ));
        assertEquals(FrameClass.RREP, of(RREP));
        assertEquals(FrameClass.RERR, of(RERR));
        assertEquals(FrameClass.HELLO, of(HELLO));
        assertEquals(FrameClass.RREQ, of(ASK));
        assertEquals(FrameClass.RREP, of(TELL));
        assertEquals(FrameClass.REGISTER, of(REG));
        assertEquals(FrameClass.DATA, of(data(PayloadType.READINGS)));
        assertEquals(FrameClass.DATA, of(data(PayloadType.COAP)));
        assertEquals(FrameClass.IDENT, of(data(PayloadType.IDENT)));
        assertEquals(FrameClass.E2E_ACK, of(E2E_ACK));
        assertEquals(FrameClass.CHALLENGE, of(CHAL));
        assertEquals(FrameClass.OTHER, of(TRACE));
        assertEquals(FrameClass.PROBE, of(PROBE));
        assertEquals(FrameClass.IDENT, of(IDENT));
        assertEquals(FrameClass.HOP_ACK, of(HOP_ACK));
    }

    @Test
    void of_several_the_first_of_the_classes_counts_wherever_it_is() {
        assertEquals(FrameClass.DATA, of(E2E_ACK, HELLO, data(PayloadType.READINGS)));
        assertEquals(FrameClass.E2E_ACK, of(HELLO, E2E_ACK, TRACE));
        assertEquals(FrameClass.HELLO, of(TRACE, CHAL, HELLO));
    }

    @Test
    void an_ident_rides_along_with_what_the_frame_is_for() {
        assertEquals(FrameClass.PROBE, of(IDENT, PROBE));
        assertEquals(FrameClass.OTHER, of(TRACE, IDENT));
    }

    @Test
    void a_refusal_with_a_challenge_is_a_challenge() {
        assertEquals(FrameClass.CHALLENGE, of(HOP_ACK, CHAL));
        assertEquals(FrameClass.DATA, of(HOP_ACK, CHAL, data(PayloadType.READINGS)));
    }
}
