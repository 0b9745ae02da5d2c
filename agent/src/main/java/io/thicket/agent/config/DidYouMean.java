package io.thicket.agent.config;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that somebody probably wanted to write. */
public final class DidYouMean {
    private DidYouMean() {}

    /** {@code did you mean 'interface'?}, or empty if no word is near. */
    public static String hint(String written, Collection<String> words) {
        String lower = written.toLowerCase(Locale.ROOT).replace('-', '_');
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = distance(lower, word);
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        // A third of the letters may be wrong; more is another word.
        boolean near = bestDistance <= Math.max(1, Math.min(written.length(), best.length()) / 3);
        return near ? "did you mean '" + best + "'?" : "";
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replace = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[to.length()];
    }
}
