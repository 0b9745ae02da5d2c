package io.thicket.drivers.spec;

import io.thicket.drivers.Quality;
import org.jspecify.annotations.Nullable;

/**
 * What a device says about the trust in its own values.
 *
 * @param when which frames it is about
 * @param quality of all values of such a frame; null if it has no value at all
 * @param reason for people; {@code {}} becomes the number that was compared
 */
record QualityRule(Condition when, @Nullable Quality quality, String reason) {}
