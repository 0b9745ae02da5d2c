package io.thicket.drivers.spec;

import io.thicket.drivers.framing.Bytes;
import java.util.List;

/**
 * How a device is asked that does not talk by itself.
 *
 * @param intervalMs from one round to the next
 * @param timeoutMs how long an answer may take
 * @param gapMs from an answer (or its absence) to the next request of the round
 * @param start sent once after opening, and when the device asks for it
 * @param requests of each round
 */
public record PollSpec(long intervalMs, long timeoutMs, long gapMs, List<Bytes> start, List<Bytes> requests) {}
