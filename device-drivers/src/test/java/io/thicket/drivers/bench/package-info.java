/**
 * What reading costs: JMH benchmarks, and the inputs that tests of bounded work share with them. Compiled with the tests, run
 * by the profile {@code bench} only, in nothing that ships. docs/bench/drivers.md has the commands and the figures.
 */
@NullMarked
package io.thicket.drivers.bench;

import org.jspecify.annotations.NullMarked;
