package io.thicket.gateway.mqtt;

import static io.thicket.gateway.mqtt.TestHost.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A subscriber against a real mosquitto that ends at the worst moment. Skipped where mosquitto is not installed. */
class BrokerListenerTest {
    private static final String TOPIC = "thicket/v1/farm/n/barn/data";

    @TempDir
    Path directory;

    private final CountDownLatch published = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private static MqttSettings settings(Mosquitto broker) {
        return new MqttSettings(broker.url(), "", null, "ear", Duration.ofSeconds(30), Duration.ofSeconds(1));
    }

    private static void publish(Mosquitto broker, String payload) throws Exception {
        Process process = new ProcessBuilder(
                        Mosquitto.find("mosquitto_pub"),
                        "-V",
                        "5",
                        "-p",
                        Integer.toString(broker.port),
                        "-q",
                        "1",
                        "-t",
                        TOPIC,
                        "-m",
                        payload)
                .inheritIO()
                .start();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private Mosquitto lastingBroker() throws Exception {
        return new Mosquitto(
                directory, "allow_anonymous true", "persistence true", "persistence_location " + directory + "/");
    }

    /** As system test (o) once met it: the broker ended between a reading and its acknowledgement, and the reading counted as a duplicate. */
    @Test
    void what_was_taken_is_not_heard_again_though_its_acknowledgement_was_lost() throws Exception {
        try (Mosquitto broker = lastingBroker();
                BrokerListener listener =
                        BrokerListener.open(settings(broker), List.of(TOPIC), (topic, payload, more) -> {
                            heard.add(payload);
                            if (heard.size() == 1) {
                                stop(broker);
                            }
                            return true;
                        })) {
            publish(broker, "last");
            published.countDown();
            assertTrue(stopped.await(15, TimeUnit.SECONDS));
            broker.startBroker();
            publish(broker, "after");

            await("what came after", 20, () -> heard.contains("after"));
            assertEquals(List.of("last", "after"), heard);
        }
    }

    @Test
    void what_was_not_taken_comes_again_and_two_publications_are_two() throws Exception {
        try (Mosquitto broker = lastingBroker();
                BrokerListener listener =
                        BrokerListener.open(settings(broker), List.of(TOPIC), (topic, payload, more) -> {
                            heard.add(payload);
                            return !payload.equals("refused") || heard.size() > 1;
                        })) {
            publish(broker, "refused");
            await("the refused one", 10, () -> heard.size() == 1);
            broker.stopBroker();
            broker.startBroker();
            await("the refused one again", 20, () -> heard.size() == 2);
            publish(broker, "twice");
            publish(broker, "twice");

            await("both", 10, () -> heard.size() == 4);
            assertEquals(List.of("refused", "refused", "twice", "twice"), heard);
            assertEquals("", listener.problem());
        }
    }

    /** Not before the publisher has had its acknowledgement. */
    private void stop(Mosquitto broker) {
        try {
            assertTrue(published.await(10, TimeUnit.SECONDS));
            broker.stopBroker();
            stopped.countDown();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
