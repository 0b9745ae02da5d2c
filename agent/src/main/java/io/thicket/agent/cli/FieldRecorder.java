package io.thicket.agent.cli;

import io.thicket.agent.config.NetworkKey;
import io.thicket.agent.store.RecordFile;
import io.thicket.routing.MeshRouter;
import io.thicket.routing.engine.RouterConfig;
import io.thicket.routing.record.EventRecorder;
import io.thicket.routing.record.RecordingRouter;
import io.thicket.routing.security.ChaChaRandom;
import io.thicket.routing.security.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Records one boot of a node into a file, see {@code [debug] record}. */
final class FieldRecorder {
    private final RecordFile file;
    private final EventRecorder recorder;
    private final byte[] seed;
    private @Nullable RecordingRouter router;

    private FieldRecorder(RecordFile file, EventRecorder recorder, byte[] seed) {
        this.file = file;
        this.recorder = recorder;
        this.seed = seed;
    }

    /** Makes the file anew. */
    static FieldRecorder open(Path path, long limitBytes, RandomGenerator secure) throws Failure {
        byte[] seed = new byte[ChaChaRandom.SEED_BYTES];
        secure.nextBytes(seed);
        try {
            RecordFile file = RecordFile.create(path, EventRecorder.firstBytes());
            return new FieldRecorder(file, new EventRecorder(file::write, limitBytes), seed);
        } catch (IOException e) {
            throw new Failure(ExitCode.CANNOT_CREATE, e.getMessage());
        }
    }

    /** The router's own random numbers, which the log's seed repeats. */
    RandomGenerator random() {
        return new ChaChaRandom(seed);
    }

    Signer recording(Signer signer) {
        return recorder.recording(signer);
    }

    void begin(RouterConfig config, NetworkKey key) {
        recorder.begin(Version.text(), config, seed, key.id().getBytes(StandardCharsets.US_ASCII));
    }

    MeshRouter wrap(MeshRouter made) {
        RecordingRouter recording = new RecordingRouter(made, recorder);
        router = recording;
        return recording;
    }

    /** When the node's loop has ended. */
    void close() {
        RecordingRouter recording = router;
        if (recording != null) {
            recording.close();
        }
        file.close();
    }
}
