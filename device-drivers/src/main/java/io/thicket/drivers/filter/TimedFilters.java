package io.thicket.drivers.filter;

import io.thicket.drivers.Quality;
import org.jspecify.annotations.Nullable;

/** Filters that know the time. */
final class TimedFilters {
    private TimedFilters() {}

    /** The first number, then at most one in {@code periodMs}. */
    static Filter throttle(long periodMs) {
        return new Filter() {
            private long passedAtMs;
            private boolean passed;

            @Override
            public void accept(long nowMs, Sample sample, Out out) {
                if (!passed || nowMs - passedAtMs >= periodMs) {
                    passed = true;
                    passedAtMs = nowMs;
                    out.pass(sample);
                }
            }
        };
    }

    /** The mean of each {@code periodMs} in which something came. */
    static Filter throttleAverage(long periodMs) {
        return new Filter() {
            private double sum;
            private long count;
            private long dueAtMs = NEVER;
            private @Nullable Sample last;

            @Override
            public void accept(long nowMs, Sample sample, Out out) {
                if (dueAtMs == NEVER) {
                    dueAtMs = nowMs + periodMs;
                }
                sum += sample.value();
                count++;
                last = sample;
            }

            @Override
            public long dueAtMs() {
                return dueAtMs;
            }

            @Override
            public void onTime(long nowMs, Out out) {
                Sample newest = last;
                if (count > 0 && newest != null) {
                    out.pass(newest.with(sum / count));
                    dueAtMs = nowMs + periodMs;
                } else {
                    // Nothing came: the next period begins with the next number.
                    dueAtMs = NEVER;
                }
                sum = 0;
                count = 0;
            }
        };
    }

    /** The last number, once in {@code periodMs}, whether a new one came or not. */
    static Filter heartbeat(long periodMs) {
        return new Filter() {
            private @Nullable Sample last;
            private long dueAtMs = NEVER;

            @Override
            public void accept(long nowMs, Sample sample, Out out) {
                if (dueAtMs == NEVER) {
                    dueAtMs = nowMs + periodMs;
                }
                last = sample;
            }

            @Override
            public long dueAtMs() {
                return dueAtMs;
            }

            @Override
            public void onTime(long nowMs, Out out) {
                dueAtMs = nowMs + periodMs;
                Sample newest = last;
                if (newest != null) {
                    out.pass(newest);
                }
            }
        };
    }

    /** A number after which none came for {@code quietMs}. */
    static Filter debounce(long quietMs) {
        return new Filter() {
            private @Nullable Sample last;
            private long dueAtMs = NEVER;

            @Override
            public void accept(long nowMs, Sample sample, Out out) {
                last = sample;
                dueAtMs = nowMs + quietMs;
            }

            @Override
            public long dueAtMs() {
                return dueAtMs;
            }

            @Override
            public void onTime(long nowMs, Out out) {
                dueAtMs = NEVER;
                Sample newest = last;
                if (newest != null) {
                    out.pass(newest);
                }
            }
        };
    }

    /** Every number; and the last one again, as stale, when none came for {@code patienceMs}. */
    static Filter timeout(long patienceMs, String text) {
        return new Filter() {
            private @Nullable Sample last;
            private long dueAtMs = NEVER;

            @Override
            public void accept(long nowMs, Sample sample, Out out) {
                last = sample;
                dueAtMs = nowMs + patienceMs;
                out.pass(sample);
            }

            @Override
            public long dueAtMs() {
                return dueAtMs;
            }

            @Override
            public void onTime(long nowMs, Out out) {
                dueAtMs = NEVER;
                Sample newest = last;
                if (newest != null) {
                    out.pass(new Sample(newest.value(), Quality.STALE, "nothing came for " + text));
                }
            }
        };
    }

    /** Numbers that differ from the last one that passed by at least so much, or by so many percent of that. */
    static Filter delta(double least, boolean percent) {
        return new Filter() {
            private double last = Double.NaN;
            private double needed = percent ? 0 : least;

            @Override
            public void accept(long nowMs, Sample sample, Out out) {
                double difference = Math.abs(sample.value() - last);
                if (Double.isNaN(last) || difference > 0 && difference >= needed) {
                    last = sample.value();
                    if (percent) {
                        needed = Math.abs(last * least / 100);
                    }
                    out.pass(sample);
                }
            }
        };
    }

    /** An average in which each number counts {@code alpha}, and all before it the rest. */
    static Filter exponential(double alpha, int sendEvery, int sendFirstAt) {
        return new Filter() {
            private double average = Double.NaN;
            private int sinceSent = sendEvery - sendFirstAt;

            @Override
            public void accept(long nowMs, Sample sample, Out out) {
                double value = sample.value();
                average = Double.isNaN(average) ? value : alpha * value + (1 - alpha) * average;
                sinceSent++;
                if (sinceSent >= sendEvery) {
                    sinceSent = 0;
                    out.pass(sample.with(average));
                }
            }
        };
    }

    /** Not the first {@code count}. */
    static Filter skipInitial(int count) {
        return new Filter() {
            private int left = count;

            @Override
            public void accept(long nowMs, Sample sample, Out out) {
                if (left > 0) {
                    left--;
                } else {
                    out.pass(sample);
                }
            }
        };
    }
}
