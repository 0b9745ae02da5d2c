package io.thicket.agent.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.coap.CoapSettings;
import io.thicket.agent.config.NodeConfig;
import io.thicket.agent.config.TestKeys;
import io.thicket.agent.identity.NodeIdentity;
import io.thicket.agent.outbox.LossReason;
import io.thicket.agent.outbox.OutboxLimits;
import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.port.WallClock;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.ReadingBatchCodec;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.agent.store.MemoryStore;
import io.thicket.drivers.Observation;
import io.thicket.routing.GatewayState;
import io.thicket.routing.Identity;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.PayloadType;
import io.thicket.routing.SettleStatus;
import io.thicket.routing.engine.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole gateway without links, in virtual time: its own readings go through its own uplink. */
class NodeTest {
    private static final int MAX_READINGS = 40;

    private final ManualTimers timers = new ManualTimers();
    private final FakeSensor sensor = new FakeSensor();
    private final FakeUplink uplink = new FakeUplink();
    private Node node;

    @BeforeEach
    void start() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        NodeIdentity keys = NodeIdentity.loadOrCreate(new MemoryStore(), random);
        Identity identity = new Identity(keys.id(), "n1", Set.of(Identity.Role.SENSOR, Identity.Role.GATEWAY), 7);
        NodeSettings settings = new NodeSettings(
                "test",
                identity,
                new OutboxLimits(MAX_READINGS, 3_600_000),
                new CoapSettings("site", "net", List.of()));
        node = new Node(
                settings,
                new Router(RouterSettings.of(
                        NodeConfig.Mesh.DEFAULT, TestKeys.zero("net"), keys.signer(), identity, 5, random)),
                new NodePorts(
                        timers,
                        new RightClock(),
                        random,
                        List.of(),
                        List.of(sensor),
                        uplink,
                        epoch -> {},
                        NodeObserver.NONE));
        timers.advance(60_000);
        node.start();
    }

    /** A simulated node is made before it has power. */
    @Test
    void it_is_up_since_it_was_started_not_since_it_was_made() {
        timers.advance(5_000);

        assertEquals(5_000, node.snapshot().uptimeMs());
    }

    /** A disk that was lost makes a node use an epoch again, and a gateway would take its readings for those of the former boot. */
    @Test
    void the_numbers_of_readings_begin_with_a_random_one() {
        sensor.read(1);
        timers.advance(100);

        long first = uplink.seqs().get(0);
        assertTrue(first > 1_000 && first <= MessageId.FIRST_NUMBERS, () -> "" + first);
    }

    @Test
    void a_reading_is_settled_when_the_uplink_says_so() {
        sensor.read(1);
        timers.advance(100);
        assertEquals(1, uplink.seqs().size());

        uplink.answerAll(SettleStatus.BROKER_ACKED);

        assertEquals(1, node.snapshot().counters().get(NodeCounter.READINGS_SETTLED));
        assertEquals(List.of(), node.snapshot().lost());
        assertEquals(0, node.snapshot().outbox().waiting());
    }

    @Test
    void a_lost_reading_is_shown_with_its_reason_and_age() {
        sensor.read(1);
        timers.advance(100);
        long seq = uplink.seqs().get(0);
        uplink.answerAll(SettleStatus.REFUSED);
        timers.advance(5_000);

        assertEquals(
                List.of(new NodeSnapshot.LostReading("n1/7/" + seq, LossReason.REFUSED, 5_000)),
                node.snapshot().lost());
    }

    @Test
    void the_newest_lost_readings_are_remembered_and_all_are_counted() {
        sensor.read(0);
        timers.advance(100);
        long first = uplink.seqs().get(0);
        for (int i = 1; i < MAX_READINGS + 50; i++) {
            sensor.read(i);
        }

        List<NodeSnapshot.LostReading> lost = node.snapshot().lost();
        assertEquals(LossLog.MAX_LOST, lost.size());
        assertEquals("n1/7/" + (first + 49), lost.get(lost.size() - 1).id());
        assertEquals(LossReason.OUTBOX_FULL, lost.get(0).reason());
        assertEquals(50, node.snapshot().counters().get(NodeCounter.READINGS_LOST));
    }

    @Test
    void the_uplinks_counters_are_in_the_snapshot() {
        assertEquals(Map.of(NodeCounter.READINGS_OFFERED, 3L), node.snapshot().uplinkCounters());
    }

    /** What comes after an uplink was abandoned is no farewell. */
    @Test
    void without_power_nobody_takes_leave() {
        node.abandon();

        assertEquals(true, uplink.abandoned);
    }

    @Test
    void a_node_that_leaves_at_once_takes_leave_of_its_broker() {
        node.leave();

        assertEquals(true, uplink.closed);
        assertEquals(false, uplink.abandoned);
    }

    @Test
    void what_was_not_answered_at_the_end_is_lost_and_said_so() {
        sensor.read(1);
        boolean[] done = new boolean[1];
        node.stop(() -> done[0] = true);
        timers.advance(2_500);

        assertEquals(true, done[0]);
        assertEquals(LossReason.NODE_STOPPED, node.snapshot().lost().get(0).reason());
    }

    @Test
    void a_gateway_that_stops_waits_for_what_the_broker_has_not_acknowledged() {
        uplink.backlog = 1;
        boolean[] done = new boolean[1];
        node.stop(() -> done[0] = true);
        timers.advance(1_000);
        assertEquals(false, done[0]);
        assertEquals(false, uplink.closed);

        uplink.backlog = 0;
        timers.advance(300);

        assertEquals(true, done[0]);
        assertEquals(true, uplink.closed);
    }

    @Test
    void a_gateway_that_stops_does_not_wait_for_ever() {
        uplink.backlog = 1;
        boolean[] done = new boolean[1];
        node.stop(() -> done[0] = true);
        timers.advance(2_000);

        assertEquals(true, done[0]);
    }

    /** A review found the first taken for one of a boot that is over, and never answered. */
    @Test
    void whether_a_boot_is_over_is_said_of_the_message_and_not_of_its_readings() {
        Identity sender = new Identity(new NodeId(2), "n2", Set.of(Identity.Role.SENSOR), 9);
        NodeDirectory directory = new NodeDirectory();
        directory.learn(0, sender);
        NodePorts ports = new NodePorts(
                timers,
                new RightClock(),
                new SplittableRandom(1),
                List.of(),
                List.of(),
                uplink,
                epoch -> {},
                NodeObserver.NONE);
        MeshEvents events = new MeshEvents(
                new NodeParts(null, ports, null, directory, null, null, null, new NodeCounters(), null), null);
        ReadingBatch.Reading reading = new ReadingBatch.Reading(
                5, "air", new SenmlPack("", 0, List.of(new SenmlRecord("t", "Cel", new SenmlValue.Numeric(20), null))));
        byte[] taken = ReadingBatchCodec.encode(new ReadingBatch("n2", 7, List.of(reading)));

        events.onDelivered(new MessageId(sender.id(), 9, 1), PayloadType.READINGS, 1, 0, true, taken);
        events.onDelivered(new MessageId(sender.id(), 7, 2), PayloadType.READINGS, 1, 0, true, taken);

        assertEquals(
                List.of(false, true),
                uplink.arrivals.stream().map(Uplink.Arrival::outdated).toList());
    }

    private static final class RightClock implements WallClock {
        @Override
        public long nowMs() {
            return 1_795_314_600_000L;
        }

        @Override
        public boolean isSynchronised() {
            return true;
        }
    }

    private final class FakeSensor implements Sensor {
        private @Nullable SensorListener listener;

        void read(double value) {
            if (listener != null) {
                listener.onReading(timers.nowMs(), List.of(Observation.good("temperature", value, "Cel")));
            }
        }

        @Override
        public String name() {
            return "air";
        }

        @Override
        public void start(SensorListener newListener) {
            listener = newListener;
        }

        @Override
        public Status status() {
            return new Status("fake", "ready", "", "", 0, 0, 0, 0);
        }

        @Override
        public void close() {
            listener = null;
        }
    }

    private static final class FakeUplink implements Uplink {
        private final List<Arrival> arrivals = new ArrayList<>();
        private @Nullable Host host;
        private int backlog;
        private boolean closed;
        private boolean abandoned;

        List<Long> seqs() {
            return arrivals.stream()
                    .flatMap(arrival -> arrival.batch().readings().stream())
                    .map(ReadingBatch.Reading::seq)
                    .toList();
        }

        void answerAll(SettleStatus status) {
            for (Arrival arrival : List.copyOf(arrivals)) {
                if (host != null) {
                    host.settle(arrival.message(), status);
                }
            }
        }

        @Override
        public void start(Host newHost) {
            host = newHost;
        }

        @Override
        public void accept(Arrival arrival) {
            arrivals.add(arrival);
        }

        @Override
        public void nodeKnown(Identity identity, String label) {}

        @Override
        public GatewayState state() {
            return new GatewayState(true, true, 0, backlog);
        }

        @Override
        public String statusLine() {
            return "connected";
        }

        @Override
        public Map<? extends Enum<?>, Long> counters() {
            Map<NodeCounter, Long> counters = new EnumMap<>(NodeCounter.class);
            counters.put(NodeCounter.READINGS_OFFERED, 3L);
            return counters;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void abandon() {
            abandoned = !closed;
        }
    }
}
