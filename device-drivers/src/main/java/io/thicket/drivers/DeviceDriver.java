package io.thicket.drivers;

import java.util.Map;

/** Knows one kind of device. Stateless; {@link #open} makes the state for one attached device. */
public interface DeviceDriver {
    DriverDescriptor descriptor();

    /**
     * A session for one attached device. Unknown options or bad values are an {@link IllegalArgumentException} whose
     * message names the option and says what is allowed.
     */
    DeviceSession open(Map<String, String> options);
}
