package io.thicket.sim.run;

/** Counted things in words: 1 gateway, 2 gateways. */
public final class Plural {
    private Plural() {}

    /** {@code word} is that of one, and takes an s. */
    public static String of(long count, String word) {
        return of(count, word, word + "s");
    }

    /** With the word for all other counts. */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
