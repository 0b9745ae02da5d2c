package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.DropReason;
import io.thicket.routing.Identity;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.Seq;
import io.thicket.routing.engine.Peer.Bench;
import io.thicket.routing.security.FrameForm;
import io.thicket.routing.security.IdentSigning;
import io.thicket.routing.wire.Bytes;
import io.thicket.routing.wire.Chal;
import io.thicket.routing.wire.Distance;
import io.thicket.routing.wire.Ident;
import io.thicket.routing.wire.MeshMessage;
import io.thicket.routing.wire.Reg;
import io.thicket.routing.wire.Tell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Section 2.1: restored and cloned disks, restarts (sequences 10 to 13 of 4.2). */
class EpochRepairTest {
    @Test
    void a_restored_disk_is_healed_by_the_nodes_own_signed_ident_and_every_message_arrives_once() {
        Mesh mesh = Mesh.line(1, 4);
        mesh.start(0);
        for (int boot = 0; boot < 5; boot++) {
            mesh.runFor(20_000);
            mesh.node(3).offer("life " + boot + " a");
            mesh.node(3).offer("life " + boot + " b");
            mesh.runFor(20_000);
            mesh.restart(3);
        }
        mesh.runFor(20_000);
        mesh.node(3).offer("before the restore");
        mesh.runFor(20_000);
        assertEquals(6, mesh.node(3).epoch);

        mesh.judge.network().restored(3); // I4 does not hold until the epoch is repaired
        mesh.node(3).epoch = 1;
        mesh.restart(3);
        mesh.node(3).offer("after 1");
        mesh.node(3).offer("after 2");
        boolean repaired = mesh.runUntil(() -> !mesh.node(3).persisted.isEmpty(), 3_000);
        mesh.runFor(30_000);

        assertTrue(repaired, "not repaired within 3 s");
        assertEquals(List.of(7L), mesh.node(3).persisted);
        assertEquals(7, mesh.node(3).router.ownSeq().epoch());
        assertNotNull(mesh.node(2).router.routes().get(mesh.node(3).id()).nextHop(), "not reached again");
        List<String> texts = mesh.deliveredTexts(0);
        assertEquals(texts.size(), new HashSet<>(texts).size(), "twice: " + texts);
        assertTrue(texts.containsAll(List.of("life 0 a", "life 4 b", "before the restore", "after 1", "after 2")));
        assertTrue(mesh.node(3).outbox.isEmpty(), "not settled");
        assertEquals(List.of(7L, 7L), epochsOf(mesh, "after"), "something left in the old epoch");
        assertEquals(
                List.of(DropReason.RESTART, DropReason.RESTART),
                mesh.node(3).drops.stream().map(Mesh.Dropped::reason).toList());
    }

    @Test
    void a_disk_set_back_by_one_boot_gets_a_claim_and_makes_one_step() {
        Mesh mesh = Mesh.line(2, 3);
        mesh.start(0);
        mesh.runFor(30_000);
        mesh.restart(2);
        mesh.runFor(20_000);
        mesh.node(2).offer("second life");
        mesh.runFor(20_000);

        mesh.judge.network().restored(2);
        mesh.node(2).epoch = 1;
        mesh.restart(2); // in epoch 2, as before
        mesh.node(2).offer("second life again");
        assertTrue(mesh.runUntil(() -> !mesh.node(2).persisted.isEmpty(), 3_000), "not repaired within 3 s");
        mesh.runFor(30_000);

        assertEquals(List.of(3L), mesh.node(2).persisted);
        assertEquals(List.of("second life", "second life again"), mesh.deliveredTexts(0));
        assertEquals(List.of(3L), epochsOf(mesh, "second life again"), "something left in the old epoch");
        assertTrue(mesh.node(2).outbox.isEmpty(), "not settled");
    }

