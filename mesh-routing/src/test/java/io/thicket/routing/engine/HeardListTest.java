package io.thicket.routing.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.routing.wire.Hello;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeardListTest {
    private final HeardList heard = new HeardList();

    @Test
    void a_complete_list_replaces_the_one_before() {
        heard.update(hello(reliable(1), reliable(2), reliable(3)));
        heard.update(hello(reliable(1), reliable(2)));
        assertEquals(List.of(1, 2), all());

        heard.update(hello(reliable(1), reliable(4)));
        assertEquals(List.of(1, 4), all());

        heard.update(hello(reliable(1), reliable(4), reliable(5)));
        assertEquals(List.of(1, 4, 5), all());

        heard.update(hello());
        assertEquals(List.of(), all());
    }

    @Test
    void who_loses_more_than_half_is_not_in_it() {
        heard.update(hello(reliable(1), reliable(2)));
        heard.update(hello(reliable(1), unreliable(2), reliable(3)));

        assertEquals(List.of(1, 3), all());
    }

    @Test
    void the_same_again_changes_nothing() {
        heard.update(hello(reliable(1), unreliable(9), reliable(2)));
        heard.update(hello(reliable(1), unreliable(9), reliable(2)));

        assertEquals(List.of(1, 2), all());
    }

    @Test
    void a_part_of_a_list_adds_to_it() {
        heard.update(hello(reliable(1), reliable(2)));
        heard.update(hello(reliable(3), Hello.Heard.MORE));

        assertEquals(List.of(1, 2, 3), all());
    }

    private List<Integer> all() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < heard.size(); i++) {
            all.add(heard.get(i));
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
