package io.thicket.sim.bridge;

import io.thicket.gateway.GatewayConfig;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.gateway.mqtt.BrokerListener;
import io.thicket.sim.lab.Lab;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hears at the real broker what the gateways publish: a reading of a bridged run counts as delivered when this subscriber, which has a
 * connection of its own, has got it.
 */
final class BrokerWitness implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("([a-z0-9_-]{1,32})/([0-9]{1,15})/([0-9]{1,18})");
    private static final Pattern HOPS = Pattern.compile("[0-9]{1,3}");

    /** How long Paho's thread waits for a place in the queue before the message must come again. */
    private static final long PATIENCE_MS = 5_000;

    private final BrokerListener listener;

    private BrokerWitness(BrokerListener listener) {
        this.listener = listener;
    }

    /**
     * Subscribes to the readings of the site.
     *
     * @throws IOException if the broker does not answer; the message is for people
     */
    static BrokerWitness open(GatewayConfig broker, String site, Posts posts, Lab lab) throws IOException {
        TopicScheme topics = broker.topics(site);
        String name = "witness-" + ProcessHandle.current().pid();
        return new BrokerWitness(BrokerListener.open(
                broker.mqttSettings(site, name),
                List.of(topics.nodeData("+")),
                (topic, payload, properties) -> heard(properties, payload, posts, lab)));
    }

    private static boolean heard(Map<String, String> properties, String payload, Posts posts, Lab lab) {
        Matcher id = ID.matcher(properties.getOrDefault("id", ""));
        String hops = properties.getOrDefault("hops", "");
        if (!id.matches() || !HOPS.matcher(hops).matches()) {
            return true; // somebody else's message
        }
        String name = id.group(1);
        long epoch = Long.parseLong(id.group(2));
        long seq = Long.parseLong(id.group(3));
        return posts.postWithin(
                () -> lab.publishedOutside(name, epoch, seq, Integer.parseInt(hops), payload), PATIENCE_MS);
    }

    /** Why it hears nothing now, empty if it does. */
    String problem() {
        return listener.problem();
    }

    @Override
    public void close() {
        listener.close();
    }
}
