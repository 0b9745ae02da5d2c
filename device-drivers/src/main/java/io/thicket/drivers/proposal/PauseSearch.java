package io.thicket.drivers.proposal;

import io.thicket.drivers.checksum.Checksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frames that are nothing but what comes between two pauses, as in Modbus RTU. Proposed with their check only. */
final class PauseSearch {
    private static final int MIN_FRAME = 4;

    private PauseSearch() {}

    static List<Proposal> in(Recorded recorded) {
        Frames frames = new Frames();
        int begin = recorded.nextBegin(0);
        while (begin >= 0 && recorded.isTimed()) {
            int next = recorded.nextBegin(begin + 1);
            int end = next < 0 ? recorded.size() : next;
            if (end - begin >= MIN_FRAME) {
                frames.add(recorded, begin, end);
            }
            begin = next;
        }
        List<Proposal> proposals = new ArrayList<>();
        Optional<CheckSearch.Found> found = CheckSearch.in(frames.different(), 0);
        found.ifPresent(check -> proposals.add(proposal(recorded, frames, check)));
        return proposals;
    }

    private static Proposal proposal(Recorded recorded, Frames frames, CheckSearch.Found found) {
        double right = (double) found.right() / found.frames();
        List<String> evidence = new ArrayList<>();
        evidence.add("the check is right in " + found.right() + " of " + found.frames()
                + " different frames; by chance at most once in 10^" + (long) found.significance());
        if (found.place().kind() == Checksum.CRC16_MODBUS) {
            evidence.add("Modbus RTU has this check: the driver modbus, with a register map of yours");
        } else {
            evidence.add("a specification file cannot say frames without a start; this needs a driver in code");
        }
        return new Proposal(
                "pause",
                0.95 * right * frames.bytes() / recorded.size(),
                "",
                "between pauses of 20 ms and more",
                found.place(),
                Math.round(right * frames.count()),
                Math.round((1 - right) * frames.count()),
                evidence,
                "");
    }
}
