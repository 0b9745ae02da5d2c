package io.thicket.agent.node;

import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.port.CalibrationNote;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.routing.Alarm;
import io.thicket.routing.Identity;
import io.thicket.routing.LinkInfo;
import io.thicket.routing.NodeId;
import io.thicket.routing.RoutingSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable picture of a node: what {@code /status}, {@code /routes}, {@code /neighbors}, {@code /nodes}, dashboards
 * and invariants see.
 *
 * @param version of the software
 * @param name as configured
 * @param id its NodeId
 * @param meshAddress its IPv6 ULA in text
 * @param epoch number of this boot
 * @param uptimeMs since the start
 * @param clockSynchronised whether readings carry absolute times
 * @param uplink the uplink's status line, null if the node is no gateway
 * @param uplinkCounters what the uplink has counted, empty if the node is no gateway
 * @param lost the newest 32 of this node's readings that were given up, oldest first; READINGS_LOST counts all
 * @param alarms the newest 32, oldest first
 */
public record NodeSnapshot(
        String version,
        String name,
        NodeId id,
        String meshAddress,
        long epoch,
        long uptimeMs,
        boolean clockSynchronised,
        @Nullable String uplink,
        Map<? extends Enum<?>, Long> uplinkCounters,
        List<LinkStatus> links,
        List<SensorStatus> sensors,
        OutboxStatus outbox,
        List<LostReading> lost,
        List<KnownNode> nodes,
        List<Alarm> alarms,
        Map<NodeCounter, Long> counters,
        RoutingSnapshot routing) {

    /** A link; {@code problem} is empty if it works. */
    public record LinkStatus(String name, LinkInfo info, String problem, Map<? extends Enum<?>, Long> counts) {}

    /**
     * A sensor with its newest reading, null if there is none yet.
     *
     * @param calibration null if nobody says when it was calibrated
     * @param lastBadFrame null if none was refused
     */
    public record SensorStatus(
            String name,
            Sensor.Status status,
            @Nullable SenmlPack latest,
            long latestAgoMs,
            @Nullable Calibration calibration,
            @Nullable RefusedFrame lastBadFrame) {
        /** A sensor of which nobody says when it was calibrated, and no frame was refused. */
        public SensorStatus(String name, Sensor.Status status, @Nullable SenmlPack latest, long latestAgoMs) {
            this(name, status, latest, latestAgoMs, null, null);
        }
    }

    /** The newest frame of a sensor that was refused: how long ago, and the last bytes until then, as lines of a recording. */
    public record RefusedFrame(long agoMs, List<String> lines) {}

    /**
     * When a sensor was calibrated.
     *
     * @param ageDays -1 while the clock is not synchronised
     * @param due whether it is older than it counts
     */
    public record Calibration(CalibrationNote note, long ageDays, boolean due) {
        static Calibration of(CalibrationNote note, long wallMs, boolean synchronised) {
            return new Calibration(note, synchronised ? note.ageDays(wallMs) : -1, synchronised && note.isDue(wallMs));
        }
    }

    /** The outbox: readings waiting for a gateway, its limit, and how old the oldest is (0 if empty). */
    public record OutboxStatus(int waiting, int limit, long oldestMs) {}

    /** A reading that was given up: its id as in {@code data} publications, why, and when. */
    public record LostReading(String id, LossReason reason, long agoMs) {}

    /**
     * A node of the mesh that this node knows of, itself included.
     *
     * @param label its name, with {@code -xxxx} (the first four hexadecimal digits of its NodeId) if two nodes have the name
     * @param hops from here, 0 for itself, -1 if unknown
     * @param lastSeenAgoMs since something signed by it, a delivered message of it, or a frame from it was last heard
     */
    public record KnownNode(
            NodeId id,
            String name,
            String label,
            String meshAddress,
            Set<Identity.Role> roles,
            int hops,
            long lastSeenAgoMs) {}
}
