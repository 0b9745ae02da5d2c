package io.thicket.agent.node;

import io.thicket.routing.NodeId;

/** The parts of one node, for those classes that need most of them. */
record NodeParts(
        NodeSettings settings,
        NodePorts ports,
        RouterCalls router,
        NodeDirectory directory,
        SensorDesk sensors,
        OutboxDesk outbox,
        AlarmLog alarms,
        NodeCounters counters,
        TraceWaits traces) {
    NodeId id() {
        return settings.identity().id();
    }

    long nowMs() {
        return ports.timers().nowMs();
    }
}
