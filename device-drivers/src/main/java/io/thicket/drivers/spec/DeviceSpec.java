package io.thicket.drivers.spec;

import io.thicket.drivers.LineParameters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a specification file says.
 *
 * @param models devices that speak alike, at least one
 * @param line the usual serial parameters
 * @param frame how its frames are cut, in the words of the file
 * @param poll null if the device talks by itself
 */
public record DeviceSpec(
        List<Model> models,
        LineParameters line,
        FrameSpec frame,
        List<MessageSpec> messages,
        @Nullable PollSpec poll,
        List<CommandSpec> commands,
        List<ExampleSpec> examples,
        Docs docs) {
    /**
     * One device.
     *
     * @param warmUpMs how long after its first frame its values are not to be trusted
     */
    public record Model(String id, String title, long warmUpMs) {}

    /** Texts for people. */
    public record Docs(String about, String wiring, List<String> traps, String source) {}

    public DeviceSpec {
        models = List.copyOf(models);
        messages = List.copyOf(messages);
        commands = List.copyOf(commands);
        examples = List.copyOf(examples);
    }

    /** All values of all messages, in the order of the file. */
    public List<ValueSpec> values() {
        return messages.stream().flatMap(message -> message.values().stream()).toList();
    }

    /** Names of all observations that there can be, in the order of the file. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (ValueSpec value : values()) {
            Repeat repeat = value.repeat();
            for (int i = 0; i < (repeat == null ? 1 : repeat.max()); i++) {
                names.add(repeat == null ? value.name() : value.name(repeat.first() + i));
            }
        }
        return names;
    }
}
