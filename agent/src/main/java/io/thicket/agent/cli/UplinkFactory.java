package io.thicket.agent.cli;

import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.routing.NodeId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes a gateway's uplink from its configuration; the gateway package has one, a plain agent has none. */
@FunctionalInterface
public interface UplinkFactory {
    /** The uplink, null if this node is no gateway. */
    @Nullable
    Uplink create(LoadedConfig config, NodeId self, Timers timers, WallClock wallClock, RandomGenerator random)
            throws Failure;
}
