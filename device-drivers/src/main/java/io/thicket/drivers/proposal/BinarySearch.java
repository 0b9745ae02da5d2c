package io.thicket.drivers.proposal;

import io.thicket.drivers.framing.BinaryFormat;
import io.thicket.drivers.framing.BinaryFramer;
import io.thicket.drivers.framing.Bytes;
import io.thicket.drivers.framing.CheckPlace;
import io.thicket.drivers.framing.Framer;
import io.thicket.drivers.framing.LengthField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Frames with a fixed start, of one length or with a length inside. What it proposes has gone through the framer that reads them. */
final class BinarySearch {
    private static final long SILENCE_MS = 500;
    private static final int MAX_ALLOWED = 6;

    private BinarySearch() {}

    static List<Proposal> in(Recorded recorded) {
        List<Proposal> proposals = new ArrayList<>();
        for (Starts starts : Starts.in(recorded)) {
            for (Cut cut : CutSearch.of(recorded, starts)) {
                Frames frames = cut.frames(recorded);
                boolean varies = cut.field() == null || frames.lengths().size() > 1;
                double significance = cut.significance(recorded, frames);
                if (varies && significance >= Chance.ENOUGH) {
                    proposals.add(proposal(recorded, cut, frames, significance));
                }
            }
        }
        return proposals;
    }

    private static Proposal proposal(Recorded recorded, Cut cut, Frames frames, double significance) {
        Bytes end = frames.sameEnd();
        Optional<CheckSearch.Found> found = CheckSearch.in(frames.different(), end.length());
        CheckPlace check = found.map(CheckSearch.Found::place).orElse(null);
        Bytes behind =
                check == null ? end : tail(end, -check.at() - check.kind().width());
        BinaryFormat format = format(cut, frames, behind, check);
        Framer framer = new BinaryFramer(format);
        long[] count = new long[1];
        byte[] all = recorded.part(0, recorded.size());
        framer.onBytes(0, all, 0, all.length, (at, buffer, from, length) -> count[0]++);
        framer.onSilence(2 * SILENCE_MS, (at, buffer, from, length) -> count[0]++);
        List<String> evidence = new ArrayList<>();
        evidence.add(frames.count() + " of " + frames.attempts()
                + " times the start is followed by another one, or by a pause, "
                + "where the frame ends; by chance at most once in 10^" + (long) significance);
        double score;
        long bad = framer.badChecksums();
        if (found.isPresent()) {
            CheckSearch.Found right = found.get();
            double share = 1 - (double) framer.skippedBytes() / recorded.size();
            score = share * count[0] / Math.max(1, count[0] + bad);
            evidence.add("the check is right in " + right.right() + " of " + right.frames()
                    + " different frames; by chance at most once in 10^" + (long) right.significance());
        } else {
            score = Proposal.UNCHECKED * frames.bytes() / recorded.size();
            bad = 0;
            count[0] = frames.count();
            evidence.add(
                    frames.differentCount() < 6
                            ? "only " + frames.differentCount() + " different frames: too few to find a check"
                            : "no check of those known holds");
        }
        if (recorded.pauses() > 2) {
            evidence.add(frames.afterPause() + " frames begin after one of " + recorded.pauses() + " pauses");
            // The same frames can be cut anywhere; the device knows where they begin.
            int begins = Math.min(recorded.pauses(), frames.count());
            score *= 0.8 + 0.2 * Math.min(1, (double) frames.afterPause() / begins);
        } else if (cut.starts().places().nextSetBit(0) != 0) {
            score *= 0.98;
        }
        return new Proposal(
                "binary", score, "", words(format, frames), check, count[0], bad, evidence, FrameText.binary(format));
    }

    private static BinaryFormat format(Cut cut, Frames frames, Bytes end, @Nullable CheckPlace check) {
        Bytes start = cut.starts().start();
        LengthField field = cut.field();
        if (start.length() == 1 && frames.isSameAt(1) && (field == null || field.at() > 1)) {
            byte[] first = frames.different().get(0);
            start = Bytes.copyOf(new byte[] {first[0], first[1]});
        }
        if (field == null) {
            return new BinaryFormat(start, end, cut.fixed(), null, check, cut.fixed(), SILENCE_MS);
        }
        int longest = 0;
        List<Integer> allowed = new ArrayList<>();
        for (int length : frames.lengths()) {
            longest = Math.max(longest, length);
            allowed.add(length - field.add());
        }
        // A list of few keeps a damaged length from hiding the frames behind it.
        List<Integer> few = allowed.size() <= MAX_ALLOWED ? allowed : List.of();
        LengthField narrowed = new LengthField(field.at(), field.width(), field.lowFirst(), field.add(), few);
        return new BinaryFormat(start, end, 0, narrowed, check, longest, SILENCE_MS);
    }

    private static Bytes tail(Bytes bytes, int count) {
        byte[] all = bytes.toArray();
        return Bytes.copyOf(java.util.Arrays.copyOfRange(all, all.length - count, all.length));
    }

    private static String words(BinaryFormat format, Frames frames) {
        LengthField field = format.length();
        String size = field == null
                ? format.fixedLength() + " bytes"
                : "a length at " + field.at() + " (plus " + field.add() + "), "
                        + frames.lengths().size() + " lengths";
        String end = format.end().length() == 0 ? "" : ", end " + format.end();
        return "start " + format.start() + ", " + size + end;
    }
}
