package io.thicket.sim.recording;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code JAZZER_FUZZ=1 mvn test -pl simulator -am -Dtest=RunFileFuzzTest -Dsurefire.failIfNoSpecifiedTests=false} searches. */
class RunFileFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void any_file_is_read_or_refused(byte[] input) throws IOException {
        Path path = Files.createTempFile("fuzz", ".run");
        try {
            if (input.length > 0 && input[0] == 1) {
                RunFileChecks.recordsAreReadOrRefused(path, Arrays.copyOfRange(input, 1, input.length));
            } else {
                RunFileChecks.readsOrRefuses(path, input);
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
