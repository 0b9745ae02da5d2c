package io.thicket.sim.view;

import io.thicket.sim.recording.RunFileReader;
import io.thicket.sim.recording.RunSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A recorded run and its server, for all tests of a class: {@code @RegisterExtension static final}. */
final class ServedRun implements BeforeAllCallback, AfterAllCallback {
    private final UnaryOperator<RunSource> seenAs;
    private Path path;
    private RunFileReader run;
    private ViewServer server;

    ServedRun() {
        this(run -> run);
    }

    ServedRun(UnaryOperator<RunSource> seenAs) {
        this.seenAs = seenAs;
    }

    @Override
    public void beforeAll(ExtensionContext of) throws IOException {
        path = Files.createTempFile("served", ".run");
        RecordedRun.into(path);
        run = RunFileReader.open(path);
        server = new ViewServer(seenAs.apply(run), 0);
    }

    @Override
    public void afterAll(ExtensionContext of) throws IOException {
        if (server != null) {
            server.close();
        }
        if (run != null) {
            run.close();
        }
        if (path != null) {
            Files.delete(path);
        }
    }

    RunFileReader run() {
        return run;
    }

    String url() {
        return server.url();
    }
}
