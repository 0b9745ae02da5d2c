package io.thicket.sim.scenario.file;

import io.thicket.agent.config.TomlTree;
import io.thicket.agent.senml.JsonWriter;
import java.util.List;

/** Values of a scenario file as they stand in JSON, where files of results have them: what is the same there is one value. */
public final class JsonValue {
    private JsonValue() {}

    /** A value of a {@link TomlTree}; what JSON does not have becomes its text in TOML. */
    public static void write(JsonWriter json, Object value) {
        if (value instanceof Long number) {
            json.value(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.value(number);
        } else if (value instanceof Boolean truth) {
            json.value(truth);
        } else if (value instanceof List<?> list) {
            json.beginArray();
            list.forEach(each -> write(json, each));
            json.endArray();
        } else {
            json.value(value instanceof String text ? text : TomlTree.text(value));
        }
    }

    /** The same as a text: 0 and 0.0 have one. */
    public static String text(Object value) {
        JsonWriter json = new JsonWriter().beginArray();
        write(json, value);
        return json.endArray().toString();
    }
}
