package io.thicket.routing.record;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** {@code JAZZER_FUZZ=1 mvn test -pl mesh-routing -Dtest=ReplayFuzzTest} searches. */
class ReplayFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_replayed_or_refused(byte[] log) {
        ReplayChecks.replaysOrRefuses(log);
    }
}
