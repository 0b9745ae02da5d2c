package io.thicket.sim.sweep;

import io.thicket.sim.recording.RunFileReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The file that holds the result of one run, or what it is instead. */
final class RunResult {
    private static final int MAX_BYTES = 64 << 20;

    private RunResult() {}

    /** Its text; {@code wanted} is what a person should name where it is none. */
    static String text(Path file, String wanted) throws IOException, SweepException {
        if (Files.size(file) > 0 && RunFileReader.isRecording(file)) {
            throw new SweepException("it is a recording for thicket sim view; wanted is " + wanted);
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new SweepException("it is larger than any result of one run");
        }
        try {
            String text = Files.readString(file).strip();
            if (text.startsWith("{") || text.startsWith("<")) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // No text at all, as a capture is none.
        }
        throw new SweepException("it is no result of a run; wanted is " + wanted);
    }

    /** The members of its JSON. */
    static Map<?, ?> members(String text) throws SweepException {
        Map<?, ?> members = Json.object(text, MAX_BYTES);
        if (members.containsKey("radios")) {
            throw new SweepException("it is of many runs, by --radio: the result of one is needed, a summary in it");
        }
        if (!(members.get("traceHash") instanceof String) && !members.containsKey("bridge")) {
            throw new SweepException("it has no traceHash: no result of a run");
        }
        return members;
    }
}
