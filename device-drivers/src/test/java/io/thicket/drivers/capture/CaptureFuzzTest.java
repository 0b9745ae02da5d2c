package io.thicket.drivers.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** A recording that somebody sends with a report: its pieces, which written again are the same, or the line that is none. */
class CaptureFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void text(byte[] data) {
        Capture.isOne(data);
        Capture capture;
        try {
            capture = Capture.parse(new String(data, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            if (!String.valueOf(e.getMessage()).startsWith("line ")) {
                throw new AssertionError("refused without the line", e);
            }
            return;
        }
        for (Capture.Piece piece : capture.pieces()) {
            byte[] bytes = piece.bytes().toArray();
            String line = Capture.line(piece.atMicros(), piece.received(), bytes, 0, bytes.length);
            if (!Capture.parse(line).pieces().get(0).equals(piece)) {
                throw new AssertionError(line);
            }
        }
    }
}
