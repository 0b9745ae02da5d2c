package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Destination;
import io.thicket.routing.LinkAddress;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.Priority;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.security.RouteSigning;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Rrep;
import io.thicket.routing.wire.Rreq;
import io.thicket.routing.wire.WireLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A relay may strip a reply of its signature (LoRa-class links do); what it says of the target's Seq is then hearsay. */
class StrippedReplyTest {
    private static final NodeId TARGET = NodeId.ofPublicKey(TestKeys.signer(7).publicKey());
    private static final Seq INFLATED = new Seq(9, 900);

    private final Bench bench = new Bench();
    private final Peer relay = new Peer(bench, 1).join();

    @Test
    void the_seq_of_a_stripped_reply_is_asked_for_once_and_not_kept() {
        Rrep stripped = reply(search()).signed(null);

        List<Rreq> after = after(List.of(stripped));

        assertEquals(INFLATED.next(), after.get(0).minSeq(), "it may be true, as on LoRa");
        assertEquals(new Seq(0, 0), after.get(1).minSeq(), "if it is not, the target would never answer it");
        assertTrue(after.stream().skip(1).allMatch(request -> request.minSeq().equals(new Seq(0, 0))));
    }

    @Test
    void the_seq_of_a_signed_reply_is_kept() {
        Rrep signed = RouteSigning.sign(TestKeys.signer(7), reply(search()));
        Ident ident = IdentSigning.sign(TestKeys.signer(7), "target", Set.of(), 9);

        List<Rreq> after = after(List.of(signed, ident));

        assertTrue(after.size() >= 3);
        assertTrue(after.stream().allMatch(request -> request.minSeq().equals(INFLATED.next())));
    }

    /** The first own request of a search for {@link #TARGET}. */
    private Rreq search() {
        bench.router.send(
                bench.now,
                Destination.node(TARGET),
                PayloadType.COAP,
                Priority.NORMAL,
                60_000,
                false,
                0,
                0,
                ByteBuffer.wrap(new byte[] {1}),
                bench);
        return requests().get(0);
    }

    /** From a relay that has no route itself, so that the search goes on. */
    private static Rrep reply(Rreq request) {
        return new Rrep(
                request.target(),
                INFLATED,
                request.origin(),
                request.rreqId(),
                300,
                WireLimits.MAX_U32,
                INFLATED,
                2,
                60,
                0,
                null);
    }

    /** The requests that follow after {@code answer}. */
    private List<Rreq> after(List<MeshMessage> answer) {
        bench.sent.clear();
        relay.send(FrameForm.UNICAST, 77, answer);
        bench.runTo(30_000);
        return requests();
    }

    private List<Rreq> requests() {
        List<Rreq> all = new ArrayList<>();
        for (Bench.Sent frame : bench.sent) {
            if (frame.to().equals(LinkAddress.ALL)) {
                for (MeshMessage message : relay.open(frame.frame(), frame.exchange())) {
                    if (message instanceof Rreq rreq) {
                        all.add(rreq);
                    }
                }
            }
        }
        return all;
    }
}
