package io.thicket.gateway.bridge;

import static io.thicket.gateway.Fixtures.GATEWAY;
import static io.thicket.gateway.Fixtures.TOPICS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnPublicationsTest {
    private final BridgeCounters counters = new BridgeCounters();
    private final Payloads payloads = new Payloads(TOPICS, GATEWAY);
    private final OwnPublications own = new OwnPublications(TOPICS, payloads, GATEWAY, counters, new Work());

    private List<String> topics() {
        List<String> topics = new ArrayList<>();
        while (!own.isEmpty()) {
            topics.add(own.take().topic());
        }
        return topics;
    }

    @Test
    void of_a_topic_only_the_newest_is_sent_in_the_place_of_the_first() {
        own.putOfNode(payloads.nodeStatus("n17", true));
        own.putOfNode(payloads.nodeStatus("n18", true));
        own.putOfNode(payloads.nodeStatus("n17", false));

        assertEquals("offline", own.take().payload());
        assertEquals(List.of(TOPICS.nodeStatus("n18")), topics());
    }

    @Test
    void a_name_that_was_given_up_without_a_broker_is_cleared_there_once_it_is_back() {
        own.clear(TOPICS.published("old"));
        own.putOfNode(payloads.published(new Ledger.Write("n17", new LedgerPage(new NodeId(0x17)), true)));
        own.putClaimOf(List.of(new NodeId(0x17)));

        own.connected(new BrokerLimits(64, 100_000));

        assertEquals(List.of(TOPICS.published("old")), topics(), "the page is made anew, and the claim is void");
    }

    @Test
    void what_was_on_its_way_does_not_go_again_behind_what_is_newer() {
        own.put(payloads.gatewayStatus(true));
        Publication old = own.take();
        own.put(payloads.gatewayStatus(false));
        own.takeBack(old);

        assertEquals(payloads.gatewayStatus(false).payload(), own.take().payload());
        assertTrue(own.isEmpty());

        own.takeBack(old);
        own.putOfNode(payloads.nodeStatus("n17", true));
        assertEquals(List.of(old.topic(), TOPICS.nodeStatus("n17")), topics());
    }

    @Test
    void what_finds_no_room_is_counted_and_no_word_of_the_gateway_is_lost_by_it() {
        for (int i = 0; i < OwnPublications.MAX + 3; i++) {
            own.clear(TOPICS.nodeStatus("old" + i));
        }
        own.clear(TOPICS.nodeStatus("old0"));

        own.put(payloads.gatewayStatus(true));
        own.putMarker("1");
        own.putOfNode(payloads.nodeStatus("n17", true));

        assertEquals(3, counters.get(BridgeCounter.PUBLICATIONS_DROPPED));
        List<String> topics = topics();
        assertEquals(OwnPublications.MAX + 3, topics.size());
        assertEquals(
                List.of(TOPICS.gatewayStatus(GATEWAY.name()), TOPICS.gatewaySync(GATEWAY.name())),
                topics.subList(0, 2),
                "a marker behind thousands would be late");
        assertTrue(topics.contains(TOPICS.nodeStatus("n17")), "what is of a node counts for a page that was written");
    }
}
