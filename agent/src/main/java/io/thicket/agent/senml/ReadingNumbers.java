package io.thicket.agent.senml;

import java.util.List;

/**
 * Which readings a batch has, without what they say.
 *
 * @param name the origin's own name
 * @param epoch the boot in which they were taken
 * @param seqs their numbers in (node, epoch), growing, 1 to {@link ReadingBatch#MAX_READINGS}
 */
public record ReadingNumbers(String name, long epoch, List<Long> seqs) {
    public ReadingNumbers {
        seqs = List.copyOf(seqs);
    }
}
