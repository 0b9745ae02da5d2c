package io.thicket.sim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.Test;

/** The one test here with real sockets: the broker, the judge and a publisher on loopback. */
class EmbeddedBrokerTest {
    @Test
    void the_judge_sees_what_is_published_on_the_built_in_broker() throws Exception {
        ReadingBook book = new ReadingBook();
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                DemoSubscriber judge = DemoSubscriber.connect(broker.url(), "demo", book, () -> 1042)) {
            long serial = book.made("n5", 1, 1000);
            book.carried("n5/1/1", 6);

            publish(broker.url(), "thicket/v1/demo/n/n5/data", "n5/1/1", serial);
            publish(broker.url(), "thicket/v1/other/n/n5/data", "n5/1/9", serial);
            publish(broker.url(), "thicket/v1/demo/n/n5/data", "n5/1/1", serial);

            await(() -> !book.duplicates().isEmpty());
            assertEquals(1, book.delivered());
            assertEquals(42, book.latencyMs(50));
            assertEquals(6, book.newest(1).get(0).hops());
            assertEquals("", judge.problem());
        }
    }

    @Test
    void a_second_broker_takes_another_port() throws IOException {
        try (EmbeddedBroker one = EmbeddedBroker.start();
                EmbeddedBroker other = EmbeddedBroker.start()) {
            assertNotEquals(one.port(), other.port());
        }
    }

    @Test
    void no_broker_is_one_clear_sentence() {
        IOException refused = assertThrows(
                IOException.class,
                () -> DemoSubscriber.connect("tcp://127.0.0.1:1", "demo", new ReadingBook(), () -> 0));

        assertTrue(refused.getMessage().startsWith("no MQTT 5 broker answers at tcp://127.0.0.1:1: "));
    }

    private static void publish(String url, String topic, String id, long serial) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(url, "publisher", new MemoryPersistence());
        try {
            client.connect().waitForCompletion(5000);
            MqttMessage message = new MqttMessage(
                    ("[{\"bn\":\"x:\",\"n\":\"serial\",\"v\":" + serial + "}]").getBytes(StandardCharsets.UTF_8));
            message.setQos(1);
            MqttProperties properties = new MqttProperties();
            properties.getUserProperties().add(new UserProperty("id", id));
            message.setProperties(properties);
            client.publish(topic, message).waitForCompletion(5000);
            client.disconnect().waitForCompletion(5000);
        } finally {
            client.close(true);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "nothing happened for 10 s");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
