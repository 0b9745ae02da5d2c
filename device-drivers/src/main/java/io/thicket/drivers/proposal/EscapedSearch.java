package io.thicket.drivers.proposal;

import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.framing.EscapedFormat;
import io.thicket.drivers.framing.EscapedFramer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Frames between delimiters: HDLC and SHDLC, SLIP and KISS. Proposed with their check only: 7E and C0 are in any data. */
final class EscapedSearch {
    private static final int MAX_FRAME = 1024;
    private static final int MAX_DIFFERENT = 64;
    private static final int MIN_FRAME = 3;
    private static final long SILENCE_MS = 500;

    private static final List<EscapedFormat> KNOWN = List.of(
            new EscapedFormat(0x7E, 0x7D, Bytes.parse("5E 7E 5D 7D 31 11 33 13"), null, MAX_FRAME, SILENCE_MS),
            new EscapedFormat(0xC0, 0xDB, Bytes.parse("DC C0 DD DB"), null, MAX_FRAME, SILENCE_MS));

    private EscapedSearch() {}

    static List<Proposal> in(Recorded recorded) {
        List<Proposal> proposals = new ArrayList<>();
        for (EscapedFormat plain : KNOWN) {
            Set<Bytes> different = new LinkedHashSet<>();
            read(recorded, plain, different);
            List<byte[]> frames = new ArrayList<>();
            different.forEach(each -> frames.add(each.toArray()));
            Optional<CheckSearch.Found> found = CheckSearch.in(frames, 0);
            found.ifPresent(check -> proposals.add(proposal(recorded, plain, check)));
        }
        return proposals;
    }

    private static Proposal proposal(Recorded recorded, EscapedFormat plain, CheckSearch.Found found) {
        CheckPlace check = found.place();
        EscapedFormat format = new EscapedFormat(
                plain.delimiter(), plain.escape(), plain.escaped(), check, plain.maxFrame(), SILENCE_MS);
        Set<Bytes> different = new LinkedHashSet<>();
        EscapedFramer framer = new EscapedFramer(format);
        long frames = feed(recorded, framer, different);
        double share = 1 - (double) framer.skippedBytes() / recorded.size();
        double score = share * frames / Math.max(1, frames + framer.badChecksums());
        String what = String.format(
                java.util.Locale.ROOT, "between delimiters %02X, escape %02X", plain.delimiter(), plain.escape());
        List<String> evidence = List.of("the check is right in " + found.right() + " of " + found.frames()
                + " different frames; by chance at most once in 10^" + (long) found.significance());
        return new Proposal(
                "escaped", score, "", what, check, frames, framer.badChecksums(), evidence, FrameText.escaped(format));
    }

    private static void read(Recorded recorded, EscapedFormat format, Set<Bytes> different) {
        long unused = feed(recorded, new EscapedFramer(format), different);
    }

    private static long feed(Recorded recorded, EscapedFramer framer, Set<Bytes> different) {
        byte[] all = recorded.part(0, recorded.size());
        long[] count = new long[1];
        framer.onBytes(0, all, 0, all.length, (at, buffer, from, length) -> {
            count[0]++;
            if (length >= MIN_FRAME && different.size() < MAX_DIFFERENT) {
                different.add(Bytes.copyOf(java.util.Arrays.copyOfRange(buffer, from, from + length)));
            }
        });
        return count[0];
    }
}
