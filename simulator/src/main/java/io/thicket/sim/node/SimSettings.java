package io.thicket.sim.node;

import io.thicket.routing.LinkInfo;
import io.thicket.sim.medium.Path;
import io.thicket.sim.medium.SimLink;

/**
 * What all nodes of a simulated network have in common.
 *
 * @param path how nodes that hear each other do so
 * @param link what each node's link can do
 * @param readingPeriodMs how often each sensor reads
 * @param readingsUntilMs when sensors stop, in simulation time
 * @param gatewaySensor whether the gateway, node 0, has a sensor, too
 * @param brokerAnswerMs from publication to the broker's answer
 */
public record SimSettings(
        Path path,
        LinkInfo link,
        long readingPeriodMs,
        long readingsUntilMs,
        boolean gatewaySensor,
        long brokerAnswerMs) {

    /** Good Wi-Fi, a reading every 30 s. */
    public static SimSettings usual(long readingsUntilMs) {
        return new SimSettings(Path.GOOD, SimLink.WIFI, 30_000, readingsUntilMs, true, 20);
    }

    public SimSettings withPath(Path newPath) {
        return new SimSettings(newPath, link, readingPeriodMs, readingsUntilMs, gatewaySensor, brokerAnswerMs);
    }
}
