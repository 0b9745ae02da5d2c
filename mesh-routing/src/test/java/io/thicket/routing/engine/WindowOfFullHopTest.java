package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.HopCode;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.HopResult;
import io.thicket.routing.wire.Tell;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 2.7: a refusal with 5.03 halves the window, once for each frame. */
class WindowOfFullHopTest {
    private static final NodeId FIRST = new NodeId(0x1234);
    private static final NodeId SECOND = new NodeId(0x5678);
    private static final HopResult FULL = new HopResult(HopCode.FULL, null, 5_000, 0);

    private final Bench bench = new Bench();
    private final Peer hop = new Peer(bench, 1).join();

    WindowOfFullHopTest() {
        hop.hello();
        hop.unicast(new Tell(FIRST, new Distance(new Seq(1, 5), 100), 2));
        hop.unicast(new Tell(SECOND, new Distance(new Seq(1, 5), 100), 2));
        bench.runTo(20_000); // its HELLO interval says that it does not move
        bench.sent.clear();
        for (int i = 0; i < 9; i++) {
            send(FIRST);
            hop.acceptAll();
        }
    }

    @Test
    void it_is_four_to_begin_with() {
        assertEquals(4, atOnce());
    }

    @Test
    void a_frame_of_ten_refused_messages_halves_it() {
        refuse(10, 10);
        assertEquals(2, atOnce());
    }

    @Test
    void so_does_one_refusal_for_a_whole_frame() {
        refuse(10, 1);
        assertEquals(2, atOnce());
    }

    /** Lets a frame of so many messages go and answers it with so many refusals. */
    private void refuse(int messages, int refusals) {
        for (int i = 0; i < 4; i++) {
            send(FIRST);
        }
        List<Bench.Sent> full = List.copyOf(frames());
        for (int i = 0; i < messages; i++) {
            send(FIRST);
        }
        bench.sent.clear();
        hop.accept(full); // the first answer lets all that wait go in one frame
        Bench.Sent bundle = frames().get(0);
        assertEquals(messages, hop.open(bundle.frame(), bundle.exchange()).size());

        hop.reply(bundle.exchange(), Collections.nCopies(refusals, FULL).toArray(new HopResult[0]));

        bench.sent.clear();
    }

    /** Frames to the hop that are on the way together. */
    private int atOnce() {
        bench.sent.clear();
        for (int i = 0; i < 8; i++) {
            send(SECOND);
        }
        return frames().size();
    }

    private List<Bench.Sent> frames() {
        return bench.sent.stream()
                .filter(frame -> frame.to().equals(hop.address) && frame.exchange() != MeshRouter.NO_EXCHANGE)
                .toList();
    }

    private void send(NodeId to) {
        long number = bench.router.send(
                bench.now,
                Destination.node(to),
                PayloadType.COAP,
                Priority.NORMAL,
                600_000,
                false,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
        assertTrue(number > 0, "refused: " + number);
    }
}
