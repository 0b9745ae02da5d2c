package io.thicket.drivers.filter;

import io.thicket.drivers.Quality;
import org.jspecify.annotations.Nullable;

/** A number on its way through filters. What is made of several has the quality of the last. */
record Sample(double value, Quality quality, @Nullable String reason) {
    Sample with(double other) {
        return new Sample(other, quality, reason);
    }
}
