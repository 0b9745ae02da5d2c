/**
 * Many runs: over values and seeds in a pool of processes, over shards on many machines, random ones that look for faults, smaller
 * ones that still fail; and what all of them say together, with intervals of confidence.
 */
@org.jspecify.annotations.NullMarked
package io.thicket.sim.sweep;
