package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.wire.Hello;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeardListTest {
    private int[] heard = HeardList.NONE;

    @Test
    void a_complete_list_replaces_the_one_before() {
        heard = HeardList.updated(heard, hello(reliable(1), reliable(2), reliable(3)));
        heard = HeardList.updated(heard, hello(reliable(1), reliable(2)));
        assertEquals(List.of(1, 2), all());

        heard = HeardList.updated(heard, hello(reliable(1), reliable(4)));
        assertEquals(List.of(1, 4), all());

        heard = HeardList.updated(heard, hello(reliable(1), reliable(4), reliable(5)));
        assertEquals(List.of(1, 4, 5), all());

        heard = HeardList.updated(heard, hello());
        assertEquals(List.of(), all());
    }

    @Test
    void who_loses_more_than_half_is_not_in_it() {
        heard = HeardList.updated(heard, hello(reliable(1), reliable(2)));
        heard = HeardList.updated(heard, hello(reliable(1), unreliable(2), reliable(3)));

        assertEquals(List.of(1, 3), all());
    }

    @Test
    void the_same_again_changes_nothing() {
        heard = HeardList.updated(heard, hello(reliable(1), unreliable(9), reliable(2)));
        heard = HeardList.updated(heard, hello(reliable(1), unreliable(9), reliable(2)));

        assertEquals(List.of(1, 2), all());
    }

    @Test
    void a_part_of_a_list_adds_to_it() {
        heard = HeardList.updated(heard, hello(reliable(1), reliable(2)));
        heard = HeardList.updated(heard, hello(reliable(3), Hello.Heard.MORE));

        assertEquals(List.of(1, 2, 3), all());
    }

    @Test
    void a_full_list_names_others_in_turn() {
        for (int i = 0; i < HeardList.MAX_HEARD; i++) {
            heard = HeardList.updated(heard, hello(reliable(i), Hello.Heard.MORE));
        }
        heard = HeardList.updated(heard, hello(reliable(1_000), Hello.Heard.MORE));
        heard = HeardList.updated(heard, hello(reliable(1_001), reliable(1_000), Hello.Heard.MORE));

        assertEquals(HeardList.MAX_HEARD, HeardList.size(heard));
        assertEquals(List.of(0, 1_000, 1_001, 3), all().subList(0, 4));
        assertEquals(127, HeardList.get(heard, 127));
        assertFalse(HeardList.hears(heard, 1));
        assertTrue(HeardList.hears(heard, 127));
    }

    @Test
    void a_list_is_not_changed_behind_somebody_who_has_it() {
        int[] before = HeardList.updated(HeardList.NONE, hello(reliable(1), reliable(2)));
        HeardList.updated(before, hello(reliable(3), Hello.Heard.MORE));
        HeardList.updated(before, hello(reliable(4)));

        assertArrayEquals(new int[] {0, 1, 2}, before);
        assertArrayEquals(new int[] {0}, HeardList.NONE);
    }

    @Test
    void all_who_read_the_same_hello_have_one_list() {
        LatestHeard latest = new LatestHeard();
        Hello hello = hello(reliable(1), unreliable(9), reliable(2));

        heard = latest.updated(HeardList.NONE, hello);

        assertEquals(List.of(1, 2), all());
        assertSame(heard, latest.updated(new int[] {0, 7}, hello));
        heard = latest.updated(heard, hello(reliable(3)));
        assertEquals(List.of(3), all());
    }

    @Test
    void a_part_of_a_list_is_read_by_each_one_for_itself() {
        LatestHeard latest = new LatestHeard();
        Hello part = hello(reliable(3), Hello.Heard.MORE);

        assertArrayEquals(new int[] {0, 1, 3}, latest.updated(new int[] {0, 1}, part));
        assertArrayEquals(new int[] {0, 2, 3}, latest.updated(new int[] {0, 2}, part));
    }

    private List<Integer> all() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < HeardList.size(heard); i++) {
            all.add(HeardList.get(heard, i));
        }
        return all;
    }

    private static Hello hello(Hello.Heard... heard) {
        return new Hello(1, 1_000, List.of(heard), List.of(), Set.of(), 7, 0, null);
    }

    private static Hello.Heard reliable(int prefix) {
        return new Hello.Heard(prefix, 0, 255, 0);
    }

    private static Hello.Heard unreliable(int prefix) {
        return new Hello.Heard(prefix, 0, 100, 0);
    }
}
