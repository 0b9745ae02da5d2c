package io.thicket.drivers.proposal;

import io.thicket.drivers.framing.CheckPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to read a recording.
 *
 * @param framing {@code line}, {@code binary}, {@code escaped} or {@code pause}
 * @param score 0 to 1: what share of the bytes it explains, how many checks were right; without a check at most {@link #UNCHECKED}
 * @param format settings of the line that it needs, such as {@code 7E1}; empty if those of the recording do
 * @param what it in words
 * @param check null if none was found
 * @param frames how many
 * @param badChecks how many frames had a wrong check
 * @param evidence why, in sentences
 * @param specification the {@code [frame]} of a specification file, empty if none can say it
 */
public record Proposal(
        String framing,
        double score,
        String format,
        String what,
        @Nullable CheckPlace check,
        long frames,
        long badChecks,
        List<String> evidence,
        String specification) {
    /** Without a check nothing says that a frame is whole. */
    static final double UNCHECKED = 0.6;

    public Proposal {
        evidence = List.copyOf(evidence);
    }
}
