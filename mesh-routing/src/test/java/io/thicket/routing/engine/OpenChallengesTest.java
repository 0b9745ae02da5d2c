package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.LinkAddress;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.MeshMessage;
import java.util.ArrayList;
import java.util.List;
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
