package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.LinkClass;
import io.thicket.routing.LinkId;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.FrameCodec;
import io.thicket.routing.wire.Hello;
import io.thicket.routing.wire.MeshMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** 2.1: a stranger whose challenge or answer was lost is asked again before its next HELLO. */
class OpenChallengesTest {
    private final Bench bench = new Bench();

    @Test
    void a_stranger_that_does_not_answer_is_asked_three_times_more() {
        Peer stranger = new Peer(bench, 1);
        stranger.hello();

        bench.runTo(30_000);

        assertEquals(List.of(0L, 250L, 750L, 1_750L), challengesAt(stranger, 30_000));
    }

    @Test
    void one_that_answers_is_not_asked_again() {
        Peer neighbor = new Peer(bench, 1).join();

        bench.runTo(30_000);

        assertEquals(1, challenges(neighbor, bench.sent));
    }

    @Test
    void a_later_answer_still_counts() {
        Peer stranger = new Peer(bench, 1);
        stranger.hello();
        bench.runTo(800);
        bench.sent.clear();
        bench.runTo(1_800);

        stranger.answerChallenges();

        assertEquals(1, bench.router.snapshot(bench.now).neighbors().size());
        bench.sent.clear();
        bench.runTo(30_000);
        assertEquals(0, challenges(stranger, bench.sent));
    }

    @Test
    void a_crowd_of_strangers_is_bounded() {
        int crowd = OpenChallenges.MAX_OPEN + 40;
        for (int i = 1; i <= crowd; i++) {
            new Peer(bench, 1, i).hello(); // as many boots of one node
        }

        bench.runTo(30_000);

        int sent = (int) bench.sent.stream()
                .filter(frame -> !frame.to().equals(LinkAddress.ALL))
                .count();
        assertTrue(sent <= 4 * OpenChallenges.MAX_OPEN, "challenges: " + sent);
    }

    /** A session is one of two nodes, whichever links they share. */
    @Test
    void one_that_answered_on_one_link_is_not_asked_on_the_other() {
        LinkAddress elsewhere = LinkAddress.of((byte) 77);
        bench.router.onLink(0, new LinkId(1), new LinkInfo(LinkClass.WIFI, 6_000, 1_200, true), bench);
        Peer stranger = new Peer(bench, 1);
        stranger.hello();
        heardOn(new LinkId(1), elsewhere, stranger);
        assertEquals(1, sentTo(elsewhere));

        stranger.answerChallenges();
        bench.runTo(30_000);

        assertEquals(1, sentTo(elsewhere));
    }

    /** Its timers, its radio and its duty are others: what is asked there now is asked on another link. */
    @Test
    void a_link_that_became_another_one_asks_nobody_again() {
        Peer stranger = new Peer(bench, 1);
        stranger.hello();
        bench.runTo(100);
        bench.router.onLink(bench.now, Peer.LINK, MixedMesh.LORA, bench);

        bench.runTo(60_000);

        assertEquals(1, challenges(stranger, bench.sent));
    }

    @Test
    void one_whose_address_changed_is_asked_where_it_was_heard_last() {
        LinkAddress moved = LinkAddress.of((byte) 77);
        Peer stranger = new Peer(bench, 1);
        stranger.hello();
        bench.runTo(100);
        heardOn(Peer.LINK, moved, stranger);

        bench.runTo(30_000);

        assertEquals(1, sentTo(stranger.address));
        assertEquals(1 + OpenChallenges.REPETITIONS, sentTo(moved));
    }

    /** After three times the timeout of eight seconds. */
    @Test
    void where_there_is_a_duty_a_stranger_is_asked_once_more() {
        bench.router.onLink(0, Peer.LINK, MixedMesh.LORA, bench);
        Peer stranger = new Peer(bench, 1);
        stranger.hello();
        bench.runTo(23_000);
        assertEquals(1, challenges(stranger, bench.sent));
        bench.runTo(25_000);
        assertEquals(2, challenges(stranger, bench.sent));

        bench.runTo(600_000);

        assertEquals(2, challenges(stranger, bench.sent));
    }

    /** Recorded introductions of boots that are over: three of them must not cost all airtime of the next hours' control. */
    @Test
    void where_there_is_a_duty_old_introductions_do_not_use_up_the_airtime_of_hellos() {
        Bench lora = new Bench();
        lora.router.onLink(0, Peer.LINK, MixedMesh.LORA, lora);
        lora.runTo(6 * 3_600_000);
        lora.sent.clear();
        for (int i = 1; i <= 3; i++) {
            new Peer(lora, i).hello();
        }

        lora.runTo(lora.now + 60_000);

        Interface link = lora.router.links().iterator().next();
        assertEquals(0, link.duty.waitMs(lora.now, DutyBudget.Use.CONTROL), "the next HELLO must wait");
    }

    private void heardOn(LinkId link, LinkAddress from, Peer stranger) {
        Hello hello = new Hello(100, 60_000, List.of(), List.of(), Set.of(), 7, 0, null);
        ByteBuffer frame = stranger.seal(
                FrameForm.BROADCAST_INTRODUCED, MeshRouter.NO_EXCHANGE, FrameCodec.encode(List.of(hello)));
        bench.router.onFrame(bench.now, link, from, frame, MeshRouter.NO_EXCHANGE, bench);
    }

    private long sentTo(LinkAddress address) {
        return bench.sent.stream().filter(frame -> frame.to().equals(address)).count();
    }

    private List<Long> challengesAt(Peer stranger, long untilMs) {
        Bench again = new Bench();
        Peer same = new Peer(again, 1);
        same.hello();
        List<Long> times = new ArrayList<>();
        int known = 0;
        for (long ms = 0; ms <= untilMs; ms += 10) {
            again.runTo(ms);
            int now = challenges(same, again.sent);
            for (; known < now; known++) {
                times.add(ms);
            }
        }
        assertEquals(challenges(stranger, bench.sent), times.size());
        return times;
    }

    private static int challenges(Peer stranger, List<Bench.Sent> frames) {
        int count = 0;
        for (Bench.Sent frame : frames) {
            if (frame.to().equals(stranger.address)) {
                for (MeshMessage message : stranger.open(frame.frame(), frame.exchange())) {
                    count += message instanceof Chal chal && chal.kind() == Chal.Kind.CHALLENGE ? 1 : 0;
                }
            }
        }
        return count;
    }
}
