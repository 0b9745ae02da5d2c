package io.thicket.sim.console;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** {@code JAZZER_FUZZ=1 mvn test -pl simulator -am -Dtest=CommandFuzzTest -Dsurefire.failIfNoSpecifiedTests=false} searches. */
class CommandFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void any_line_and_any_file_is_understood_or_refused(byte[] input) {
        if (input.length > 0 && input[0] == 'f') {
            CommandChecks.isReadOrRefused(Arrays.copyOfRange(input, 1, input.length));
        } else {
            CommandChecks.isUnderstoodOrRefused(new String(input, StandardCharsets.UTF_8));
        }
    }
}
