package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.drivers.command.CommandInfo;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.server.resources.CoapExchange;

/** {@code /sensors/NAME/commands}: what the device of a sensor can be told. */
final class CommandsResource extends CoapResource {
    static final String NAME = "commands";

    private final String sensor;
    private final List<CommandResource> commands = new ArrayList<>();

    CommandsResource(
            String sensor,
            List<CommandInfo> infos,
            CoapHost host,
            CommandAccess access,
            Patience patience,
            Timers timers,
            ToldOnce once) {
        super(NAME);
        this.sensor = sensor;
        getAttributes().setTitle("What " + sensor + " can be told");
        getAttributes().addResourceType("thicket.commands");
        getAttributes().addContentType(MediaTypeRegistry.APPLICATION_JSON);
        for (CommandInfo info : infos) {
            CommandResource command = new CommandResource(sensor, info, host, access, patience, timers, once);
            commands.add(command);
            add(command);
        }
    }

    @Override
    public void handleGET(CoapExchange exchange) {
        if (!CommandResource.isAcceptable(exchange)) {
            return;
        }
        JsonWriter json = new JsonWriter().beginObject();
        json.name("sensor").value(sensor);
        json.name("commands").beginArray();
        boolean forMesh = MeshConnector.isBehind(exchange.advanced());
        commands.forEach(command -> command.write(json, forMesh));
        json.endArray().endObject();
        exchange.setMaxAge(PageResource.MAX_AGE_S);
        exchange.respond(ResponseCode.CONTENT, json.toBytes(), MediaTypeRegistry.APPLICATION_JSON);
    }
}
