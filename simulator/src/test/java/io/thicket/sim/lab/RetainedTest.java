package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thicket.gateway.bridge.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RetainedTest {
    private static final List<String> BEGINNINGS =
            List.of("", "a/", "ä/", "a/b/", "x".repeat(TextShapes.MAX_LENGTH) + "/");

    /** Some topics are the beginnings of others, some take more bytes than letters, and some are too long to have a shape. */
    private static Publication message(SplittableRandom random, int topics) {
        String topic = BEGINNINGS.get(random.nextInt(BEGINNINGS.size())) + random.nextInt(topics);
        String payload = random.nextInt(5) == 0 ? "21 °C\0" : "" + random.nextInt(1_000);
        Map<String, String> properties = random.nextInt(4) == 0 ? Map.of("hops", "" + random.nextInt(3)) : Map.of();
        String type = random.nextBoolean() ? "text/plain" : "";
        return new Publication(topic, payload, random.nextInt(2), true, random.nextInt(2) * 60L, type, properties);
    }

    @Test
    void it_does_what_a_tree_of_messages_does() {
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 200; run++) {
            Retained retained = new Retained();
            TreeMap<String, Publication> model = new TreeMap<>();
            int topics = 1 << random.nextInt(7);
            for (int i = 0; i < 300; i++) {
                Publication message = message(random, topics);
                if (random.nextInt(3) == 0) {
                    retained.remove(message.topic());
                    model.remove(message.topic());
                } else {
                    retained.put(message);
                    model.put(message.topic(), message);
                }
                assertEquals(model.size(), retained.size());
            }
            assertEquals(new ArrayList<>(model.values()), retained.of(topic -> true));
            assertEquals(
                    model.values().stream()
                            .filter(message -> message.topic().startsWith("a"))
                            .toList(),
                    retained.of(topic -> topic.startsWith("a")));
            retained.clear();
            assertEquals(List.of(), retained.of(topic -> true));
            assertEquals(0, retained.size());
        }
    }
}
