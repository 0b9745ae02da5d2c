package io.thicket.agent.cli;

import io.thicket.agent.senml.JsonReader;
import io.thicket.agent.senml.JsonWriter;
import io.thicket.agent.senml.SenmlFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an agent answered, by field names; a field that is not there reads as empty, so that versions may differ. */
final class JsonView {
    private static final int MAX_BYTES = 4 << 20;

    private final Map<?, ?> fields;

    private JsonView(Map<?, ?> fields) {
        this.fields = fields;
    }

    /** An object without fields. */
    static JsonView empty() {
        return new JsonView(Map.of());
    }

    /** The object in {@code utf8}. */
    static JsonView of(byte[] utf8) throws Failure {
        try {
            Object value = JsonReader.parse(utf8, MAX_BYTES);
            if (value instanceof Map<?, ?> map) {
                return new JsonView(map);
            }
        } catch (SenmlFormatException e) {
            throw new Failure(ExitCode.FAILED, "the agent's answer is not JSON: " + e.getMessage());
        }
        throw new Failure(ExitCode.FAILED, "the agent's answer is not a JSON object");
    }

    /** The text of a field; empty if it is absent or null. Whole numbers have no point. */
    String text(String name) {
        Object value = fields.get(name);
        if (value instanceof Double number) {
            return JsonWriter.text(number);
        }
        return value == null ? "" : value.toString();
    }

    /** The number of a field, {@code otherwise} if it is none. */
    long number(String name, long otherwise) {
        return fields.get(name) instanceof Double number ? number.longValue() : otherwise;
    }

    /** The number of a field with its fraction, {@code otherwise} if it is none. */
    double decimal(String name, double otherwise) {
        return fields.get(name) instanceof Double number ? number : otherwise;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    /** The objects of an array field. */
    List<JsonView> list(String name) {
        List<JsonView> views = new ArrayList<>();
        if (fields.get(name) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    views.add(new JsonView(map));
                }
            }
        }
        return views;
    }

    /** The texts of an array field. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (fields.get(name) instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    /** The object of a field, an empty one if it is absent. */
    JsonView object(String name) {
        return new JsonView(fields.get(name) instanceof Map<?, ?> map ? map : Map.of());
    }

    /** The names of the fields in their order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        fields.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    /** A duration field in ms as people say it; {@code -} if negative or absent. */
    String ago(String name) {
        long ms = number(name, -1);
        return ms < 0 ? "-" : duration(ms);
    }

    /** A duration field in ms as a time that has passed; {@code -} if negative or absent. */
    String past(String name) {
        String duration = ago(name);
        return duration.equals("-") ? duration : duration + " ago";
    }

    static String duration(long ms) {
        if (ms < 1_000) {
            return ms + " ms";
        }
        if (ms < 120_000) {
            return ms / 1_000 + " s";
        }
        if (ms < 7_200_000) {
            return ms / 60_000 + " min";
        }
        return ms < 172_800_000 ? ms / 3_600_000 + " h" : ms / 86_400_000 + " d";
    }

    /** Absent or null reads as {@code -}. */
    String textOrDash(String name) {
        @Nullable Object value = fields.get(name);
        return value == null || value.toString().isEmpty() ? "-" : text(name);
    }
}
