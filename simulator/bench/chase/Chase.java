import java.util.SplittableRandom;

/**
 * How long a step takes that needs the one before it, through memory of growing size, a line of 64 bytes each: what a machine's caches are worth to one
 * process beside those of others. Prints a table.
 */
final class Chase {
    private static final int INTS_OF_LINE = 16;
    private static final int STEPS = 4_000_000;
    private static final int ROUNDS = 3;

    private Chase() {}

    public static void main(String[] args) {
        System.out.println("|      KB | ns a step |\n| ------: | --------: |");
        int sum = 0;
        for (int kilobytes = 256; kilobytes <= 256 * 1024; kilobytes *= 4) {
            int[] memory = cycle(kilobytes * 1024 / 64);
            double best = Double.MAX_VALUE;
            for (int round = 0; round <= ROUNDS; round++) { // the first one is compiled meanwhile
                long startNs = System.nanoTime();
                sum += walk(memory, STEPS);
                best = Math.min(best, (System.nanoTime() - startNs) / (double) STEPS);
            }
            System.out.printf("| %7d | %9.1f |%n", kilobytes, best);
        }
        if (sum == 42) {
            System.out.println(); // what was summed is used
        }
    }

    /** Each line leads to another one, all of them in one cycle (Sattolo's algorithm). */
    private static int[] cycle(int lines) {
        SplittableRandom random = new SplittableRandom(1);
        int[] order = new int[lines];
        for (int i = 0; i < lines; i++) {
            order[i] = i;
        }
        for (int i = lines - 1; i > 0; i--) {
            int other = random.nextInt(i);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        int[] memory = new int[lines * INTS_OF_LINE];
        for (int i = 0; i < lines; i++) {
            memory[i * INTS_OF_LINE] = order[i] * INTS_OF_LINE;
        }
        return memory;
    }

    private static int walk(int[] memory, int steps) {
        int at = 0;
        for (int i = 0; i < steps; i++) {
            at = memory[at];
        }
        return at;
    }
}
