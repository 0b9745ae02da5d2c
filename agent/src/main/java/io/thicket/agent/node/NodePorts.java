package io.thicket.agent.node;

import io.thicket.agent.port.Link;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything a node gets from outside. The agent hands in real ones, the simulator its own.
 *
 * @param timers the node's loop and monotonic clock
 * @param wallClock time of day
 * @param random the node's own generator; a seed replays the node
 * @param links in the order of their LinkIds
 * @param sensors each thins its own readings
 * @param uplink null unless this node is a gateway
 * @param persistEpoch writes an epoch durably before it returns
 * @param observer watches the node's own readings
 */
public record NodePorts(
        Timers timers,
        WallClock wallClock,
        RandomGenerator random,
        List<Link> links,
        List<Sensor> sensors,
        @Nullable Uplink uplink,
        LongConsumer persistEpoch,
        NodeObserver observer) {

    public NodePorts {
        links = List.copyOf(links);
        sensors = List.copyOf(sensors);
    }
}
