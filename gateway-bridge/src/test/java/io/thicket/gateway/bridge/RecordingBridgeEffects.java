package io.thicket.gateway.bridge;

import io.thicket.routing.MessageId;
import io.thicket.routing.SettleStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down what a bridge wants. */
final class RecordingBridgeEffects implements BridgeEffects {
    /** Publications without an answer yet. */
    final Map<Long, Publication> open = new LinkedHashMap<>();

    final List<Publication> published = new ArrayList<>();
    final List<String> settled = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> reconnects = new ArrayList<>();
    final List<Long> heard = new ArrayList<>();
    final List<String> subscribedAgain = new ArrayList<>();
    int stateChanges;

    @Override
    public void publish(long token, Publication publication) {
        open.put(token, publication);
        published.add(publication);
    }

    @Override
    public void heard(long token) {
        heard.add(token);
    }

    @Override
    public void subscribeAgain(String filter) {
        subscribedAgain.add(filter);
    }

    @Override
    public void settle(MessageId message, SettleStatus status) {
        settled.add(message.number() + " " + status);
    }

    @Override
    public void stateChanged() {
        stateChanges++;
    }

    @Override
    public void reconnect(String reason) {
        reconnects.add(reason);
    }

    @Override
    public void warn(String sentence) {
        warnings.add(sentence);
    }

    /** Ids of {@code data} publications in order. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (Publication publication : published) {
            if (publication.topic().endsWith("/data")) {
                ids.add(publication.properties().get("id"));
            }
        }
        return ids;
    }

    List<Publication> on(String topicEnd) {
        return published.stream().filter(p -> p.topic().endsWith(topicEnd)).toList();
    }
}
