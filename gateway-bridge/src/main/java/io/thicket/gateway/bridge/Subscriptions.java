package io.thicket.gateway.bridge;

import java.util.List;

/**
 * What a gateway listens to at the broker.
 *
 * @param filters topic filters to subscribe to, at QoS 1
 * @param former filters of a gateway of this name with the other value of {@code no_subscribers}. A session that the broker kept may have
 *     them: they are to be given up, and if one was there, the session did not hear what this gateway hears
 */
public record Subscriptions(List<String> filters, List<String> former) {
    public Subscriptions {
        filters = List.copyOf(filters);
        former = List.copyOf(former);
    }

    /** Those of {@code gateway}; without readings the broker's "no matching subscribers" is about others only. */
    static Subscriptions of(TopicScheme topics, String gateway, boolean hearsReadings) {
        String pages = topics.published("+");
        String sync = topics.gatewaySync(gateway);
        String data = topics.nodeData("+");
        String statuses = topics.gatewayStatus("+");
        String claims = topics.gatewayClaim("+");
        // Of no use but as a mark of sessions without readings.
        String ownStatus = topics.gatewayStatus(gateway);
        return hearsReadings
                // The few statuses first: a broker drops what waits beyond its limit, and pages there may be thousands.
                ? new Subscriptions(List.of(statuses, pages, sync, data, claims), List.of(ownStatus))
                : new Subscriptions(List.of(pages, sync, ownStatus), List.of(statuses, data, claims));
    }
}
