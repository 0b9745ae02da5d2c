package io.thicket.sim.sweep;

/**
 * How many runs of two sets have the same seeds, and so what a seed does to both.
 *
 * @param pairs runs of each set with a seed that the other has, too; 0 if a set has a seed twice
 * @param ofA how many runs A has
 * @param ofB how many B has
 */
record Pairing(int pairs, int ofA, int ofB) {
    /** A variance takes two, and of fewer than half the runs the rest would say more. */
    boolean isEnough() {
        return pairs >= 2 && 2 * pairs >= Math.max(ofA, ofB);
    }

    boolean isWhole() {
        return pairs == ofA && pairs == ofB;
    }

    /** Of the runs of the larger set. */
    double share() {
        return (double) pairs / Math.max(ofA, ofB);
    }
}
