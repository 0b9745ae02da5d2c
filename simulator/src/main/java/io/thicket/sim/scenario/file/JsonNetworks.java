package io.thicket.sim.scenario.file;

import io.thicket.agent.senml.JsonReader;
import io.thicket.agent.senml.SenmlFormatException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Networks as JSON. */
final class JsonNetworks {
    private JsonNetworks() {}

    /**
     * NetJSON NetworkGraph: {@code nodes} with {@code id} and {@code label}, {@code links} with {@code source}, {@code target} and
     * {@code cost}. A cost is read as ETX of both directions together, so that each delivers its inverse square root.
     */
    static Imported netJson(byte[] content) throws ImportException {
        Map<?, ?> graph = object(parse(content), "the file");
        if (!"NetworkGraph".equals(graph.get("type"))) {
            throw new ImportException("this is no NetJSON NetworkGraph: its type is '" + graph.get("type") + "'");
        }
        ImportBuilder builder = new ImportBuilder();
        int index = 0;
        for (Object each : list(graph, "nodes")) {
            String where = "nodes[" + index++ + "]";
            Map<?, ?> node = object(each, where);
            String id = text(node, "id", where);
            int number = builder.node(id, optionalText(node, "label").orElse(id));
            Map<?, ?> properties = node.get("properties") instanceof Map<?, ?> map ? map : Map.of();
            Optional<Double> latitude = number(properties, "latitude");
            Optional<Double> longitude = number(properties, "longitude");
            if (latitude.isPresent() && longitude.isPresent()) {
                builder.placeDegrees(number, latitude.get(), longitude.get());
            }
            if (Boolean.TRUE.equals(properties.get("gateway"))) {
                builder.gateway(number);
            }
        }
        index = 0;
        for (Object each : list(graph, "links")) {
            String where = "links[" + index++ + "]";
            Map<?, ?> link = object(each, where);
            int source = known(builder, text(link, "source", where), where);
            int target = known(builder, text(link, "target", where), where);
            double cost = number(link, "cost").orElse(1.0);
            double delivery = cost <= 1 ? 1 : 1 / StrictMath.sqrt(cost);
            builder.link(source, target, delivery);
            builder.link(target, source, delivery);
        }
        return builder.build();
    }

    /**
     * Meshviewer: nodes that are online, and their links with {@code source_tq} and {@code target_tq} as shares delivered. What is no radio
     * link (cables, tunnels) delivers everything.
     */
    static Imported meshviewer(byte[] content) throws ImportException {
        Map<?, ?> map = object(parse(content), "the file");
        ImportBuilder builder = new ImportBuilder();
        int index = 0;
        for (Object each : list(map, "nodes")) {
            String where = "nodes[" + index++ + "]";
            Map<?, ?> node = object(each, where);
            if (Boolean.FALSE.equals(node.get("is_online"))) {
                continue;
            }
            String id = text(node, "node_id", where);
            int number = builder.node(id, optionalText(node, "hostname").orElse(id));
            if (node.get("location") instanceof Map<?, ?> location) {
                Optional<Double> latitude = number(location, "latitude");
                Optional<Double> longitude = number(location, "longitude");
                if (latitude.isPresent() && longitude.isPresent()) {
                    builder.placeDegrees(number, latitude.get(), longitude.get());
                }
            }
            if (Boolean.TRUE.equals(node.get("is_gateway"))) {
                builder.gateway(number);
            }
        }
        index = 0;
        for (Object each : list(map, "links")) {
            String where = "links[" + index++ + "]";
            Map<?, ?> link = object(each, where);
            String source = text(link, "source", where);
            String target = text(link, "target", where);
            if (!builder.knows(source) || !builder.knows(target) || source.equals(target)) {
                continue; // an end that is offline
            }
            boolean radio = optionalText(link, "type").orElse("wifi").equals("wifi");
            int from = builder.node(source, source);
            int to = builder.node(target, target);
            builder.link(from, to, radio ? number(link, "source_tq").orElse(1.0) : 1);
            builder.link(to, from, radio ? number(link, "target_tq").orElse(1.0) : 1);
        }
        return builder.build();
    }

    private static @Nullable Object parse(byte[] content) throws ImportException {
        try {
            return JsonReader.parse(content, Imported.MAX_BYTES);
        } catch (SenmlFormatException e) {
            throw new ImportException("this is no JSON: " + e.getMessage());
        }
    }

    private static int known(ImportBuilder builder, String id, String where) throws ImportException {
        if (!builder.knows(id)) {
            throw new ImportException(where + ": there is no node '" + id + "'");
        }
        return builder.node(id, id);
    }

    private static Map<?, ?> object(@Nullable Object value, String where) throws ImportException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new ImportException(where + " is no object");
    }

    private static List<?> list(Map<?, ?> object, String name) throws ImportException {
        if (object.get(name) instanceof List<?> list) {
            return list;
        }
        throw new ImportException("there is no list '" + name + "'");
    }

    private static String text(Map<?, ?> object, String name, String where) throws ImportException {
        return optionalText(object, name).orElseThrow(() -> new ImportException(where + " has no text '" + name + "'"));
    }

    private static Optional<String> optionalText(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Double> number(Map<?, ?> object, String name) {
        return object.get(name) instanceof Double number ? Optional.of(number) : Optional.empty();
    }
}
