package io.thicket.drivers.proposal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;

/** Recordings of anything: no exception, scores in their range, and as many proposals as promised. */
class ProposerFuzzTest {
    /** The first byte of each piece says how long it is and what pause is before it. */
    @FuzzTest(maxDuration = "10m")
    void recordings(byte[] data) {
        Recorded recorded = new Recorded();
        long atMicros = 0;
        int at = 0;
        while (at < data.length) {
            int length = Math.min(data.length - at, 1 + (data[at] & 0x1F));
            atMicros += data[at] < 0 ? 100_000 : 0;
            recorded.add(atMicros, Arrays.copyOfRange(data, at, at + length));
            at += length;
        }
        List<Proposal> proposals = Proposer.of(recorded);
        if (proposals.size() > 5) {
            throw new AssertionError(proposals.toString());
        }
        for (Proposal each : proposals) {
            if (!(each.score() >= 0 && each.score() <= 1) || each.evidence().isEmpty()) {
                throw new AssertionError(each.toString());
            }
        }
    }
}
