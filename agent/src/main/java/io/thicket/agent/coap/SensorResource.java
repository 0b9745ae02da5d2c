package io.thicket.agent.coap;

import io.thicket.agent.node.NodeSnapshot;
import io.thicket.agent.senml.SenmlCborCodec;
import io.thicket.agent.senml.SenmlJsonCodec;
import io.thicket.agent.senml.SenmlPack;
import java.util.Optional;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.server.resources.CoapExchange;

/** {@code /sensors/NAME}: the newest reading of one sensor as SenML (RFC 8428), observable. */
final class SensorResource extends CoapResource {
    /** How long a reading may be kept by a cache, in s; the next one is told to observers. */
    static final int MAX_AGE_S = 10;

    private static final int RETRY_AFTER_S = 5;

    private final String site;
    private final CoapHost host;

    SensorResource(String sensor, String site, CoapHost host) {
        super(sensor);
        this.site = site;
        this.host = host;
        setObservable(true);
        getAttributes().setTitle("Newest reading of " + sensor);
        getAttributes().addResourceType("thicket.sensor");
        getAttributes().addInterfaceDescription("core.s");
        getAttributes().addContentType(MediaTypeRegistry.APPLICATION_SENML_JSON);
        getAttributes().addContentType(MediaTypeRegistry.APPLICATION_SENML_CBOR);
        getAttributes().setObservable();
    }

    @Override
    public void handleGET(CoapExchange exchange) {
        int accept = exchange.getRequestOptions().getAccept();
        boolean cbor = accept == MediaTypeRegistry.APPLICATION_SENML_CBOR;
        if (accept != MediaTypeRegistry.UNDEFINED && accept != MediaTypeRegistry.APPLICATION_SENML_JSON && !cbor) {
            exchange.respond(ResponseCode.NOT_ACCEPTABLE, "110 (SenML JSON) or 112 (SenML CBOR)");
            return;
        }
        Optional<SenmlPack> latest = host.latest(getName());
        if (latest.isEmpty()) {
            exchange.setMaxAge(RETRY_AFTER_S);
            exchange.respond(ResponseCode.SERVICE_UNAVAILABLE, "no reading yet");
            return;
        }
        NodeSnapshot node = host.snapshot();
        SenmlPack pack = withBaseName(latest.get(), baseName(site, labelOf(node), getName()));
        Response response = new Response(ResponseCode.CONTENT);
        response.setPayload(cbor ? SenmlCborCodec.encode(pack) : SenmlJsonCodec.encode(pack));
        response.getOptions()
                .setContentFormat(
                        cbor ? MediaTypeRegistry.APPLICATION_SENML_CBOR : MediaTypeRegistry.APPLICATION_SENML_JSON)
                .setMaxAge(MAX_AGE_S);
        exchange.respond(response);
    }

    /** {@code urn:dev:thicket:SITE:NODE:SENSOR:}; a quantity's name follows it. */
    static String baseName(String site, String node, String sensor) {
        return "urn:dev:thicket:" + site + ":" + node + ":" + sensor + ":";
    }

    private static String labelOf(NodeSnapshot node) {
        return node.nodes().stream()
                .filter(known -> known.id().equals(node.id()))
                .map(NodeSnapshot.KnownNode::label)
                .findFirst()
                .orElse(node.name());
    }

    private static SenmlPack withBaseName(SenmlPack pack, String baseName) {
        return new SenmlPack(baseName, pack.baseTimeSeconds(), pack.records());
    }
}
