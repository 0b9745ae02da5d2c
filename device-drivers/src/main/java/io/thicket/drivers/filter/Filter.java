package io.thicket.drivers.filter;

/** One filter of one quantity, with its state. */
interface Filter {
    /** Never. */
    long NEVER = Long.MAX_VALUE;

    /** Takes what passes. */
    @FunctionalInterface
    interface Out {
        void pass(Sample sample);
    }

    /** A number came. */
    void accept(long nowMs, Sample sample, Out out);

    /** The time {@link #dueAtMs} has come. */
    default void onTime(long nowMs, Out out) {}

    /** When {@link #onTime} is wanted, {@link #NEVER} if it is not. */
    default long dueAtMs() {
        return NEVER;
    }

    /** A filter without a state. */
    @FunctionalInterface
    interface Map {
        double apply(double value);
    }

    /** Changes each number. */
    static Filter each(Map map) {
        return (nowMs, sample, out) -> {
            double value = map.apply(sample.value());
            if (Double.isFinite(value)) {
                out.pass(sample.with(value));
            }
        };
    }
}
