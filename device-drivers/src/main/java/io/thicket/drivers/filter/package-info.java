/**
 * Filters of values, with the names and the meaning that ESPHome gives them: averages, thinning, calibration. Pure: the time is
 * an argument, and a filter that waits says until when.
 */
@NullMarked
package io.thicket.drivers.filter;

import org.jspecify.annotations.NullMarked;
