package io.thicket.routing.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;

/** What must hold for any bytes that are called a log. */
final class ReplayChecks {
    private static final byte[] KEY = new byte[32];

    private ReplayChecks() {}

    /** It is replayed, or refused with a sentence, and never anything else. */
    static void replaysOrRefuses(byte[] log) {
        try {
            Replay.Outcome outcome = Replay.run(ByteBuffer.wrap(log), KEY, (key, message, signature) -> true);
            assertTrue(outcome.calls() * LogWriter.HEAD_BYTES <= log.length, outcome::toString);
        } catch (LogFormatException e) {
            assertTrue(e.getMessage().contains("log"), e.getMessage());
        }
    }
}