    @Test
    void a_gateway_shows_the_proof_to_a_node_whose_neighbours_know_nothing() {
        Mesh mesh = Mesh.line(3, 3);
        mesh.start(0);
        for (int boot = 0; boot < 4; boot++) {
            mesh.runFor(20_000);
            mesh.node(2).offer("life " + boot);
            mesh.runFor(20_000);
            mesh.restart(2);
        }
        mesh.kill(2);
        mesh.runFor(600_000);
        mesh.judge.network().restored(2);
        mesh.restart(1); // forgets everything
        mesh.runFor(30_000);
        mesh.node(2).epoch = 1;
        mesh.restart(2);
        mesh.node(2).offer("after");
        boolean repaired = mesh.runUntil(() -> !mesh.node(2).persisted.isEmpty(), 30_000);
        mesh.runFor(60_000);

        assertTrue(repaired, "not repaired");
        assertTrue(mesh.node(2).router.ownSeq().epoch() > 4);
        assertTrue(mesh.deliveredTexts(0).contains("after"), mesh.deliveredTexts(0)::toString);
        assertTrue(mesh.node(2).outbox.isEmpty(), "not settled");
    }

    @Test
    void the_challenge_to_an_overtaken_boot_carries_the_proof_so_that_nothing_leaves_in_the_old_epoch() {
        Bench bench = new Bench();
        Peer later = new Peer(bench, 1, 5).join();
        Ident ident = IdentSigning.sign(TestKeys.signer(1), "one", Set.of(), 5);
        show(bench, later, ident);
        Peer restored = new Peer(bench, 1, 2);
        int from = bench.sent.size();

        restored.hello();

        List<MeshMessage> challenge = bench.sent.subList(from, bench.sent.size()).stream()
                .flatMap(frame -> restored.open(frame.frame(), frame.exchange()).stream())
                .toList();
        assertEquals(ident, challenge.get(0));
        assertEquals(Chal.Kind.CHALLENGE, ((Chal) challenge.get(1)).kind());
    }

    @Test
    void a_neighbour_that_goes_on_in_its_old_epoch_is_shown_a_proof_that_came_meanwhile() {
        Bench bench = new Bench();
        Peer restored = new Peer(bench, 1, 2).join();
        restored.broadcast(new Reg(restored.id, new Distance(new Seq(2, 7), 0), List.of()));
        Ident ident = IdentSigning.sign(TestKeys.signer(1), "one", Set.of(), 5);
        show(bench, restored, ident);
        int from = bench.sent.size();

        restored.broadcast(new Reg(restored.id, new Distance(new Seq(2, 8), 0), List.of()));

        List<MeshMessage> evidence = bench.sent.subList(from, bench.sent.size()).stream()
                .flatMap(frame -> restored.open(frame.frame(), frame.exchange()).stream())
                .toList();
        assertEquals(List.of(ident), evidence);
    }

    @Test
    void a_restored_gateway_takes_readings_again_within_seconds() {
        Mesh mesh = Mesh.line(7, 3);
        mesh.start(0);
        for (int boot = 0; boot < 3; boot++) {
            mesh.runFor(30_000);
            mesh.restart(0);
        }
        mesh.runFor(30_000);

        mesh.judge.network().restored(0);
        mesh.node(0).epoch = 1;
        mesh.restart(0);
        mesh.node(2).offer("to the restored gateway");
        boolean arrived = mesh.runUntil(() -> !mesh.deliveredTexts(0).isEmpty(), 5_000);
        mesh.runFor(5_000);

        assertTrue(arrived, "nothing within 5 s");
        assertEquals(List.of(5L), mesh.node(0).persisted);
        assertTrue(mesh.node(2).outbox.isEmpty(), "not settled");
    }

    @Test
    void an_unsigned_claim_is_followed_by_one_step_in_ten_seconds_and_never_by_a_leap() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();

        claim(bench, peer, new Seq(1_000, 1));
        claim(bench, peer, new Seq(1_000, 1));
        bench.runTo(9_999);
        claim(bench, peer, new Seq(1_000, 1));
        assertEquals(List.of(2L), bench.persisted);
        bench.runTo(10_001);
        claim(bench, peer, new Seq(1_000, 1));
        assertEquals(List.of(2L, 3L), bench.persisted);
        bench.runTo(30_000);
        claim(bench, peer, new Seq(3, 0));

