package io.thicket.agent.coap;

import io.thicket.agent.port.Timers;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.drivers.Observation.Value;
import io.thicket.drivers.command.CommandInfo;
import io.thicket.drivers.command.CommandOrder;
import io.thicket.drivers.command.CommandOutcome;
import io.thicket.drivers.command.Setting;
import java.util.Optional;
import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.server.resources.CoapExchange;
import org.jspecify.annotations.Nullable;

/**
 * {@code /sensors/NAME/commands/COMMAND}: PUT sets a value, POST does an action, GET tells what was last set and how it ended. A
 * request is answered when the device has confirmed it, and 2.04 then only.
 */
final class CommandResource extends CoapResource {
    /** A command is sent within this time or not at all. */
    static final long WITHIN_MS = 10_000;

    private static final int RETRY_AFTER_S = 5;

    private final String sensor;
    private final CommandInfo info;
    private final CoapHost host;
    private final CommandAccess access;
    private final Patience patience;
    private final Timers timers;
    private final ToldOnce once;
    private @Nullable Value last;
    private @Nullable CommandOutcome outcome;
    private long endedAtMs;
    private @Nullable Value confirmed;
    private boolean everConfirmed;
    private long confirmedAtMs;

    CommandResource(
            String sensor,
            CommandInfo info,
            CoapHost host,
            CommandAccess access,
            Patience patience,
            Timers timers,
            ToldOnce once) {
        super(info.name());
        this.sensor = sensor;
        this.info = info;
        this.host = host;
        this.access = access;
        this.patience = patience;
        this.timers = timers;
        this.once = once;
        getAttributes().addResourceType("thicket.command");
        getAttributes().addInterfaceDescription("core.a");
        getAttributes().addContentType(MediaTypeRegistry.APPLICATION_JSON);
    }

    @Override
    public void handleGET(CoapExchange exchange) {
        if (!isAcceptable(exchange)) {
            return;
        }
        JsonWriter json = new JsonWriter();
        write(json, MeshConnector.isBehind(exchange.advanced()));
        exchange.setMaxAge(PageResource.MAX_AGE_S);
        exchange.respond(ResponseCode.CONTENT, json.toBytes(), MediaTypeRegistry.APPLICATION_JSON);
    }

    @Override
    public void handlePUT(CoapExchange exchange) {
        Setting setting = info.setting();
        if (setting == null) {
            exchange.respond(ResponseCode.METHOD_NOT_ALLOWED, "'" + getName() + "' takes no value: POST does it");
        } else if (mayCome(exchange)) {
            set(exchange, setting);
        }
    }

    @Override
    public void handlePOST(CoapExchange exchange) {
        Setting setting = info.setting();
        if (setting != null) {
            exchange.respond(
                    ResponseCode.METHOD_NOT_ALLOWED, "'" + getName() + "' needs a value: PUT " + setting.range());
        } else if (mayCome(exchange)) {
            order(exchange, null);
        }
    }

    private boolean mayCome(CoapExchange exchange) {
        Optional<String> refusal = refusal(MeshConnector.isBehind(exchange.advanced()));
        refusal.ifPresent(why -> exchange.respond(ResponseCode.FORBIDDEN, why));
        return refusal.isEmpty()
                && isAcceptable(exchange)
                && holds(exchange)
                && !ToldOnce.refusesRest(exchange.advanced());
    }

    static boolean isAcceptable(CoapExchange exchange) {
        int accept = exchange.getRequestOptions().getAccept();
        if (accept == MediaTypeRegistry.UNDEFINED || accept == MediaTypeRegistry.APPLICATION_JSON) {
            return true;
        }
        exchange.respond(ResponseCode.NOT_ACCEPTABLE, "only content format " + MediaTypeRegistry.APPLICATION_JSON);
        return false;
    }

    /** RFC 7252 section 5.10.8: a command is there, and has no ETag. */
    private static boolean holds(CoapExchange exchange) {
        OptionSet options = exchange.getRequestOptions();
        boolean any = options.getIfMatch().stream().anyMatch(etag -> etag.length == 0);
        if (!options.hasIfNoneMatch() && (any || options.getIfMatchCount() == 0)) {
            return true;
        }
        exchange.respond(ResponseCode.PRECONDITION_FAILED, "commands are always there and have no ETag");
        return false;
    }

