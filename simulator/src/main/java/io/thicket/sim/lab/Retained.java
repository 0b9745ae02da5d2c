package io.thicket.sim.lab;

import io.thicket.gateway.bridge.Publication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a broker retains: the last message of each topic. There are four for each node, most of which nobody ever asks for, so that each
 * is kept as the codes of its two texts, and all that equals in many of them once.
 */
final class Retained {
    /** All of a message but its texts. */
    private record Head(int qos, long expirySeconds, String contentType, Map<String, String> properties) {}

    /** Those without properties, of which there are a handful. */
    private final Map<Head, Head> plain = new HashMap<>();

    private final TextShapes shapes = new TextShapes();

    /** Of each place the code of the message's topic and behind it that of its payload, null if there is none. Open addressing, at most four fifths full. */
    private byte[] @Nullable [] texts = new byte[1] @Nullable [];

    private @Nullable Head[] heads = new @Nullable Head[1];
    private int size;

    int size() {
        return size;
    }

    /** Keeps the message in place of what its topic had. */
    void put(Publication message) {
        byte[] topic = shapes.code(message.topic());
        byte[] payload = shapes.code(message.payload());
        byte[] text = Arrays.copyOf(topic, topic.length + payload.length);
        System.arraycopy(payload, 0, text, topic.length, payload.length);
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
        int gap = placeOf(shapes.code(topic));
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
                String topic = shapes.text(text, 0);
                if (wanted.test(topic)) {
                    found.add(message(topic, shapes.text(text, shapes.length(text, 0)), head));
                }
            }
        }
        found.sort(Comparator.comparing(Publication::topic));
        return found;
    }

    private static Publication message(String topic, String payload, Head head) {
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
        int topicBytes = shapes.length(text, 0);
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

    /** Whether they begin with the same code, which takes so many bytes of {@code other}. */
    private static boolean isSameTopic(byte[] one, byte[] other, int topicBytes) {
        return one.length >= topicBytes && Arrays.equals(one, 0, topicBytes, other, 0, topicBytes);
    }

    private int next(int place) {
        return place + 1 == texts.length ? 0 : place + 1;
    }
}
