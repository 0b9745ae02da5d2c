package io.thicket.drivers.catalogue;

import io.thicket.drivers.DeviceSession;
import io.thicket.drivers.Observation;
import io.thicket.drivers.SenmlUnit;
import io.thicket.drivers.framing.FrameDecoder;
import io.thicket.drivers.framing.LineFramer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lines of text to values. Text lines have no checksum, so reading is strict: a line counts only if all of it is
 * understood, because a damaged line must not become a wrong value under a wrong name.
 */
final class LineDecoder implements FrameDecoder {
    /** Longest line in bytes. */
    private static final int MAX_LINE = 1024;

    /** Boards print the name, measure for up to a second, and print the value; so the patience is longer than that. */
    private static final long SILENCE_MS = 2000;

    private final Map<String, SenmlUnit> units;
    private final LineReader reader;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    private LineDecoder(Map<String, SenmlUnit> units, LineReader reader) {
        this.units = units;
        this.reader = reader;
    }

    /** A session of a driver that reads text lines with {@code reader} and hands on the {@code wanted} values. */
    static DeviceSession session(Map<String, SenmlUnit> units, LineReader reader, Set<String> wanted) {
        return new FrameSession(new LineFramer(MAX_LINE, SILENCE_MS), new LineDecoder(units, reader), wanted);
    }

    @Override
    public Outcome decode(long arrivedAtMs, byte[] frame, int offset, int length, List<Observation> values) {
        String line;
        try {
            line = utf8.decode(ByteBuffer.wrap(frame, offset, length)).toString();
        } catch (CharacterCodingException e) {
            return Outcome.MALFORMED;
        }
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i)) && line.charAt(i) != '\t') {
                return Outcome.MALFORMED;
            }
        }
        if (line.isBlank()) {
            return Outcome.IGNORED;
        }
        TextValues text = new TextValues(units, values);
        reader.read(line.strip(), text);
        if (text.isMalformed()) {
            return Outcome.MALFORMED;
        }
        return values.isEmpty() ? Outcome.NO_VALUE : Outcome.VALUES;
    }
}
