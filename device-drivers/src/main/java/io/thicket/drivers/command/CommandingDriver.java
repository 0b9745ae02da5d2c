package io.thicket.drivers.command;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DeviceSession;
import java.util.List;
import java.util.Map;

/** A driver whose devices can be told something. Faulty options are as in {@link #open}. */
public interface CommandingDriver extends DeviceDriver {
    /** What the device can be told, in the order of its description. */
    List<CommandInfo> commands(Map<String, String> options);

    /**
     * As {@link #open}; if the device has commands and a port of its own, the session is a
     * {@link CommandedSession}.
     */
    DeviceSession openForCommands(Map<String, String> options);
}
