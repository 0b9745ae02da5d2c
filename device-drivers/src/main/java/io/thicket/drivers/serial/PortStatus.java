package io.thicket.drivers.serial;

import io.thicket.drivers.FrameCounts;
import org.jspecify.annotations.Nullable;

/**
 * A picture of one port for status pages.
 *
 * @param configured the path or match as configured
 * @param resolved the device node it led to at the last opening, null if none yet
 * @param problem one sentence with the cure while the port is not READY; while it is READY a warning about its
 *     configuration; null if it is fine
 * @param openings how often it was opened
 * @param bytesRead since the start
 * @param frames what the device session counted
 * @param lastByteAgoMs since the last byte, -1 if there was none
 */
public record PortStatus(
        PortState state,
        String configured,
        @Nullable String resolved,
        @Nullable String problem,
        long openings,
        long bytesRead,
        FrameCounts frames,
        long lastByteAgoMs) {}
