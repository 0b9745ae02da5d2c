package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import io.thicket.routing.NodeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.Endpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.jspecify.annotations.Nullable;

/** Sends requests over the mesh endpoint and reports each outcome exactly once. Used on the loop only. */
final class MeshClient {
    /** CoAP header, token, options and payload marker beside a block, in bytes; the rest of a message is payload. */
    private static final int OVERHEAD_BYTES = 48;

    private static final int MIN_BLOCK_BYTES = 16;
    private static final int MAX_BLOCK_BYTES = 1024;

    /** Why there is no response. */
    enum Failure {
        NO_ROUTE,
        TIMEOUT,
        REJECTED,
        SUPERSEDED
    }

    /** Who waits for the outcome. */
    interface Answer {
        void onResponse(Response response);

        void onFailure(Failure failure);
    }

    private final long meshPrefix;
    private final CoapHost host;
    private final Supplier<Endpoint> endpoint;
    private final Timers timers;

    /** As many as there are requests on their way; their senders bound them. */
    private final Set<Pending> waiting = new LinkedHashSet<>();

    MeshClient(long meshPrefix, CoapHost host, Supplier<Endpoint> endpoint, Timers timers) {
        this.meshPrefix = meshPrefix;
        this.host = host;
        this.endpoint = endpoint;
        this.timers = timers;
    }

    /** The largest block that a message of {@code maxPayloadBytes} bytes can carry: a power of two, 16 to 1024. */
    static int blockBytes(int maxPayloadBytes) {
        int room = Math.min(maxPayloadBytes - OVERHEAD_BYTES, MAX_BLOCK_BYTES);
        return Math.max(MIN_BLOCK_BYTES, Integer.highestOneBit(Math.max(room, 1)));
    }

    /** Sends {@code request} to {@code to} and waits for at most {@code timeoutMs}. */
    void send(NodeId to, Request request, long timeoutMs, Answer answer) {
        int szx = BlockOption.size2Szx(blockBytes(host.maxPayloadBytes(to)));
        if (request.getCode() == CoAP.Code.GET) {
            request.getOptions().setBlock2(szx, false, 0); // RFC 7959 section 2.4: say the size before the first answer
        } else if (request.getPayloadSize() > BlockOption.szx2Size(szx)) {
            request.getOptions().setBlock1(szx, false, 0);
        }
        request.setDestinationContext(new AddressEndpointContext(MeshConnector.socketAddress(meshPrefix, to)));
        Pending pending = new Pending(to, request, answer);
        waiting.add(pending);
        pending.deadline = timers.at(timers.nowMs() + timeoutMs, pending::expire);
        request.addMessageObserver(pending);
        endpoint.get().sendRequest(request);
    }

    /** No route to {@code to} was found: whatever waits for its answer is told. */
    void unreachable(NodeId to) {
        for (Pending pending : List.copyOf(waiting)) {
            if (pending.to.equals(to)) {
                pending.fail(Failure.NO_ROUTE);
                pending.request.cancel();
            }
        }
    }

    private final class Pending extends MessageObserverAdapter {
        private final NodeId to;
        private final Request request;
        private final Answer answer;
        private Timers.@Nullable Handle deadline;
        private boolean done;

        Pending(NodeId to, Request request, Answer answer) {
            this.to = to;
            this.request = request;
            this.answer = answer;
        }

        void expire() {
            fail(Failure.TIMEOUT);
            request.cancel();
        }

        @Override
        public void onResponse(Response response) {
            if (finish()) {
                answer.onResponse(response);
            }
        }

        @Override
        public void onTimeout() {
            fail(Failure.TIMEOUT);
        }

        @Override
        public void onReject() {
            fail(Failure.REJECTED);
        }

        @Override
        public void onCancel() {
            fail(Failure.SUPERSEDED);
        }

        @Override
        public void onSendError(Throwable error) {
            fail(error instanceof MeshConnector.NoRouteException ? Failure.NO_ROUTE : Failure.REJECTED);
        }

        @Override
        public void onResponseHandlingError(Throwable cause) {
            fail(Failure.REJECTED);
        }

        private void fail(Failure failure) {
            if (finish()) {
                answer.onFailure(failure);
            }
        }

        private boolean finish() {
            if (done) {
                return false;
            }
            done = true;
            waiting.remove(this);
            if (deadline != null) {
                deadline.cancel();
            }
            return true;
        }
    }
}
