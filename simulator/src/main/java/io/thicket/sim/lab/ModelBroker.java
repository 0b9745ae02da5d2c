package io.thicket.sim.lab;

import io.thicket.gateway.bridge.Heard;
import io.thicket.gateway.bridge.Publication;
import io.thicket.gateway.bridge.TopicScheme;
import io.thicket.sim.scenario.BrokerPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an MQTT 5 broker does, as far as gateways can tell: it retains, keeps sessions for a while, queues for those that are away, and
 * sends again what was not acknowledged. Without time of its own: callers bring and take messages with their delays.
 */
final class ModelBroker {
    private final BrokerPlan plan;
    private final Consumer<Publication> subscriber;
    private final Retained retained = new Retained();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, Filter> filters = new HashMap<>();
    private final Map<List<Filter>, Filters> filterSets = new HashMap<>();

    /** What any session ever subscribed to without a {@code +}. */
    private final Set<String> exactTopics = new HashSet<>();

    private @Nullable Publication lastHeard;
    private @Nullable Heard heard;

    /** A client's connection. */
    abstract static class Client {
        private @Nullable Session session;

        /** A message that waited is on its way; {@link #acknowledged} takes it off. */
        abstract void send(Publication message);

        /** A message that was sent at the moment when it came to the broker is there. */
        abstract void arrived(Publication message);
    }

    private static final class Session {
        /** In order; the first {@link #sent} of them are on their way to the client or there. */
        final Deque<Publication> unacknowledged = new ArrayDeque<>();

        int sent;

        /** Its filters with a {@code +}. */
        Filters shared = new Filters(List.of());

        /** Its filters without. */
        final Set<String> own = new HashSet<>();

        final long expiryMs;

        @Nullable
        Client client;

        long leftAtMs;

        Session(long expiryMs) {
            this.expiryMs = expiryMs;
        }
    }

    /** A broker with one subscriber to everything that is always there. */
    ModelBroker(BrokerPlan plan, Consumer<Publication> subscriber) {
        this.plan = plan;
        this.subscriber = subscriber;
    }

    /** One way to it or from it, ms. */
    long delayMs() {
        return plan.delayMs();
    }

    /** From a publication to its acknowledgement, us. */
    long answerUs() {
        return plan.answerUs();
    }

    /** Connects; a client of the same name loses its connection. Returns whether there was a session. */
    boolean connect(long nowMs, String name, long expiryMs, Client client) {
        Session session = sessions.get(name);
        boolean kept = session != null && (session.client != null || nowMs - session.leftAtMs < session.expiryMs);
        if (session == null || !kept) {
            session = new Session(expiryMs);
            sessions.put(name, session);
        }
        session.client = client;
        client.session = session;
        session.sent = 0;
        pump(session);
        return kept;
    }

    /** Subscribes; what is retained under the filters is sent, in the order of the topics. A {@code +} stands for one level. */
    void subscribe(String name, List<String> wanted) {
        Session session = sessions.get(name);
        if (session == null) {
            return;
        }
        session.own.clear();
        List<Filter> wild = new ArrayList<>();
        for (String filter : wanted) {
            if (filter.indexOf('+') < 0) {
                session.own.add(filter);
            } else {
                wild.add(filters.computeIfAbsent(filter, Filter::new));
            }
        }
        exactTopics.addAll(session.own);
        session.shared = filterSets.computeIfAbsent(wild, Filters::new);
        sendRetained(session, topic -> wants(session, topic, true));
    }

    /** The client subscribed again to one of its filters: what is retained there is sent once more, in the order of the topics. */
    void sendRetained(String name, String wanted) {
        Session session = sessions.get(name);
        if (session == null) {
            return;
        }
        sendRetained(session, filters.computeIfAbsent(wanted, Filter::new)::matches);
    }

    private void sendRetained(Session session, Predicate<String> wanted) {
        retained.of(wanted).forEach(message -> enqueue(session, message));
    }

    /** The connection of {@code client} ended, which is nothing new if another took its place. */
    void disconnect(long nowMs, Client client) {
        Session session = client.session;
        if (session != null && session.client == client) {
            session.client = null;
            session.leftAtMs = nowMs;
        }
    }

