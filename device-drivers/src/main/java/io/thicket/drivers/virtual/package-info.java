/**
 * Virtual sensors: values made from a seed and the time, for demonstrations, tests and the simulator. Pure: time and
 * randomness are arguments.
 */
@NullMarked
package io.thicket.drivers.virtual;

import org.jspecify.annotations.NullMarked;
