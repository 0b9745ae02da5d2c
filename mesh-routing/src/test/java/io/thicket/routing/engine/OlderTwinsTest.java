package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Alarm;
import io.thicket.routing.NodeId;
import org.junit.jupiter.api.Test;

/** 2.1: two machines with one key under one gateway, which no neighbour sees together: the gateway's owner is told. */
class OlderTwinsTest {
    private static final NodeId NODE = new NodeId(7);

    private final OlderTwins twins = new OlderTwins();

    @Test
    void one_that_still_makes_messages_in_its_old_epoch_two_minutes_after_it_was_shown_is_a_twin() {
        assertFalse(twins.isTwin(1_000_000, NODE, 0));
        assertFalse(twins.isTwin(1_120_000, NODE, 0));
        assertTrue(twins.isTwin(1_120_001, NODE, 0));
    }

    @Test
    void what_was_made_before_and_comes_late_says_nothing() {
        twins.isTwin(1_000_000, NODE, 0);
        assertFalse(twins.isTwin(1_400_000, NODE, 390_000));
    }

    @Test
    void a_disk_that_is_set_back_another_time_begins_anew() {
        twins.isTwin(1_000_000, NODE, 0);
        assertFalse(twins.isTwin(1_600_001, NODE, 0));
        assertTrue(twins.isTwin(1_600_001 + 120_001, NODE, 0));
    }

    @Test
    void nodes_are_bounded_and_the_oldest_goes_first() {
        twins.isTwin(1_000_000, NODE, 0);
        for (int i = 0; i < OlderTwins.MAX_NODES; i++) {
            twins.isTwin(1_000_001, new NodeId(1_000 + i), 0);
        }
        assertFalse(twins.isTwin(1_200_000, NODE, 0), "forgotten");
        assertTrue(twins.isTwin(1_200_000, new NodeId(1_001), 0));
    }

    @Test
    void two_machines_that_send_readings_to_one_gateway_are_an_alarm_there() {
        Mesh mesh = twins(true);
        mesh.runFor(600_000);
        assertTrue(isAlarmed(mesh));
    }

    @Test
    void a_restored_disk_is_none() {
        Mesh mesh = twins(false);
        mesh.runFor(20_000);
        mesh.node(0).epoch = 1;
        mesh.judge.network().restored(0);
        mesh.restart(0);
        mesh.runFor(580_000);
        assertFalse(isAlarmed(mesh));
    }

    /** A line of five, the gateway in the middle; its ends send a reading every 10 s, and are one node if {@code one}. */
    private static Mesh twins(boolean one) {
        Mesh mesh = new Mesh(5).relabelled(index -> one && index == 4 ? 0 : index);
        mesh.checking = !one; // two nodes of one name are nothing that the invariants know
        mesh.add(5);
        for (int i = 0; i < 4; i++) {
            mesh.connect(i, i + 1);
        }
        mesh.start(2);
        mesh.runFor(20_000);
        for (int i = 0; i < 3; i++) {
            mesh.restart(0);
            mesh.runFor(20_000);
        }
        for (int second = 0; second < 600; second += 10) {
            mesh.at(mesh.now + 1_000L * second, () -> mesh.node(0).offer("reading"));
            mesh.at(mesh.now + 1_000L * second, () -> mesh.node(4).offer("reading"));
        }
        return mesh;
    }

    private static boolean isAlarmed(Mesh mesh) {
        return mesh.node(2).alarms.stream()
                .anyMatch(alarm -> alarm.kind() == Alarm.Kind.CLONED_IDENTITY
                        && alarm.node().equals(mesh.node(0).id()));
    }
}
