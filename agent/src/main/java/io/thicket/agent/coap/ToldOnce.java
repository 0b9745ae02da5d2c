package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.Exchange;

/**
 * Keeps a request that changes something from being done twice. Californium finds repeated messages among the newest few of a peer
 * only; a client that asks for other things, too, pushes its own command out of them before it repeats it. Used on the loop only.
 */
final class ToldOnce {
    /** Most requests that are remembered; the oldest goes first. */
    static final int MAX_REMEMBERED = 64;

    /** So long a message id may not be used again. */
    static final long EXCHANGE_LIFETIME_MS = 247_000; // RFC 7252 section 4.8.2

    private final Timers timers;
    private final Map<Key, Told> remembered = new LinkedHashMap<>();

    private record Key(InetSocketAddress peer, Token token, int messageId, Code code, String options, int payloadHash) {
        static Key of(Request request) {
            return new Key(
                    request.getSourceContext().getPeerAddress(),
                    request.getToken(),
                    request.getMID(),
                    request.getCode(),
                    request.getOptions().toString(),
                    Arrays.hashCode(request.getPayload()));
        }
    }

    private record Told(Exchange exchange, long atMs) {}

    ToldOnce(Timers timers) {
        this.timers = timers;
    }

    /**
     * Whether the request is to be done; if not it is dealt with. A repeated one gets the first one's answer, or is acknowledged while
     * that is on its way.
     */
    boolean isNew(Exchange exchange) {
        long nowMs = timers.nowMs();
        Iterator<Told> oldest = remembered.values().iterator();
        while (oldest.hasNext() && nowMs - oldest.next().atMs() >= EXCHANGE_LIFETIME_MS) {
            oldest.remove();
        }
        Key key = Key.of(exchange.getRequest());
        Told told = remembered.get(key);
        if (told == null) {
            if (remembered.size() == MAX_REMEMBERED) {
                Iterator<Key> first = remembered.keySet().iterator();
                first.next();
                first.remove();
            }
            remembered.put(key, new Told(exchange, nowMs));
            return true;
        }
        Response answer = told.exchange().getResponse();
        if (answer == null) {
            exchange.sendAccept();
        } else {
            exchange.sendResponse(MeshProxy.copyOf(answer));
        }
        return false;
    }

    /**
     * Refuses a request for the rest of an answer that is not kept any more. RFC 7959 section 2.3 has it come with the method of the
     * first request: what is a harmless repetition of GET would be a second command.
     */
    static boolean refusesRest(Exchange exchange) {
        OptionSet options = exchange.getRequest().getOptions();
        if (options.hasBlock2() && options.getBlock2().getNum() > 0) {
            exchange.sendResponse(
                    MeshProxy.text(ResponseCode.BAD_REQUEST, "the rest of that answer is not kept any more"));
            return true;
        }
        return false;
    }
}
