package io.thicket.drivers.spec;

import java.util.Collection;

/** Finds the word that was probably meant. */
final class Nearest {
    private static final int MAX_DISTANCE = 2;

    private Nearest() {}

    /** {@code write "x"} if one of {@code known} is close, else a list of all. */
    static String hint(String word, Collection<String> known) {
        String best = "";
        int least = MAX_DISTANCE + 1;
        for (String each : known) {
            int distance = distance(word, each);
            if (distance < least) {
                least = distance;
                best = each;
            }
        }
        return best.isEmpty() ? "possible are " + String.join(", ", known) : "write " + best;
    }

    /** How many letters to change, add or leave out. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
