package io.thicket.drivers.filter;

import java.util.Arrays;

/** Something about the last numbers, sent once for several of them. */
final class WindowFilter implements Filter {
    /** Largest window. */
    static final int MAX_WINDOW = 1000;

    /** Makes one number of the window's, oldest first. */
    @FunctionalInterface
    interface Reduce {
        double apply(double[] window);
    }

    private final double[] ring;
    private final int sendEvery;
    private final Reduce reduce;
    private int size;
    private int next;
    private int sinceSent;

    WindowFilter(int window, int sendEvery, int sendFirstAt, Reduce reduce) {
        this.ring = new double[window];
        this.sendEvery = sendEvery;
        this.sinceSent = sendEvery - sendFirstAt;
        this.reduce = reduce;
    }

    @Override
    public void accept(long nowMs, Sample sample, Out out) {
        ring[next] = sample.value();
        next = (next + 1) % ring.length;
        size = Math.min(size + 1, ring.length);
        sinceSent++;
        if (sinceSent >= sendEvery) {
            sinceSent = 0;
            double[] window = new double[size];
            for (int i = 0; i < size; i++) {
                window[i] = ring[Math.floorMod(next - size + i, ring.length)];
            }
            out.pass(sample.with(reduce.apply(window)));
        }
    }

    static double mean(double[] window) {
        double sum = 0;
        for (double value : window) {
            sum += value;
        }
        return sum / window.length;
    }

    static double median(double[] window) {
        double[] sorted = window.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static Reduce quantile(double quantile) {
        return window -> {
            double[] sorted = window.clone();
            Arrays.sort(sorted);
            int position = (int) Math.ceil(sorted.length * quantile) - 1;
            return sorted[Math.max(0, Math.min(sorted.length - 1, position))];
        };
    }

    static double min(double[] window) {
        return Arrays.stream(window).min().orElseThrow();
    }

    static double max(double[] window) {
        return Arrays.stream(window).max().orElseThrow();
    }
}
