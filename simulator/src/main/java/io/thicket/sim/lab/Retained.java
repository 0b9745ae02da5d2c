package io.thicket.sim.lab;

import io.thicket.gateway.bridge.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a broker retains: the last message of each topic. There are four for each node, most of which nobody ever asks for, so that each
 * is kept as the bytes of its two texts, and all that equals in many of them once.
 */
final class Retained {
    /** All of a message but its texts. */
    private record Head(int qos, long expirySeconds, String contentType, Map<String, String> properties) {}

    /** Between topic and payload: no MQTT topic has it (MQTT 5 section 4.7.3). */
    private static final char END_OF_TOPIC = 0;

    /** Those without properties, of which there are a handful. */
    private final Map<Head, Head> plain = new HashMap<>();

    /** Of each place the texts of the message there, null if there is none. Open addressing, at most four fifths full. */
    private byte[] @Nullable [] texts = new byte[1] @Nullable [];

    private @Nullable Head[] heads = new @Nullable Head[1];
    private int size;

    int size() {
        return size;
    }

    /** Keeps the message in place of what its topic had. */
    void put(Publication message) {
        byte[] text = bytes(message.topic() + END_OF_TOPIC + message.payload());
        if (5 * (size + 1) > 4 * texts.length) {
            grow();
        }
        int place = placeOf(text);
        size += texts[place] == null ? 1 : 0;
        texts[place] = text;
        heads[place] = headOf(message);
    }

    private Head headOf(Publication message) {
        Head its = new Head(message.qos(), message.expirySeconds(), message.contentType(), message.properties());
        return its.properties.isEmpty() ? plain.computeIfAbsent(its, same -> same) : its;
    }

    /** Nothing happens if the topic has none. */
    void remove(String topic) {
        int gap = placeOf(bytes(topic + END_OF_TOPIC));
        if (texts[gap] == null) {
            return;
        }
        size--;
        texts[gap] = null;
        heads[gap] = null;
        // What lies behind may have been put off by what is gone now.
        for (int place = next(gap); texts[place] != null; place = next(place)) {
            move(texts, heads, place);
        }
    }

    void clear() {
        texts = new byte[1] @Nullable [];
        heads = new @Nullable Head[1];
        size = 0;
    }

    /** The messages of those topics, in the order of the topics. */
    List<Publication> of(Predicate<String> wanted) {
        List<Publication> found = new ArrayList<>();
        for (int place = 0; place < texts.length; place++) {
            byte[] text = texts[place];
            Head head = heads[place];
            if (text != null && head != null) {
                int topicBytes = topicBytes(text);
                String topic = new String(text, 0, topicBytes, StandardCharsets.UTF_8);
                if (wanted.test(topic)) {
                    found.add(message(topic, text, topicBytes, head));
                }
            }
        }
        found.sort(Comparator.comparing(Publication::topic));
        return found;
    }

    private static Publication message(String topic, byte[] text, int topicBytes, Head head) {
        String payload = new String(text, topicBytes + 1, text.length - topicBytes - 1, StandardCharsets.UTF_8);
        return new Publication(topic, payload, head.qos, true, head.expirySeconds, head.contentType, head.properties);
    }

    private void grow() {
        byte[] @Nullable [] formerTexts = texts;
        @Nullable Head[] formerHeads = heads;
        int places = formerTexts.length + formerTexts.length / 4 + 1; // not twice as many: half of them would be empty
        texts = new byte[places] @Nullable [];
        heads = new @Nullable Head[places];
        for (int place = 0; place < formerTexts.length; place++) {
            move(formerTexts, formerHeads, place);
        }
    }

    /** What is at that place of those arrays goes to where it belongs now, if anything is. */
    private void move(byte[] @Nullable [] fromTexts, @Nullable Head[] fromHeads, int from) {
        byte[] text = fromTexts[from];
        if (text != null) {
            Head head = fromHeads[from];
            fromTexts[from] = null;
            fromHeads[from] = null;
            int place = placeOf(text);
            texts[place] = text;
            heads[place] = head;
        }
    }

    /** Where the message of that text's topic is, or would be put. */
    private int placeOf(byte[] text) {
        int topicBytes = topicBytes(text);
        int hash = 0;
        for (int i = 0; i < topicBytes; i++) {
            hash = 31 * hash + text[i];
        }
        int place = (int) (Integer.toUnsignedLong(hash * 0x9e3779b1) * texts.length >>> 32);
        for (byte[] there = texts[place]; there != null; there = texts[place]) {
            if (isSameTopic(there, text, topicBytes)) {
                return place;
            }
            place = next(place);
        }
        return place;
    }

    /** Whether they have the same bytes up to the end of the topic and at it. */
    private static boolean isSameTopic(byte[] one, byte[] other, int topicBytes) {
        int i = 0;
        while (i <= topicBytes && i < one.length && one[i] == other[i]) {
            i++;
        }
        return i > topicBytes;
    }

    private int next(int place) {
        return place + 1 == texts.length ? 0 : place + 1;
    }

    private static int topicBytes(byte[] text) {
        int end = 0;
        while (text[end] != END_OF_TOPIC) {
            end++;
        }
        return end;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
