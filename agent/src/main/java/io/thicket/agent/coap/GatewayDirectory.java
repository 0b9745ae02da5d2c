package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import io.thicket.routing.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;

/**
 * What the gateway knows about the nodes of the mesh: every node tells its name on the way of its readings, so the gateway
 * hears of all, and the others only of some. Fetched on demand with {@code GET /directory} over the mesh and kept for
 * {@link #FRESH_MS}. Used on the loop only.
 */
final class GatewayDirectory implements MeshClient.Answer {
    /** How long an answer is used, and for how long a failure is not tried again. */
    static final long FRESH_MS = 10_000;

    /** Longest wait for the gateway. */
    static final long TIMEOUT_MS = 10_000;

    /** Most waiting requests for {@code /nodes}; more are answered with what is there. */
    static final int MAX_WAITING = 32;

    /** How the last fetch went. */
    enum State {
        /** This node is a gateway: it knows best. */
        OWN,
        /** No gateway is known. */
        NO_GATEWAY,
        /** The gateway has not answered. */
        UNREACHABLE,
        /** The gateway's answer. */
        FETCHED
    }

    private final CoapHost host;
    private final MeshClient client;
    private final Timers timers;
    private final List<Runnable> waiting = new ArrayList<>();
    private List<DirectoryEntry> entries = List.of();
    private State state = State.NO_GATEWAY;
    private boolean asking;
    private boolean asked;
    private long askedAtMs;

    GatewayDirectory(CoapHost host, MeshClient client, Timers timers) {
        this.host = host;
        this.client = client;
        this.timers = timers;
    }

    /** The node that {@code name} names here, else in what the gateway said last. */
    Optional<NodeId> resolve(String name) {
        Optional<NodeId> here = host.resolve(name);
        if (here.isPresent()) {
            return here;
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        List<DirectoryEntry> named = entries.stream()
                .filter(entry -> entry.label().equals(wanted) || entry.name().equals(wanted))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0).id()) : Optional.empty();
    }

    State state() {
        return host.isGateway() ? State.OWN : state;
    }

    /** What the gateway said last; empty unless {@link #state()} is {@link State#FETCHED}. */
    List<DirectoryEntry> entries() {
        return state() == State.FETCHED ? entries : List.of();
    }

    /** Whether asking now would bring nothing new. */
    boolean isFresh() {
        return host.isGateway() || asked && !asking && timers.nowMs() - askedAtMs < FRESH_MS;
    }

    /** Asks the gateway, then runs {@code whenDone}, whatever the outcome. */
    void refresh(Runnable whenDone) {
        if (waiting.size() >= MAX_WAITING) {
            whenDone.run();
            return;
        }
        Optional<NodeId> gateway = host.gateway();
        if (gateway.isEmpty() && !asking) {
            state = State.NO_GATEWAY;
            whenDone.run();
            return;
        }
        waiting.add(whenDone);
        if (!asking) {
            asking = true;
            Request request = new Request(CoAP.Code.GET, CoAP.Type.CON);
            request.getOptions().setUriPath(DirectoryEntry.PATH);
            client.send(gateway.orElseThrow(), request, TIMEOUT_MS, this);
        }
    }

    @Override
    public void onResponse(Response response) {
        if (response.getCode() == ResponseCode.CONTENT) {
            entries = DirectoryEntry.parse(new String(response.getPayload(), StandardCharsets.US_ASCII));
            done(State.FETCHED);
        } else {
            done(State.UNREACHABLE);
        }
    }

    @Override
    public void onFailure(MeshClient.Failure failure) {
        done(State.UNREACHABLE);
    }

    private void done(State outcome) {
        state = outcome;
        asking = false;
        asked = true;
        askedAtMs = timers.nowMs();
        List<Runnable> waited = List.copyOf(waiting);
        waiting.clear();
        waited.forEach(Runnable::run);
    }
}