        assertEquals(List.of(2L, 3L), bench.persisted, "an old number is no news");
        assertEquals(new Seq(3, 1), bench.router.ownSeq());
    }

    @Test
    void a_forged_proof_and_another_nodes_ident_change_nothing() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();
        Ident true9 = IdentSigning.sign(TestKeys.signer(0), "bench", Set.of(Identity.Role.RELAY), 9);
        byte[] broken = true9.signature().toArray();
        broken[0] ^= 1;

        show(bench, peer, new Ident(true9.publicKey(), "bench", true9.roles(), 9, Bytes.copyOf(broken)));
        show(bench, peer, new Ident(true9.publicKey(), "bench", true9.roles(), 10, true9.signature()));
        show(bench, peer, IdentSigning.sign(TestKeys.signer(1), "other", Set.of(), 9));
        assertEquals(List.of(), bench.persisted);
        show(bench, peer, true9);

        assertEquals(List.of(10L), bench.persisted);
    }

    @Test
    void two_boots_alive_at_once_are_an_alarm_and_both_are_kept_out_for_five_minutes() {
        Bench bench = new Bench();
        Peer one = new Peer(bench, 1, 1).join();
        Peer other = new Peer(bench, 1, 2).join();
        assertEquals(List.of(), bench.alarms);

        one.join();

        assertEquals(1, bench.alarms.size());
        assertEquals(Alarm.Kind.CLONED_IDENTITY, bench.alarms.get(0).kind());
        assertEquals(one.id, bench.alarms.get(0).node());
        other.join();
        one.join();
        assertTrue(bench.router.snapshot(bench.now).neighbors().isEmpty(), "kept out");
        bench.runTo(BootHistory.QUARANTINE_MS - 1);
        other.join();
        assertTrue(bench.router.snapshot(bench.now).neighbors().isEmpty(), "kept out to the end");
        bench.runTo(BootHistory.QUARANTINE_MS + 1);
        other.join();
        assertFalse(bench.router.snapshot(bench.now).neighbors().isEmpty(), "the one that is left may come back");
    }

    /** Nobody hears both, so nobody can tell; each is shown the other's later epoch for ever. */
    @Test
    void two_machines_of_one_key_without_a_common_neighbour_find_out_and_leave_their_disks_alone() {
        Mesh mesh = new Mesh(5).relabelled(index -> index == 4 ? 0 : index);
        mesh.checking = false; // two nodes of one name are nothing that the invariants know
        mesh.add(6);
        Mesh.Node absent = mesh.node(5);
        for (int i = 0; i < 4; i++) {
            mesh.connect(i, i + 1);
        }
        mesh.start(2);
        mesh.runFor(20_000);
        mesh.restart(0);
        for (int second = 0; second < 7_200; second += 20) {
            mesh.node(0).sendTo(second % 40 == 0 ? mesh.node(3) : absent, "request"); // a flood, which brings its IDENT
            mesh.node(4).sendTo(second % 40 == 0 ? mesh.node(1) : absent, "request");
            mesh.runFor(20_000);
            if (second == 1_800) {
                assertTrue(saysThatItIsCloned(mesh.node(0)), "no alarm within half an hour");
                assertTrue(saysThatItIsCloned(mesh.node(4)), "no alarm within half an hour");
            }
        }

        assertEquals(mesh.node(0).id(), mesh.node(4).id());
        int writes = mesh.node(0).persisted.size() + mesh.node(4).persisted.size();
        assertTrue(writes >= 4 && writes <= 40, writes + " epochs written in two hours");
    }

    private static boolean saysThatItIsCloned(Mesh.Node node) {
        return node.alarms.stream()
                .anyMatch(alarm -> alarm.kind() == Alarm.Kind.CLONED_IDENTITY
                        && alarm.node().equals(node.id()));
    }

    @Test
    void a_proof_is_followed_at_once_and_later_ones_ever_more_rarely() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();

        show(bench, peer, own(5));
        assertEquals(List.of(6L), bench.persisted);
        long epoch = 6;
        List<Long> atMs = new ArrayList<>();
        while (bench.now < 4 * 3_600_000L) {
            int before = bench.persisted.size();
            show(bench, peer, own(epoch + 1));
            if (bench.persisted.size() > before) {
                epoch += 2;
                atMs.add(bench.now);
            }
            bench.runTo(bench.now + 1_000);
        }

        assertTrue(atMs.get(0) <= 10_000, "the second one: " + atMs);
        for (int i = 1; i < atMs.size(); i++) {
            long pauseMs = atMs.get(i) - atMs.get(i - 1);
            assertTrue(pauseMs >= Math.min(3_600_000, atMs.get(i - 1) / 2), "pauses: " + atMs);
        }
        assertTrue(atMs.size() <= 16, atMs.size() + " in four hours");
    }

    private static Ident own(long epoch) {
        return IdentSigning.sign(TestKeys.signer(0), "bench", Set.of(Identity.Role.RELAY), epoch);
    }

    @Test
    void unsigned_claims_do_not_wear_out_the_disk() {
        Bench bench = new Bench();
        Peer peer = new Peer(bench, 1).join();

        while (bench.now < 4 * 3_600_000L) {
            claim(bench, peer, new Seq(100_000, 1));
            bench.runTo(bench.now + 1_000);
        }

        assertTrue(bench.persisted.size() >= 5 && bench.persisted.size() <= 16, bench.persisted.size() + " writes");
    }

    @Test
    void sequence_11_a_double_reboot_is_no_clone_even_if_frames_of_the_old_boots_come_last() {
        Bench bench = new Bench();
        Peer first = new Peer(bench, 1, 1).join();
        Peer second = new Peer(bench, 1, 2).join();
        Peer third = new Peer(bench, 1, 3).join();

        first.hello();
        second.hello();
        first.hello();

        assertEquals(List.of(), bench.alarms);
        assertEquals(1, bench.router.snapshot(0).neighbors().size());
        assertEquals(
                third.guard.bootTag(),
                bench.router.snapshot(0).neighbors().get(0).bootTag());
    }

    @Test
    void a_node_that_hears_itself_alive_says_so_and_takes_nothing_from_its_double() {
        Bench bench = new Bench();
        Peer double0 = new Peer(bench, 0, 7);
        assertEquals(bench.router.self(), double0.id);

        double0.join();

        assertEquals(1, bench.alarms.size());
        assertEquals(Alarm.Kind.CLONED_IDENTITY, bench.alarms.get(0).kind());
        assertTrue(bench.router.snapshot(0).neighbors().isEmpty());
    }

    @Test
    void sequence_10_a_restarted_relay_forwards_within_a_second() {
        for (long seed = 1; seed <= 20; seed++) {
            Mesh mesh = Mesh.line(seed, 4);
            mesh.start(0);
            mesh.runFor(30_000);
            mesh.kill(2);
            mesh.runFor(500);
            mesh.restart(2);
            long restartedAtMs = mesh.now;
            mesh.node(3).offer("over the restarted relay");

            boolean arrived = mesh.runUntil(() -> !mesh.deliveredTexts(0).isEmpty(), 1_000);

            assertTrue(arrived, "seed " + seed + ": nothing within 1 s of " + restartedAtMs);
        }
    }

    private static List<Long> epochsOf(Mesh mesh, String text) {
        return mesh.node(0).deliveries.stream()
                .filter(delivery -> delivery.text().startsWith(text))
                .map(delivery -> delivery.id().epoch())
                .toList();
    }

    private static void claim(Bench bench, Peer peer, Seq seq) {
        show(bench, peer, new Tell(bench.router.self(), new Distance(seq, 5), 1));
    }

    private static void show(Bench bench, Peer peer, MeshMessage message) {
        peer.send(FrameForm.UNICAST, MeshRouter.NO_EXCHANGE, List.of(message));
        assertNotNull(bench);
    }
}
