package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that got another name while no gateway was there. Its old one stayed {@code online} for ever. */
class FormerNamesTest {
    private final Site site = new Site();
    private final Site.Gateway gw1 = site.gateway("gw1", 0x91);
    private long seq;

    private void say(Site.Gateway gateway, NodeId node, String label, int readings) {
        for (int i = 0; i < readings; i++) {
            site.to(site.nowMs + 10_000);
            gateway.brings(node, label, ++seq, "air", seq);
        }
        site.to(site.nowMs + 5_000);
    }

    private String status(String label) {
        return site.retained("n/" + label + "/status");
    }

    @Test
    void its_old_name_is_offline_a_quarter_of_an_hour_after_the_gateway_began() {
        say(gw1, N17, "old", 6);

        gw1.restart();
        say(gw1, N17, "new", 60);
        assertEquals("online", status("old"));
        say(gw1, N17, "new", 60);

        assertEquals("offline", status("old"));
        assertEquals("online", status("new"));
    }

    /** The page under the old name tells which readings the broker has. */
    @Test
    void what_was_published_under_the_old_name_is_not_published_again() {
        say(gw1, N17, "old", 6);
        gw1.restart();
        say(gw1, N17, "new", 120);
        gw1.restart();

        gw1.brings(N17, "new", 3, "air", 3);

        assertFalse(site.retained("n/old/published").isEmpty());
        assertEquals(
                List.of(),
                site.said("n/new/data").stream()
                        .filter(said -> said.contains("\"v\":3}"))
                        .toList());
    }

    @Test
    void so_are_two_old_names() {
        say(gw1, N17, "older", 6);
        gw1.restart();
        say(gw1, N17, "old", 6);
        gw1.restart();

        say(gw1, N17, "new", 120);

        assertEquals("offline", status("older"));
        assertEquals("offline", status("old"));
    }

    @Test
    void a_name_that_another_node_has_now_stays() {
        say(gw1, N17, "old", 6);
        gw1.restart();
        for (int i = 0; i < 120; i++) {
            site.to(site.nowMs + 10_000);
            gw1.brings(N18, "old", ++seq, "air", 1);
            gw1.brings(N17, "new", ++seq, "air", 1);
        }

        assertFalse(site.said("n/old/status").contains("gw1 offline"));
        assertEquals("online", status("new"));
    }

    /** Gateways may call one node differently. */
    @Test
    void a_name_that_another_gateway_may_use_stays() {
        Site.Gateway gw2 = site.gateway("gw2", 0x92);
        site.to(10_000);
        say(gw2, N17, "old", 6);

        gw1.restart();
        say(gw1, N17, "new", 120);

        assertFalse(site.said("n/old/status").contains("gw1 offline"));
    }

    /** Without any page a gateway that starts then would publish again what the broker has had. */
    @Test
    void the_page_under_the_old_name_goes_once_there_is_one_under_the_new() {
        say(gw1, N17, "old", 6);
        gw1.knows(N17, "new");

        assertEquals("", status("old"));
        assertFalse(site.retained("n/old/published").isEmpty());
        assertTrue(site.retained("n/new/published").isEmpty());

        site.to(site.nowMs + 2_000);
        assertTrue(site.retained("n/old/published").isEmpty());
        assertFalse(site.retained("n/new/published").isEmpty());
    }

    @Test
    void what_a_gateway_repeats_that_ended_while_a_node_was_renamed_is_not_published_again() {
        say(gw1, N17, "old", 6);
        gw1.knows(N17, "new");
        gw1.restartAtOnce();
        site.to(site.nowMs + 10_000);

        gw1.brings(N17, "new", 3, "air", 3);

        assertEquals(List.of(), site.said("n/new/data"));
    }

    @Test
    void the_page_of_another_node_that_has_the_name_now_stays() {
        say(gw1, N17, "old", 6);
        gw1.knows(N17, "new");
        gw1.brings(N18, "old", 1, "air", 1);
        site.to(site.nowMs + 10_000);

        assertTrue(site.retained("n/old/published").startsWith(N18.toString()));
        assertFalse(site.retained("n/new/published").isEmpty());
    }

    @Test
    void the_page_of_a_node_that_has_its_old_name_again_stays() {
        say(gw1, N17, "old", 6);
        gw1.knows(N17, "new");
        gw1.knows(N17, "old");
        site.to(site.nowMs + 10_000);

        assertFalse(site.retained("n/old/published").isEmpty());
        assertTrue(site.retained("n/new/published").isEmpty());
    }

    @Test
    void names_that_a_node_had_while_the_broker_was_away_leave_nothing_behind() {
        say(gw1, N17, "old", 6);
        gw1.lose();
        gw1.knows(N17, "newer");
        gw1.knows(N17, "newest");
        site.to(site.nowMs + 60_000);
        gw1.connect(BrokerSession.KEPT);
        site.to(site.nowMs + 60_000);
        assertFalse(site.retained("n/old/published").isEmpty());

        say(gw1, N17, "newest", 1);
        assertTrue(site.retained("n/old/published").isEmpty());
        assertTrue(site.retained("n/newer/published").isEmpty());
        assertFalse(site.retained("n/newest/published").isEmpty());
        assertEquals("", status("old"));
        assertEquals("online", status("newest"));
    }

