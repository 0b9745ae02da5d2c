/**
 * What the engine costs: JMH benchmarks and a measurement of its tables. Compiled with the tests, run by the profile
 * {@code bench} only, in nothing that ships. docs/bench/engine.md has the commands and the figures.
 */
package io.thicket.routing.bench;
