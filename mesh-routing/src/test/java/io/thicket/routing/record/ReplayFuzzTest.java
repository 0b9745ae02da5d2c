package io.thicket.routing.record;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** {@code JAZZER_FUZZ=1 mvn test -pl mesh-routing -Dtest=ReplayFuzzTest} searches. */
class ReplayFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_replayed_or_refused(byte[] input) {
        if (input.length == 0) {
            ReplayChecks.replaysOrRefuses(input);
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        if (input[0] == 0) {
            ReplayChecks.replaysOrRefuses(rest);
        } else {
            ReplayChecks.recordsReplayOrAreRefused(rest);
        }
    }
}
