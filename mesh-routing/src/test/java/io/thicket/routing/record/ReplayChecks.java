package io.thicket.routing.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.routing.Identity;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.security.ChaChaRandom;
import io.thicket.routing.security.ChaChaSealCipher;
import io.thicket.routing.security.Signer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What must hold for any bytes that are called a log. */
final class ReplayChecks {
    private static final byte[] KEY = new byte[32];
    private static final byte[] NETWORK = "net".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEGINNING = beginning();

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

    /** The same behind a good header of this version, which hardly any noise would have. */
    static void recordsReplayOrAreRefused(byte[] records) {
        ByteBuffer log = ByteBuffer.allocate(BEGINNING.length + records.length);
        replaysOrRefuses(log.put(BEGINNING).put(records).array());
    }

    private static byte[] beginning() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EventRecorder recorder = new EventRecorder(
                record -> {
                    byte[] copy = new byte[record.remaining()];
                    record.get(copy);
                    bytes.writeBytes(copy);
                    return true;
                },
                EventRecorder.MIN_BYTES);
        byte[] seed = new byte[ChaChaRandom.SEED_BYTES];
        Signer signer = new Signer() {
            @Override
            public byte[] publicKey() {
                return new byte[32];
            }

            @Override
            public byte[] sign(byte[] message) {
                return new byte[64];
            }
        };
        RouterConfig config = new RouterConfig(
                signer,
                (key, message, signature) -> true,
                "one",
                Set.of(Identity.Role.RELAY),
                3,
                99,
                new ChaChaSealCipher(NETWORK, KEY),
                new ChaChaRandom(seed));
        recorder.begin("1.0", config, seed, NETWORK);
        return bytes.toByteArray();
    }
}