    private Optional<String> refusal(boolean fromMesh) {
        Optional<String> why = access.refusal(fromMesh);
        return why.isEmpty() && info.dangerous() ? access.refusal(sensor, getName()) : why;
    }

    private void set(CoapExchange exchange, Setting setting) {
        int format = exchange.getRequestOptions().getContentFormat();
        if (format != MediaTypeRegistry.UNDEFINED
                && format != MediaTypeRegistry.TEXT_PLAIN
                && format != MediaTypeRegistry.APPLICATION_JSON) {
            exchange.respond(ResponseCode.UNSUPPORTED_CONTENT_FORMAT, "0 (text) or 50 (JSON), a bare value");
            return;
        }
        Optional<Value> value = CommandText.parse(exchange.getRequestPayload(), setting);
        String problem = value.isEmpty()
                ? "the value is " + setting.range()
                : setting.problemWith(value.get()).orElse("");
        if (problem.isEmpty()) {
            order(exchange, value.orElse(null));
        } else {
            exchange.respond(ResponseCode.BAD_REQUEST, problem);
        }
    }

    private void order(CoapExchange request, @Nullable Value value) {
        Exchange exchange = request.advanced();
        if (!once.isNew(exchange)) {
            return;
        }
        patience.acknowledgeLater(exchange, MeshConnector.isBehind(exchange));
        host.command(new CommandOrder(sensor, getName(), value, WITHIN_MS, its -> ended(request, value, its)));
    }

    private void ended(CoapExchange request, @Nullable Value value, CommandOutcome its) {
        last = value;
        outcome = its;
        endedAtMs = timers.nowMs();
        if (its.kind() == CommandOutcome.Kind.CONFIRMED) {
            confirmed = its.value() == null ? value : its.value();
            everConfirmed = true;
            confirmedAtMs = endedAtMs;
        }
        switch (its.kind()) {
            case CONFIRMED -> {
                JsonWriter json = new JsonWriter();
                write(json, MeshConnector.isBehind(request.advanced()));
                request.respond(ResponseCode.CHANGED, json.toBytes(), MediaTypeRegistry.APPLICATION_JSON);
            }
            case REFUSED, DIFFERENT -> request.respond(ResponseCode.BAD_GATEWAY, its.text());
            case UNCONFIRMED -> request.respond(ResponseCode.GATEWAY_TIMEOUT, its.text());
            case NOT_SENT, BUSY -> {
                request.setMaxAge(RETRY_AFTER_S);
                request.respond(ResponseCode.SERVICE_UNAVAILABLE, "not sent: " + its.text());
            }
        }
    }

    /** One object. */
    void write(JsonWriter json, boolean forMesh) {
        Setting setting = info.setting();
        json.beginObject();
        json.name("name").value(info.name());
        json.name("description").value(info.description());
        json.name("method").value(setting == null ? "POST" : "PUT");
        if (setting != null) {
            json.name("type").value(setting.flag() ? "flag" : "number");
            if (!setting.flag()) {
                json.name("unit")
                        .value(setting.unit() == null ? null : setting.unit().name());
                json.name("min").value(setting.min());
                json.name("max").value(setting.max());
            }
        }
        json.name("dangerous").value(info.dangerous());
        json.name("confirmation").value(info.confirmation());
        json.name("refusal").value(refusal(forMesh).orElse(""));
        long nowMs = timers.nowMs();
        CommandOutcome its = outcome;
        if (its == null) {
            json.name("last").nullValue();
        } else {
            json.name("last").beginObject();
            value(json.name("value"), last);
            json.name("end").value(Words.word(its.kind()));
            json.name("text").value(its.text());
            value(json.name("holds"), its.value());
            json.name("agoMs").value(nowMs - endedAtMs);
            json.endObject();
        }
        if (everConfirmed) {
            json.name("confirmed").beginObject();
            value(json.name("value"), confirmed);
            json.name("agoMs").value(nowMs - confirmedAtMs);
            json.endObject();
        } else {
            json.name("confirmed").nullValue();
        }
        json.endObject();
    }

    private static void value(JsonWriter json, @Nullable Value value) {
        if (value instanceof Value.Numeric number) {
            json.value(number.value());
        } else if (value instanceof Value.Flag flag) {
            json.value(flag.value());
        } else {
            json.nullValue();
        }
    }
}
