package io.thicket.sim.lab;

import io.thicket.gateway.bridge.Publication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a broker retains: the last message of each topic. There are four for each node, most of which nobody ever asks for, so that each
 * is kept as the codes of its two texts, a dozen of them in one array, and all that equals in many of them once.
 */
final class Retained {
    /** Of so many messages in each there are twice as many buckets. */
    private static final int MOST_IN_BUCKET = 16;

    private static final byte[] NO_TEXTS = {};
    private static final Head[] NO_HEADS = {};

    /** All of a message but its texts. */
    private record Head(int qos, long expirySeconds, String contentType, Map<String, String> properties) {}

    /** Those without properties, of which there are a handful. */
    private final Map<Head, Head> plain = new HashMap<>();

    private final TextShapes shapes = new TextShapes();

    /** By the hash of the topic's code. A power of two of them. */
    private Bucket[] buckets = {new Bucket()};

    private int size;

    /** Takes a message that lies in {@code texts}. */
    private interface Visitor {
        void message(byte[] texts, int topicAt, int payloadAt, int end, Head head);
    }

    int size() {
        return size;
    }

    /** Keeps the message in place of what its topic had. */
    void put(Publication message) {
        if (size == MOST_IN_BUCKET * buckets.length) {
            grow();
        }
        byte[] topic = shapes.code(message.topic());
        byte[] payload = shapes.code(message.payload());
        size += bucketOf(topic, 0, topic.length).put(topic, payload, headOf(message)) ? 0 : 1;
    }

    private Head headOf(Publication message) {
        Head its = new Head(message.qos(), message.expirySeconds(), message.contentType(), message.properties());
        return its.properties.isEmpty() ? plain.computeIfAbsent(its, same -> same) : its;
    }

    /** Nothing happens if the topic has none. */
    void remove(String topic) {
        byte[] code = shapes.code(topic);
        size -= bucketOf(code, 0, code.length).remove(code) ? 1 : 0;
    }

    void clear() {
        buckets = new Bucket[] {new Bucket()};
        size = 0;
    }

    /** The messages of those topics, in the order of the topics. */
    List<Publication> of(Predicate<String> wanted) {
        List<Publication> found = new ArrayList<>();
        forEach((texts, topicAt, payloadAt, end, head) -> {
            String topic = shapes.text(texts, topicAt);
            if (wanted.test(topic)) {
                found.add(message(topic, shapes.text(texts, payloadAt), head));
            }
        });
        found.sort(Comparator.comparing(Publication::topic));
        return found;
    }

    private static Publication message(String topic, String payload, Head head) {
        return new Publication(topic, payload, head.qos, true, head.expirySeconds, head.contentType, head.properties);
    }

    private void forEach(Visitor visitor) {
        for (Bucket bucket : buckets) {
            bucket.forEach(visitor);
        }
    }

    private void grow() {
        Bucket[] former = buckets;
        buckets = new Bucket[2 * former.length];
        Arrays.setAll(buckets, i -> new Bucket());
        for (Bucket bucket : former) {
            bucket.forEach((texts, topicAt, payloadAt, end, head) ->
                    bucketOf(texts, topicAt, payloadAt).add(texts, topicAt, end, head));
        }
    }

    /** Where the messages of that topic's code belong. */
    private Bucket bucketOf(byte[] texts, int topicAt, int topicEnd) {
        int hash = 0;
        for (int i = topicAt; i < topicEnd; i++) {
            hash = 31 * hash + texts[i];
        }
        return buckets[(int) (Integer.toUnsignedLong(hash * 0x9e3779b1) * buckets.length >>> 32)];
    }

    /** Some of the messages, one behind the other. */
    private final class Bucket {
        /** The code of each message's topic and, behind it, that of its payload. */
        private byte[] texts = NO_TEXTS;

        private Head[] heads = NO_HEADS;

        /** Keeps a message in place of what its topic had; whether it had one. */
        boolean put(byte[] topic, byte[] payload, Head head) {
            int at = 0;
            for (int i = 0; i < heads.length; i++) {
                int payloadAt = at + shapes.length(texts, at);
                int end = payloadAt + shapes.length(texts, payloadAt);
                if (Arrays.equals(texts, at, payloadAt, topic, 0, topic.length)) {
                    putPayload(payloadAt, end, payload);
                    heads[i] = head;
                    return true;
                }
                at = end;
            }
            byte[] both = Arrays.copyOf(topic, topic.length + payload.length);
            System.arraycopy(payload, 0, both, topic.length, payload.length);
            add(both, 0, both.length, head);
            return false;
        }

        /** In place of the payload there, which nearly always is as long. */
        private void putPayload(int at, int end, byte[] payload) {
            int newEnd = at + payload.length;
            if (newEnd != end) {
                byte[] otherTexts = Arrays.copyOf(texts, newEnd + texts.length - end);
                System.arraycopy(texts, end, otherTexts, newEnd, texts.length - end);
                texts = otherTexts;
            }
            System.arraycopy(payload, 0, texts, at, payload.length);
        }

        /** The message of a topic that has none here. */
        void add(byte[] from, int at, int end, Head head) {
            int size = texts.length;
            texts = Arrays.copyOf(texts, size + end - at);
            System.arraycopy(from, at, texts, size, end - at);
            heads = Arrays.copyOf(heads, heads.length + 1);
            heads[heads.length - 1] = head;
        }

        /** Whether there was a message of the topic with that code. */
        boolean remove(byte[] topic) {
            int at = 0;
            for (int i = 0; i < heads.length; i++) {
                int payloadAt = at + shapes.length(texts, at);
                int end = payloadAt + shapes.length(texts, payloadAt);
                if (Arrays.equals(texts, at, payloadAt, topic, 0, topic.length)) {
                    removeAt(i, at, end);
                    return true;
                }
                at = end;
            }
            return false;
        }

        private void removeAt(int place, int at, int end) {
            byte[] otherTexts = Arrays.copyOf(texts, texts.length - (end - at));
            System.arraycopy(texts, end, otherTexts, at, texts.length - end);
            texts = otherTexts;
            Head[] otherHeads = Arrays.copyOf(heads, heads.length - 1);
            System.arraycopy(heads, place + 1, otherHeads, place, otherHeads.length - place);
            heads = otherHeads;
        }

        void forEach(Visitor visitor) {
            int at = 0;
            for (Head head : heads) {
                int payloadAt = at + shapes.length(texts, at);
                int end = payloadAt + shapes.length(texts, payloadAt);
                visitor.message(texts, at, payloadAt, end, head);
                at = end;
            }
        }
    }
}
