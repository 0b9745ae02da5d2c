package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.N17;
import static io.thicket.gateway.Fixtures.N18;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node that got another name while no gateway was there. Its old one stayed {@code online} for ever. */
class FormerNamesTest {
    private static final List<String> TOPICS = List.of("status", "info", "state", "published");

    private final Site site = new Site();
    private final Site.Gateway gw1 = site.gateway("gw1", 0x91);
    private long seq;

    private void say(Site.Gateway gateway, String label, int readings) {
        for (int i = 0; i < readings; i++) {
            site.to(site.nowMs + 10_000);
            gateway.brings(N17, label, ++seq, "air", seq);
        }
        site.to(site.nowMs + 5_000);
    }

    /** Which of the node's topics are retained under this name. */
    private List<String> retained(String label) {
        return TOPICS.stream()
                .filter(topic -> !site.retained("n/" + label + '/' + topic).isEmpty())
                .toList();
    }

    @Test
    void its_old_name_is_removed_when_it_is_heard_of() {
        say(gw1, "old", 6);
        assertEquals(TOPICS, retained("old"));

        gw1.restart();
        say(gw1, "new", 6);

        assertEquals(List.of(), retained("old"));
        assertEquals(TOPICS, retained("new"));
    }

    /** The mesh may be there before the broker. */
    @Test
    void so_it_is_if_the_gateway_knew_the_node_before_it_heard_the_page() {
        say(gw1, "old", 6);
        gw1.restartWithoutBroker();
        say(gw1, "new", 1);

        gw1.connect(BrokerSession.NEW);
        say(gw1, "new", 6);

        assertEquals(List.of(), retained("old"));
        assertEquals(TOPICS, retained("new"));
    }

    /** Of an earlier version, or from a time when there was another gateway. */
    @Test
    void so_are_two_old_names() {
        say(gw1, "old", 6);
        String page = site.retained("n/old/published");
        gw1.restart();
        say(gw1, "older", 6);
        site.say(new Publication(Site.ROOT + "n/old/published", page, 1, true, 0, "", Map.of()));

        gw1.restart();
        say(gw1, "new", 6);

        assertEquals(List.of(), retained("old"));
        assertEquals(List.of(), retained("older"));
    }

    @Test
    void a_name_that_another_node_has_now_stays() {
        say(gw1, "old", 6);
        gw1.restart();
        gw1.brings(N18, "old", ++seq, "air", 1);
        site.to(site.nowMs + 5_000);

        say(gw1, "new", 6);

        assertEquals("online", site.retained("n/old/status"));
        assertEquals("online", site.retained("n/new/status"));
    }

    /** Gateways may call one node differently. */
    @Test
    void a_name_that_another_gateway_may_use_stays() {
        Site.Gateway gw2 = site.gateway("gw2", 0x92);
        site.to(10_000);
        say(gw2, "old", 6);

        gw1.restart();
        say(gw1, "new", 6);

        assertEquals("online", site.retained("n/old/status"));
    }

    /** Readings that were published under the old name are not published again under the new one. */
    @Test
    void what_was_published_under_the_old_name_is_remembered() {
        say(gw1, "old", 6);
        gw1.restart();
        say(gw1, "new", 1);
        gw1.restart();

        gw1.brings(N17, "new", 3, "air", 3);

        assertEquals(
                List.of(),
                site.said("n/new/data").stream()
                        .filter(said -> said.contains("\"v\":3"))
                        .toList());
    }
}
