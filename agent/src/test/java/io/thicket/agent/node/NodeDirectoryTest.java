package io.thicket.agent.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.Identity;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeDirectoryTest {
    private static final NodeId A = NodeId.parse("00000000000000aa");
    private static final NodeId B = NodeId.parse("bbbb0000000000bb");

    private final NodeDirectory directory = new NodeDirectory();

    @Test
    void a_flood_of_names_neither_grows_the_directory_nor_removes_this_node() {
        directory.self(0, named(A, "barn"));
        for (int i = 1; i <= NodeDirectory.MAX_NODES + 100; i++) {
            directory.learn(i, named(new NodeId(0x1000L + i), "n" + i));
        }

        assertEquals("barn", directory.label(A));
        assertEquals(NodeDirectory.MAX_NODES, directory.all(1_000_000).size());
        assertEquals(0, directory.sharedNames());
    }

    @Test
    void a_name_that_one_node_has_is_its_label() {
        assertEquals(NodeDirectory.Change.NEW, directory.learn(0, named(A, "barn")));

        assertEquals("barn", directory.label(A));
    }

    @Test
    void two_nodes_of_one_name_both_get_a_suffix() {
        directory.learn(0, named(A, "barn"));

        assertEquals(NodeDirectory.Change.CONFLICT, directory.learn(1, named(B, "barn")));

        assertEquals("barn-0000", directory.label(A));
        assertEquals("barn-bbbb", directory.label(B));
    }

    @Test
    void a_name_from_a_message_holds_until_the_ident_comes() {
        directory.presume(0, A, "barn", 1);

        assertEquals("barn", directory.label(A));
        assertEquals(NodeDirectory.Change.NEW, directory.learn(1, named(A, "barn")));
        assertEquals(NodeDirectory.Change.NONE, directory.learn(2, named(A, "barn")));
    }

    @Test
    void a_message_does_not_rename_a_known_node() {
        directory.learn(0, named(A, "barn"));

        directory.presume(1, A, "other", 1);

        assertEquals("barn", directory.label(A));
    }

    @Test
    void a_renamed_node_frees_its_old_name() {
        directory.learn(0, named(A, "barn"));
        directory.learn(1, named(B, "barn"));

        assertEquals(NodeDirectory.Change.RENAMED, directory.learn(2, named(B, "yard")));

        assertEquals("barn", directory.label(A));
        assertEquals("yard", directory.label(B));
    }

    @Test
    void nodes_are_told_in_the_order_in_which_they_became_known() {
        directory.learn(0, named(B, "late"));
        directory.learn(1, named(A, "early"));
        directory.learn(2, named(new NodeId(5), "late"));
        directory.learn(3, named(B, "later"));

        assertEquals(
                List.of("later", "early", "late"),
                directory.all(4).stream().map(NodeDirectory.Known::label).toList());
        assertEquals(0, directory.sharedNames());
    }

    @Test
    void a_name_that_a_forgotten_node_shared_is_free_again() {
        directory.learn(0, named(A, "barn"));
        directory.learn(1, named(B, "barn"));
        assertEquals(1, directory.sharedNames());
        for (int i = 0; i < NodeDirectory.MAX_NODES - 1; i++) {
            directory.learn(10 + i, named(new NodeId(0x1000L + i), "n" + i));
        }

        assertEquals("barn", directory.label(B));
        assertEquals(0, directory.sharedNames());
    }

    @Test
    void a_full_directory_forgets_the_node_not_seen_for_longest() {
        for (int i = 0; i < NodeDirectory.MAX_NODES; i++) {
            directory.learn(10 + i, named(new NodeId(i), "n" + i));
        }
        directory.seen(99_999, new NodeId(0), 3);

        directory.learn(100_000, named(B, "late"));

        assertEquals("n0", directory.label(new NodeId(0)));
        assertEquals("0000000000000001", directory.label(new NodeId(1)));
        assertEquals(NodeDirectory.MAX_NODES, directory.all(0).size());
    }

    @Test
    void a_long_name_keeps_its_length_with_the_suffix() {
        String name = "a".repeat(Identity.MAX_NAME_LENGTH);
        directory.learn(0, named(A, name));
        directory.learn(0, named(B, name));

        assertEquals(Identity.MAX_NAME_LENGTH, directory.label(B).length());
    }

    /** Rows move when one is added or removed. */
    @Test
    void what_is_known_of_each_node_stays_its_own_however_they_come_and_go() {
        Random random = new Random(3);
        Map<Long, String> expected = new LinkedHashMap<>();
        for (long nowMs = 0; nowMs < 2_000; nowMs++) {
            long id = random.nextInt(300) * 0x0123_4567_89ab_cdefL;
            int hops = random.nextInt(64);
            boolean signed = random.nextInt(3) > 0;
            String before = expected.get(id);
            if (signed) {
                directory.learn(nowMs, new Identity(new NodeId(id), "n" + (id & 63), Set.of(), nowMs));
            } else {
                directory.presume(nowMs, new NodeId(id), "n" + (id & 63), nowMs);
            }
            directory.seen(nowMs, new NodeId(id), hops);
            long epoch = signed ? nowMs : before == null ? -1 : Long.parseLong(before.split(" ")[2]);
            expected.put(id, hops + " " + nowMs + " " + epoch);
        }

        Map<Long, String> found = new LinkedHashMap<>();
        for (NodeDirectory.Known known : directory.all(2_000)) {
            NodeId id = known.identity().id();
            found.put(id.value(), known.hops() + " " + (2_000 - known.lastSeenAgoMs()) + " " + directory.epochOf(id));
        }
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(found.entrySet()));
    }

    @Test
    void nodes_whose_ids_begin_alike_are_told_apart() {
        for (long id : new long[] {0xffff_ffff_0000_0002L, 5, 0xffff_ffff_8000_0000L, 0xffff_ffff_0000_0001L, 4}) {
            directory.learn(id & 0xff, named(new NodeId(id), "n" + (id & 0xff)));
        }

        assertEquals("n2", directory.label(new NodeId(0xffff_ffff_0000_0002L)));
        assertEquals("n1", directory.label(new NodeId(0xffff_ffff_0000_0001L)));
        assertEquals("n0", directory.label(new NodeId(0xffff_ffff_8000_0000L)));
        assertEquals("n4", directory.label(new NodeId(4)));
        assertEquals("n5", directory.label(new NodeId(5)));
        assertEquals("ffffffff00000003", directory.label(new NodeId(0xffff_ffff_0000_0003L)));
        assertEquals("0000000000000006", directory.label(new NodeId(6)));
    }

    @Test
    void those_that_come_after_one_was_forgotten_are_found_in_their_order() {
        Random random = new Random(5);
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < NodeDirectory.MAX_NODES + 200; i++) {
            long id = random.nextLong();
            directory.learn(0, named(new NodeId(id), "n" + i));
            expected.add(id);
        }

        List<Long> found = new ArrayList<>();
        for (NodeDirectory.Known known : directory.all(0)) {
            NodeId id = known.identity().id();
            found.add(id.value());
            assertEquals(known.label(), directory.label(id));
        }
        assertEquals(expected.subList(200, expected.size()), found);
        assertEquals(-1, directory.epochOf(new NodeId(expected.get(0))));
    }

    @Test
    void of_a_node_at_the_end_of_a_long_way_all_is_kept_for_centuries() {
        long centuryMs = 100L * 366 * 24 * 3_600_000;
        directory.self(0, named(A, "barn"));
        directory.learn(0, named(B, "shed"));

        directory.seen(9 * centuryMs, B, 65_534);
        directory.seen(10 * centuryMs, B, -1);

        NodeDirectory.Known shed = directory.all(11 * centuryMs).get(1);
        assertEquals(65_534, shed.hops());
        assertEquals(centuryMs, shed.lastSeenAgoMs());
        assertEquals(1, directory.epochOf(B));
        assertEquals(-1, directory.all(0).get(0).hops());
    }

    private static Identity named(NodeId id, String name) {
        return new Identity(id, name, Set.of(Identity.Role.SENSOR), 1);
    }
}