    /**
     * A publication arrived. It is on its way to the clients that are returned, and should be {@link Client#arrived there} at the same
     * time: one event for all, however many gateways hear it. To others it is sent when there is room for it.
     */
    List<Client> take(long nowMs, Publication message) {
        if (message.retained() && message.payload().isEmpty()) {
            retained.remove(message.topic());
        } else if (message.retained()) {
            retained.put(message);
        }
        subscriber.accept(message);
        List<Client> sentAtOnce = new ArrayList<>(sessions.size());
        boolean maybeExact = exactTopics.contains(message.topic());
        for (Session session : sessions.values()) {
            boolean alive = session.client != null || nowMs - session.leftAtMs < session.expiryMs;
            if (alive && wants(session, message.topic(), maybeExact) && session.unacknowledged.size() < plan.queued()) {
                session.unacknowledged.add(message);
                Client client = session.client;
                if (client != null && session.sent < plan.inFlight()) {
                    session.sent++; // all before it are on their way: what waited was sent as soon as there was room
                    sentAtOnce.add(client);
                }
            }
        }
        return sentAtOnce;
    }

    /** The message is there, at all clients that {@link #take} returned for it. */
    void arrive(List<Client> clients, Publication message) {
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).arrived(message);
        }
    }

    /** The client has the message. */
    void acknowledged(Client client, Publication message) {
        Session session = client.session;
        if (session != null && session.client == client) {
            if (isNext(session, message) || session.unacknowledged.remove(message)) {
                session.sent--;
            }
            pump(session);
        }
    }

    /** Nearly always it is the eldest. */
    @SuppressWarnings("ReferenceEquality") // of two equal ones it does not matter which one goes
    private static boolean isNext(Session session, Publication message) {
        if (session.unacknowledged.peekFirst() != message) {
            return false;
        }
        session.unacknowledged.removeFirst();
        return true;
    }

    /** It starts anew, with nothing of before. */
    void lose() {
        retained.clear();
        sessions.values().forEach(session -> session.client = null);
        sessions.clear();
    }

    /** A message as gateways of one site read it: once, since all of them get it at the same time. */
    @SuppressWarnings(
            "ReferenceEquality") // the same object is the same message, and comparing all of it costs more than reading
    // it
    Heard read(TopicScheme topics, Publication message) {
        Heard known = heard;
        if (known == null || lastHeard != message) {
            known = Heard.of(topics, message.topic(), message.payload(), message.properties());
            heard = known;
            lastHeard = message;
        }
        return known;
    }

    private void enqueue(Session session, Publication message) {
        if (session.unacknowledged.size() >= plan.queued()) {
            return;
        }
        session.unacknowledged.add(message);
        pump(session);
    }

    private void pump(Session session) {
        Client client = session.client;
        if (client == null || session.sent >= plan.inFlight() || session.sent == session.unacknowledged.size()) {
            return;
        }
        int position = 0;
        for (Publication message : session.unacknowledged) {
            if (position == session.sent && session.sent < plan.inFlight()) {
                session.sent++;
                client.send(message); // It takes its way: nothing is acknowledged within this call.
            } else if (position > session.sent) {
                return;
            }
            position++;
        }
    }

    /** {@code maybeExact}: whether any session may have subscribed to the very topic. */
    private static boolean wants(Session session, String topic, boolean maybeExact) {
        return session.shared.matches(topic) || maybeExact && session.own.contains(topic);
    }

    /** The filters with a {@code +} that some sessions have: all gateways the same, so that a topic is compared with them once. */
    private static final class Filters {
        private final List<Filter> all;
        private String lastTopic = "";
        private boolean lastMatched;

        Filters(List<Filter> all) {
            this.all = List.copyOf(all);
        }

        @SuppressWarnings("ReferenceEquality") // all gateways are asked about the same publication, one after the other
        boolean matches(String topic) {
            if (topic != lastTopic) {
                lastTopic = topic;
                lastMatched = matchesAny(topic);
            }
            return lastMatched;
        }

        private boolean matchesAny(String topic) {
            for (int i = 0; i < all.size(); i++) { // of each message
                if (all.get(i).matches(topic)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A topic filter with at most one {@code +}. */
    private static final class Filter {
        private final String begin;

        /** What follows the {@code +}, null if there is none. */
        private final @Nullable String end;

        Filter(String text) {
            int wild = text.indexOf('+');
            begin = wild < 0 ? text : text.substring(0, wild);
            end = wild < 0 ? null : text.substring(wild + 1);
        }

        boolean matches(String topic) {
            if (end == null) {
                return begin.equals(topic);
            }
            if (!topic.startsWith(begin) || !topic.endsWith(end) || topic.length() < begin.length() + end.length()) {
                return false;
            }
            int slash = topic.indexOf('/', begin.length());
            return (slash < 0 ? topic.length() : slash) == topic.length() - end.length();
        }
    }
}
