package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import io.thicket.routing.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The forward proxy of RFC 7252 section 5.7: a request for {@code coap://NAME/...} goes over the mesh to the node of that
 * name. If this node does not know the name or has no route, the gateway is asked to do it, once. Observe is not passed
 * on: the answer to an observe request is a plain answer.
 */
final class MeshProxy {
    /** Most requests on their way at one time; more are answered 5.03. */
    static final int MAX_FORWARDS = 32;

    /** Most clients that wait for the same answer. */
    static final int MAX_WAITERS = 16;

    /** Longest wait for an answer over the mesh: a lost request and a lost answer, each repeated, fit. */
    static final long TIMEOUT_MS = 60_000;

    /** How long a search for a route may take before a gateway that is in reach is asked instead (ADR 6). */
    static final long SEARCH_PATIENCE_MS = 2_000;

    private static final int RETRY_AFTER_S = 5;

    private final CoapHost host;
    private final MeshClient client;
    private final Patience patience;
    private final Timers timers;
    private final CommandAccess access;
    private final ToldOnce once;
    private final Map<String, Forward> forwards = new LinkedHashMap<>();
    private long unshared;

    MeshProxy(CoapHost host, MeshClient client, Patience patience, Timers timers, CommandAccess access, ToldOnce once) {
        this.host = host;
        this.client = client;
        this.patience = patience;
        this.timers = timers;
        this.access = access;
        this.once = once;
    }

    /**
     * Takes a request if it is one for a proxy and for another node. Returns false if the request is for this node's own
     * resources, then {@code Uri-Path} and {@code Uri-Query} say which.
     *
     * @param fromMesh whether another node asks; then the gateway is not asked in turn
     */
    boolean handle(Exchange exchange, boolean fromMesh) {
        OptionSet options = exchange.getRequest().getOptions();
        if (options.hasProxyUri()) { // one that could be read is Proxy-Scheme by now
            return refuse(exchange, ResponseCode.BAD_REQUEST, "Proxy-Uri is not coap://NODE/path");
        }
        if (!options.hasProxyScheme()) {
            return false;
        }
        if (!options.getProxyScheme().equals("coap")) {
            return refuse(
                    exchange,
                    ResponseCode.PROXY_NOT_SUPPORTED,
                    "only coap:// is forwarded, not " + options.getProxyScheme() + "://");
        }
        String name = options.getUriHost();
        if (name == null || name.isEmpty()) {
            return refuse(exchange, ResponseCode.BAD_REQUEST, "the URI names no node");
        }
        Optional<NodeId> target = host.resolve(name);
        NodeId self = host.snapshot().id();
        if (target.isPresent() && target.get().equals(self)) {
            return false;
        }
        if (options.getOthers().stream().anyMatch(option -> option.isCritical() && option.isUnSafe())) {
            return refuse(exchange, ResponseCode.BAD_OPTION, "a critical option is not known to this proxy");
        }
        // The mesh vouches for its nodes, and this node for its clients: it must not lend strangers its voice.
        if (!fromMesh && !isSafe(exchange.getRequest()) && !access.local()) {
            return refuse(
                    exchange, ResponseCode.FORBIDDEN, access.refusal(false).orElse(""));
        }
        // RFC 8768 section 3: decrement, and refuse when nothing is left.
        int left = HopLimit.of(options).orElse(0) - 1;
        if (left < 0) {
            return refuse(exchange, ResponseCode.BAD_REQUEST, "Hop-Limit is 1 to 255");
        }
        if (left == 0) {
            exchange.sendResponse(HopLimit.reached(host.snapshot().name()));
            return true;
        }
        if (!isSafe(exchange.getRequest()) && (ToldOnce.refusesRest(exchange) || !once.isNew(exchange))) {
            return true;
        }
        patience.acknowledgeLater(exchange, fromMesh);
        start(exchange, new Job(name, target, fromMesh, left, self));
        return true;
    }

    /** What to do with a request. {@code hopLimit} is what the next proxy would get. */
    private record Job(String name, Optional<NodeId> target, boolean fromMesh, int hopLimit, NodeId self) {}

    private void start(Exchange exchange, Job job) {
        Request request = exchange.getRequest();
        Request direct = copy(request);
        String key =
                job.name() + (job.fromMesh() ? " mesh " : " local ") + direct.getCode() + ' ' + direct.getOptions();
        boolean shareable = direct.getCode() == CoAP.Code.GET && direct.getPayloadSize() == 0;
        Forward known = shareable ? forwards.get(key) : null;
        if (known != null && known.waiters.size() < MAX_WAITERS) {
            known.waiters.add(exchange);
            return;
        }
        if (forwards.size() >= MAX_FORWARDS || known != null) {
            Response busy = text(ResponseCode.SERVICE_UNAVAILABLE, "too many requests are on their way, try again");
            busy.getOptions().setMaxAge(RETRY_AFTER_S);
            exchange.sendResponse(busy);
            return;
        }
        Forward forward = new Forward(shareable ? key : key + " #" + ++unshared, job, exchange);
        forwards.put(forward.key, forward);
        if (job.target().isPresent()) {
            boolean searching = !host.hasRoute(job.target().get());
            client.send(job.target().get(), direct, TIMEOUT_MS, forward.new Attempt(false));
            forward.mayHaveArrived |= !searching;
            // A request that may change something is not asked for twice: it waits until the search has failed.
            if (searching && !forward.chained && isSafe(direct)) {
                forward.searching = timers.at(timers.nowMs() + SEARCH_PATIENCE_MS, forward::searchedLongEnough);
            }
        } else {
            askGateway(forward, "no node is known as '" + job.name() + "'");
        }
    }

    /** There is a route to {@code to} now: what waited for it leaves, and is not sent again some other way if it may change something. */
    void onReachable(NodeId to) {
        for (Forward forward : forwards.values()) {
            forward.mayHaveArrived |= forward.job.target().equals(Optional.of(to));
        }
    }

    /** RFC 7252 section 5.1. */
    private static boolean isSafe(Request request) {
        return request.getCode() == CoAP.Code.GET || request.getCode() == CoAP.Code.FETCH;
    }

    /** Asks the gateway's proxy to do what this node cannot. {@code problem} is the answer if there is no such help. */
    private void askGateway(Forward forward, String problem) {
        Job job = forward.job;
        Optional<NodeId> gateway = host.gateway();
        boolean canHelp = canHelp(forward);
        if (!canHelp) {
            boolean gatewayMissing = !forward.chained && !job.fromMesh() && !host.isGateway() && gateway.isEmpty();
            boolean unknownHere = job.target().isEmpty() && host.isGateway();
            String hint = gatewayMissing
                    ? "; no gateway is in reach to ask"
                    : unknownHere ? " at the gateway; its NodeId would do" : "";
            forward.finish(text(ResponseCode.BAD_GATEWAY, problem + hint));
            return;
        }
        if (job.hopLimit() == 1) { // the gateway's proxy would answer 5.08, which the library reads as 5.00
            forward.finish(HopLimit.reached(host.snapshot().name()));
            return;
        }
        forward.chained = true;
        Request chained = copy(forward.first.getRequest());
        chained.getOptions().setProxyScheme("coap").setUriHost(job.name());
        chained.getOptions().addOtherOption(HopLimit.option(job.hopLimit()));
        chained.setScheme("coap+" + job.name()); // keeps blocks from two nodes behind one gateway apart
        client.send(gateway.get(), chained, TIMEOUT_MS, forward.new Attempt(true));
    }

    /** Whether a gateway is in reach that can be asked: once, and only for somebody here. */
    private boolean canHelp(Forward forward) {
        Job job = forward.job;
        Optional<NodeId> gateway = host.gateway();
        return !forward.chained
                && !job.fromMesh()
                && !host.isGateway()
                && gateway.isPresent()
                && !gateway.equals(Optional.of(job.self()))
                && !gateway.equals(job.target());
    }

    /** The request as it goes on: without what ends at a proxy (RFC 7252 section 5.7.2) and without Observe and blocks. */
    private static Request copy(Request request) {
        Request copy = new Request(request.getCode(), CoAP.Type.CON);
        OptionSet options = new OptionSet(request.getOptions());
        options.removeProxyScheme().removeUriHost().removeUriPort();
        options.removeObserve().removeBlock1().removeBlock2().removeSize1().removeSize2();
        options.clearOtherOption(HopLimit.OPTION);
        for (Option option : List.copyOf(options.getOthers())) {
            if (option.isUnSafe()) {
                options.clearOtherOption(option);
            }
        }
        copy.setOptions(options);
        copy.setPayload(request.getPayload());
        return copy;
    }

    private boolean refuse(Exchange exchange, ResponseCode code, String diagnostic) {
        exchange.sendResponse(text(code, diagnostic));
        return true;
    }

    /** A response with a diagnostic payload (RFC 7252 section 5.5.2). */
    static Response text(ResponseCode code, String diagnostic) {
        Response response = new Response(code);
        response.setPayload(diagnostic);
        return response;
    }

    /** A fresh copy, since each waiter's answer gets its own token, blocks and message id. */
    static Response copyOf(Response response) {
        Response copy = response.getRawCode() == response.getCode().value
                ? new Response(response.getCode())
                : HopLimit.reached(response.getPayloadString());
        OptionSet options = new OptionSet(response.getOptions());
        options.removeObserve().removeBlock1().removeBlock2().removeSize2();
        copy.setOptions(options);
        copy.setPayload(response.getPayload());
        return copy;
    }

    /** One request on its way over the mesh, and everybody who waits for its answer. */
    private final class Forward {
        private final String key;
        private final Job job;
        private final Exchange first;
        private final List<Exchange> waiters = new ArrayList<>();
        private boolean chained;
        private boolean mayHaveArrived;
        private boolean done;
        private Timers.@Nullable Handle searching;

        Forward(String key, Job job, Exchange first) {
            this.key = key;
            this.job = job;
            this.first = first;
            waiters.add(first);
        }

        /** No route yet: the gateway may be the shorter way to an answer. Whichever answers first is heard. */
        void searchedLongEnough() {
            boolean found =
                    job.target().isPresent() && host.hasRoute(job.target().get());
            if (!done && !found && canHelp(this)) {
                askGateway(this, "no route to '" + job.name() + "'");
            }
        }

        void finish(Response response) {
            if (done) {
                return;
            }
            done = true;
            if (searching != null) {
                searching.cancel();
            }
            forwards.remove(key);
            for (Exchange waiter : waiters) {
                waiter.sendResponse(copyOf(response));
            }
        }

        /** One request over the mesh: to the node itself, or to the gateway's proxy. */
        private final class Attempt implements MeshClient.Answer {
            private final boolean throughGateway;

            Attempt(boolean throughGateway) {
                this.throughGateway = throughGateway;
            }

            @Override
            public void onResponse(Response response) {
                finish(response);
            }

            @Override
            public void onFailure(MeshClient.Failure failure) {
                if (done || chained && !throughGateway) {
                    return; // the gateway is being asked
                }
                String who = "'" + job.name() + "'" + (chained ? " through the gateway" : "");
                switch (failure) {
                    case NO_ROUTE -> {
                        if (mayHaveArrived && !isSafe(first.getRequest())) {
                            finish(text(
                                    ResponseCode.GATEWAY_TIMEOUT,
                                    "the way to " + who + " was lost; whether it heard the request is not known"));
                        } else {
                            askGateway(Forward.this, "no route to " + who);
                        }
                    }
                    case TIMEOUT -> finish(text(ResponseCode.GATEWAY_TIMEOUT, "no answer from " + who));
                    case REJECTED -> finish(text(ResponseCode.BAD_GATEWAY, "unusable answer from " + who));
                    case SUPERSEDED ->
                        finish(text(ResponseCode.SERVICE_UNAVAILABLE, "another request to " + who + " came first"));
                }
            }
        }
    }
}