    /** Two nodes that exchange their names while there is no broker: the page of the first takes the place of the second's. */
    @Test
    void a_page_whose_place_another_one_took_is_written_under_the_present_name() {
        say(gw1, N17, "a", 3);
        say(gw1, N18, "b", 3);
        long first = seq - 2;
        gw1.lose();
        gw1.knows(N17, "b");
        gw1.knows(N18, "a");
        gw1.connect(BrokerSession.KEPT);
        site.to(site.nowMs + 60_000);

        say(gw1, N17, "b", 1);
        assertTrue(site.retained("n/b/published").startsWith(N17.toString()));
        assertTrue(site.retained("n/a/published").startsWith(N18.toString()));

        gw1.restartAtOnce();
        gw1.brings(N18, "a", first, "air", first);
        assertEquals(
                List.of(),
                site.said("n/a/data").stream()
                        .filter(said -> said.contains("\"v\":" + first + "}"))
                        .toList());
    }

    /** The same while there was no gateway: it knows the old names from the pages alone. */
    @Test
    void a_page_whose_place_another_one_took_is_written_by_a_gateway_that_began_after_the_renaming() {
        say(gw1, N17, "a", 3);
        say(gw1, N18, "b", 3);
        gw1.restartAtOnce();
        gw1.knows(N17, "b");
        gw1.knows(N18, "a");

        say(gw1, N17, "b", 1);

        assertTrue(site.retained("n/b/published").startsWith(N17.toString()));
        assertTrue(site.retained("n/a/published").startsWith(N18.toString()));
    }

    /** Gateways that know different nodes may call one differently for ever. */
    @Test
    void gateways_that_call_a_node_differently_clear_nothing_of_each_other_and_are_silent_without_readings() {
        Site.Gateway gw2 = site.gateway("gw2", 0x92);
        site.to(10_000);
        for (int i = 0; i < 10; i++) {
            say(gw1, N17, "one", 1);
            say(gw2, N17, "two", 1);
            say(gw1, N18, "two", 1);
        }
        site.to(site.nowMs + 60_000);
        int pages = pages();

        site.to(site.nowMs + 120_000);
        assertEquals(pages, pages(), "nothing new, no page");
        assertEquals(List.of(), cleared());
    }

    /** The cure of two nodes with one name, of which each gateway knows one, is to rename one of them. */
    @Test
    void the_page_of_a_node_that_only_another_gateway_knows_stays() {
        Site.Gateway gw2 = site.gateway("gw2", 0x92);
        site.to(10_000);
        say(gw1, N17, "one", 3);
        say(gw2, N18, "one", 3);

        gw1.knows(N17, "two");
        say(gw1, N17, "two", 3);

        assertTrue(site.retained("n/two/published").startsWith(N17.toString()));
        assertTrue(site.retained("n/one/published").startsWith(N18.toString()));
    }

    /** Each name is one node's here and the other's there, whatever else a gateway hears. */
    @ParameterizedTest
    @EnumSource(NoSubscribers.class)
    void gateways_of_opposite_opinions_are_silent_without_readings_too(NoSubscribers setting) {
        Site place = new Site(new BridgeSettings(setting, 20, 10_000));
        Site.Gateway one = place.gateway("gw1", 0x91);
        Site.Gateway two = place.gateway("gw2", 0x92);
        place.to(10_000);
        for (int i = 1; i <= 10; i++) {
            one.brings(N17, "one", i, "air", i);
            one.brings(N18, "two", i, "air", i);
            place.to(place.nowMs + 10_000);
            two.brings(N17, "two", 100 + i, "air", i);
            two.brings(N18, "one", 100 + i, "air", i);
            place.to(place.nowMs + 10_000);
        }
        place.to(place.nowMs + 60_000);
        int pages = place.said("n/one/published").size()
                + place.said("n/two/published").size();

        place.to(place.nowMs + 600_000);
        assertEquals(
                pages,
                place.said("n/one/published").size()
                        + place.said("n/two/published").size());
        assertTrue(pages < 200, pages + " pages of 40 readings");
    }

    private int pages() {
        return site.said("n/one/published").size()
                + site.said("n/two/published").size();
    }

    private List<String> cleared() {
        return Stream.of("n/one/published", "n/two/published")
                .flatMap(topic -> site.said(topic).stream())
                .filter(said -> said.endsWith(" "))
                .toList();
    }

    /** One that nobody renamed has its time like any other node. */
    @Test
    void a_name_that_its_node_still_has_stays() {
        say(gw1, N17, "old", 6);
        gw1.restart();

        say(gw1, N17, "old", 120);

        assertEquals("online", status("old"));
    }
}
