package io.thicket.sim.recording;

import io.thicket.agent.senml.JsonWriter;
import java.util.List;

/** Makes one event after the other: a JSON object on one line. The buffer is used again. */
final class EventLine {
    private final StringBuilder out = new StringBuilder();

    EventLine begin(long atUs, String kind) {
        out.setLength(0);
        out.append("{\"t\":").append(atUs).append(",\"k\":\"").append(kind).append('"');
        return this;
    }

    EventLine with(String name, long value) {
        out.append(",\"").append(name).append("\":").append(value);
        return this;
    }

    EventLine with(String name, String value) {
        out.append(",\"").append(name).append("\":").append(new JsonWriter().value(value));
        return this;
    }

    EventLine withAll(String name, List<Integer> values) {
        if (!values.isEmpty()) {
            out.append(",\"").append(name).append("\":[");
            for (int i = 0; i < values.size(); i++) {
                out.append(i == 0 ? "" : ",").append(values.get(i).intValue());
            }
            out.append(']');
        }
        return this;
    }

    EventLine withWords(String name, List<String> words) {
        if (!words.isEmpty()) {
            // Made of numbers and dots here, so that nothing needs escaping.
            out.append(",\"").append(name).append("\":[\"");
            out.append(String.join("\",\"", words)).append("\"]");
        }
        return this;
    }

    EventLine with(NodePicture picture) {
        out.append(',');
        picture.write(out);
        return this;
    }

    /** Valid until the next event begins. */
    CharSequence end() {
        return out.append('}');
    }
}
