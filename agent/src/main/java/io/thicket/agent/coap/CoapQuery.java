package io.thicket.agent.coap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.jspecify.annotations.Nullable;

/**
 * A small blocking CoAP client for the command line. It has threads of its own and must not be used on a node's loop;
 * close it to end them.
 */
public final class CoapQuery implements AutoCloseable {
    /** Ask for no content format in particular. */
    public static final int ANY_FORMAT = MediaTypeRegistry.UNDEFINED;

    /** Longest answer in bytes, put together from blocks. */
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;

    /** The first repetition comes after this, later ones after twice as long each: loopback and LANs are quick. */
    private static final int ACK_TIMEOUT_MS = 500;

    /** An answer, whatever its code. */
    public static final class Answer {
        private final int rawCode;
        private final int contentFormat;
        private final byte[] payload;

        private Answer(Response response) {
            rawCode = response.getRawCode();
            contentFormat = response.getOptions().getContentFormat();
            payload = response.getPayload();
        }

        /** As people write it: {@code 2.05}, {@code 4.04}. */
        public String code() {
            int detail = rawCode & 31;
            return (rawCode >> 5) + (detail < 10 ? ".0" : ".") + detail;
        }

        /** Whether the class of the code is 2. */
        public boolean isSuccess() {
            return rawCode >> 5 == 2;
        }

        /** The registered number, or {@link #ANY_FORMAT} if the answer has none (a diagnostic text). */
        public int contentFormat() {
            return contentFormat;
        }

        /** The whole body. */
        public byte[] payload() {
            return payload.clone();
        }

        /** The whole body as UTF-8. */
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    /** There is no answer; the message is one sentence for people. */
    public static final class NoAnswerException extends IOException {
        private static final long serialVersionUID = 1;

        NoAnswerException(String message) {
            super(message);
        }
    }

    private final InetSocketAddress agent;
    private final CoapEndpoint endpoint;

    /**
     * A client of the agent at {@code agent}.
     *
     * @throws IOException if no socket can be had, or the host name is unknown
     */
    public CoapQuery(InetSocketAddress agent) throws IOException {
        if (agent.isUnresolved()) {
            throw new NoAnswerException("there is no host called " + agent.getHostString());
        }
        this.agent = agent;
        Configuration configuration = new Configuration(SmallConfiguration.LOCAL)
                .set(CoapConfig.ACK_TIMEOUT, ACK_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_ANSWER_BYTES)
                .set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1)
                .set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
        this.endpoint = CoapEndpoint.builder().setConfiguration(configuration).build();
        endpoint.start();
    }

    /**
     * GET {@code path} from the agent itself.
     *
     * @param path with or without a leading slash, and with its query behind a question mark if it has one
     * @param accept a content format, or {@link #ANY_FORMAT}
     * @throws NoAnswerException if nothing comes within {@code timeout}
     */
    public Answer get(String path, int accept, Duration timeout) throws IOException, InterruptedException {
        return get(path, null, accept, timeout);
    }

    /** GET {@code path} from the node called {@code node} (name, NodeId or mesh address) through the agent's proxy. */
    public Answer getFrom(String node, String path, int accept, Duration timeout)
            throws IOException, InterruptedException {
        return get(path, node, accept, timeout);
    }

    /**
     * Tells {@code path} of the agent something: PUT {@code value}, or POST without one.
     *
     * @param node the node that is meant, null for the agent itself
     */
    public Answer tell(String path, @Nullable String node, @Nullable String value, Duration timeout)
            throws IOException, InterruptedException {
        Request request = new Request(value == null ? CoAP.Code.POST : CoAP.Code.PUT, CoAP.Type.CON);
        if (value != null) {
            request.setPayload(value);
            request.getOptions().setContentFormat(MediaTypeRegistry.TEXT_PLAIN);
        }
        return ask(request, path, node, ANY_FORMAT, timeout);
    }

    private Answer get(String path, @Nullable String node, int accept, Duration timeout)
            throws IOException, InterruptedException {
        return ask(new Request(CoAP.Code.GET, CoAP.Type.CON), path, node, accept, timeout);
    }

    private Answer ask(Request request, String path, @Nullable String node, int accept, Duration timeout)
            throws IOException, InterruptedException {
        String withoutSlash = path.startsWith("/") ? path.substring(1) : path;
        int mark = withoutSlash.indexOf('?');
        request.getOptions().setUriPath(mark < 0 ? withoutSlash : withoutSlash.substring(0, mark));
        if (mark >= 0) {
            request.getOptions().setUriQuery(withoutSlash.substring(mark + 1));
        }
        if (node != null) {
            request.getOptions().setProxyScheme("coap").setUriHost(node);
        }
        if (accept != ANY_FORMAT) {
            request.getOptions().setAccept(accept);
        }
        EndpointContext context = new AddressEndpointContext(agent);
        request.setDestinationContext(context);
        endpoint.sendRequest(request);
        Response response = request.waitForResponse(Math.max(1, timeout.toMillis()));
        if (response == null) {
            request.cancel();
            throw new NoAnswerException(problem(request));
        }
        return new Answer(response);
    }

    private String problem(Request request) {
        String where = "coap://" + agent.getHostString() + ":" + agent.getPort();
        return request.isAcknowledged()
                ? "the agent at " + where + " took the request but did not answer in time"
                : "no agent answers at " + where + "; is it running?";
    }

    @Override
    public void close() {
        endpoint.destroy();
    }
}
