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
        boolean ours = "thicket".equals(graph.get("protocol")); // what x and y are in properties of others is not known
        ImportBuilder builder = new ImportBuilder();
        ImportProblems problems = new ImportProblems();
        forEach(graph, "nodes", problems, node -> {
            String id = text(node, "id");
            int number = newNode(builder, id, optionalText(node, "label").orElse(id));
            Map<?, ?> properties = node.get("properties") instanceof Map<?, ?> map ? map : Map.of();
            place(builder, number, properties);
            if (ours) {
                metres(builder, number, properties);
            }
            if (Boolean.TRUE.equals(properties.get("gateway"))) { // of others, properties say what they like
                builder.gateway(number);
            }
        });
        problems.throwIfAny(); // links of nodes that could not be read would be told once more
        forEach(graph, "links", problems, link -> {
            int source = known(builder, text(link, "source"));
            int target = known(builder, text(link, "target"));
            double cost = requiredNumber(link, "cost");
            if (cost < 0) {
                throw new ImportException("cost " + cost + " is less than 0");
            }
            double delivery = cost <= 1 ? 1 : 1 / StrictMath.sqrt(cost);
            builder.link(source, target, delivery);
            builder.link(target, source, delivery);
        });
        problems.throwIfAny();
        return builder.build();
    }

    /**
     * Meshviewer: nodes that are online, and their links with {@code source_tq} and {@code target_tq} as shares delivered. What is no radio
     * link (cables, tunnels) delivers everything.
     */
    static Imported meshviewer(byte[] content) throws ImportException {
        Map<?, ?> map = object(parse(content), "the file");
        ImportBuilder builder = new ImportBuilder();
        ImportProblems problems = new ImportProblems();
        forEach(map, "nodes", problems, node -> {
            if (!flag(node, "is_online").orElse(true)) {
                return;
            }
            String id = text(node, "node_id");
            int number = newNode(builder, id, optionalText(node, "hostname").orElse(id));
            Object location = node.get("location");
            if (location != null) {
                place(builder, number, object(location, "location"));
            }
            if (flag(node, "is_gateway").orElse(false)) {
                builder.gateway(number);
            }
        });
        problems.throwIfAny();
        forEach(map, "links", problems, link -> {
            String source = text(link, "source");
            String target = text(link, "target");
            if (!builder.knows(source) || !builder.knows(target) || source.equals(target)) {
                return; // an end that is offline, or no link
            }
            boolean radio = optionalText(link, "type").orElse("wifi").startsWith("wifi");
            int from = builder.node(source, source);
            int to = builder.node(target, target);
            builder.link(from, to, radio ? requiredNumber(link, "source_tq") : 1);
            builder.link(to, from, radio ? requiredNumber(link, "target_tq") : 1);
        });
        problems.throwIfAny();
        return builder.build();
    }

    /** Reads one node, or one link. */
    private interface Element {
        void read(Map<?, ?> element) throws ImportException;
    }

    private static void forEach(Map<?, ?> object, String name, ImportProblems problems, Element reader)
            throws ImportException {
        List<?> all = list(object, name);
        for (int i = 0; i < all.size(); i++) {
            Object each = all.get(i);
            if (!problems.read(name + "[" + i + "]", () -> reader.read(object(each, "it")))) {
                return;
            }
        }
    }

    private static int newNode(ImportBuilder builder, String id, String label) throws ImportException {
        if (builder.knows(id)) {
            throw new ImportException("node '" + id + "' is there twice");
        }
        return builder.node(id, label);
    }

    private static void place(ImportBuilder builder, int node, Map<?, ?> location) throws ImportException {
        Optional<Double> latitude = number(location, "latitude");
        Optional<Double> longitude = number(location, "longitude");
        if (latitude.isPresent() && longitude.isPresent()) {
            builder.placeDegrees(node, latitude.get(), longitude.get());
        }
    }

    private static void metres(ImportBuilder builder, int node, Map<?, ?> properties) throws ImportException {
        Optional<Double> x = number(properties, "x");
        Optional<Double> y = number(properties, "y");
        if (x.isPresent() && y.isPresent()) {
            builder.place(node, x.get(), y.get());
        }
    }

    private static @Nullable Object parse(byte[] content) throws ImportException {
        try {
            return JsonReader.parse(content, Imported.MAX_BYTES);
        } catch (SenmlFormatException e) {
            throw new ImportException("this is no JSON: " + e.getMessage());
        }
    }

    private static int known(ImportBuilder builder, String id) throws ImportException {
        if (!builder.knows(id)) {
            throw new ImportException("there is no node '" + id + "'");
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

    private static String text(Map<?, ?> object, String name) throws ImportException {
        return optionalText(object, name).orElseThrow(() -> new ImportException("there is no text '" + name + "'"));
    }

    /** Empty if there is none, as of each of these: what is there and of another kind is a mistake, which no default hides. */
    private static Optional<String> optionalText(Map<?, ?> object, String name) throws ImportException {
        Object value = object.get(name);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        throw new ImportException(name + " is no text");
    }

    private static Optional<Boolean> flag(Map<?, ?> object, String name) throws ImportException {
        Object value = object.get(name);
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        throw new ImportException(name + " is neither true nor false");
    }

    private static double requiredNumber(Map<?, ?> object, String name) throws ImportException {
        return number(object, name).orElseThrow(() -> new ImportException("there is no number '" + name + "'"));
    }

    private static Optional<Double> number(Map<?, ?> object, String name) throws ImportException {
        Object value = object.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Double number) {
            return Optional.of(number);
        }
        throw new ImportException(name + " is no number");
    }
}
