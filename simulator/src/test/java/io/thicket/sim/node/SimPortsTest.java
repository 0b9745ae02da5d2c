package io.thicket.sim.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Sensor;
import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.drivers.Observation;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import io.thicket.sim.check.ReadingLedger;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.kernel.VirtualTimers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimPortsTest {
    private static final NodeId ORIGIN = new NodeId(0x1001);

    private final Simulation simulation = new Simulation();
    private final VirtualTimers timers = new VirtualTimers(simulation, 0, 1_000);
    private final ReadingLedger ledger = new ReadingLedger();
    private final List<String> log = new ArrayList<>();
    private final SimUplink.Broker broker = new SimUplink.Broker(id -> 1, simulation::nowMs, 20);
    private final Uplink.Host host = new Uplink.Host() {
        @Override
        public void settle(MessageId message, SettleStatus status) {
            log.add("settle " + message.number() + " " + status + "@" + simulation.nowMs());
        }

        @Override
        public void stateChanged() {
            log.add("state changed");
        }

        @Override
        public Timers timers() {
            return timers;
        }
    };

    @Test
    void a_sensor_reads_once_in_each_period_with_growing_serials() {
        long[] serial = {0};
        List<Double> serials = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        SimSensor sensor = new SimSensor("air", timers, new Seeds(1).generator("sensor"), 30_000, () -> ++serial[0]);

        sensor.start(new Sensor.SensorListener() {
            @Override
            public void onReading(long takenAtMs, List<Observation> observations) {
                times.add(takenAtMs);
                serials.add(((Observation.Value.Numeric) observations.get(0).value()).value());
            }

            @Override
            public void onStatus(Sensor.Status status) {
                log.add(status.state());
            }
        });
        simulation.runUntil(300_000_000L);
        sensor.close();
        simulation.runUntil(600_000_000L);

        assertEquals(10, serials.size());
        assertEquals(10.0, serials.get(9));
        assertEquals(30_000, times.get(9) - times.get(8));
        assertTrue(times.get(0) >= 1_000 && times.get(0) < 31_000);
        assertEquals(10, sensor.status().goodFrames());
    }

    @Test
    void an_uplink_publishes_each_reading_once_and_settles_every_message() {
        SimUplink uplink = uplink();
        ledger.offered(1, 7, 1, 0);

        uplink.accept(arrival(1, 1, 7));
        uplink.accept(arrival(2, 1, 7));
        assertEquals(List.of(), log);
        simulation.runUntil(1_000_000);

        assertEquals(List.of("settle 1 BROKER_ACKED@20", "settle 2 BROKER_ACKED@20"), log);
        assertEquals(1, ledger.publishedCount());
        assertEquals(List.of(), ledger.problems());
    }

    @Test
    void without_deduplication_the_ledger_sees_the_duplicate() {
        SimUplink uplink = uplink();
        broker.setDeduplicate(false);
        ledger.offered(1, 7, 1, 0);

        uplink.accept(arrival(1, 1, 7));
        uplink.accept(arrival(2, 1, 7));
        simulation.runUntil(1_000_000);

        assertEquals(1, ledger.problems().size());
    }

    @Test
    void a_lost_answer_leaves_the_reading_at_the_broker_and_the_origin_unsettled() {
        SimUplink uplink = uplink();
        broker.setAnswerLoss(1.0);
        ledger.offered(1, 7, 1, 0);

        uplink.accept(arrival(1, 1, 7));
        simulation.runUntil(1_000_000);

        assertEquals(List.of(), log);
        assertEquals(1, ledger.publishedCount());
    }

    @Test
    void a_broker_that_is_away_takes_nothing_and_the_gateway_says_so() {
        SimUplink uplink = uplink();
        uplink.accept(arrival(1, 1, 7));

        broker.setUp(false);
        uplink.accept(arrival(2, 2, 8));
        simulation.runUntil(1_000_000);

        assertEquals(List.of("state changed"), log);
        assertEquals(0, ledger.publishedCount());
        assertFalse(uplink.state().uplink());
        assertEquals("the simulated broker is away", uplink.statusLine());
    }

    private SimUplink uplink() {
        SimUplink uplink = new SimUplink(ledger, broker, new Seeds(1).generator("uplink"));
        uplink.start(host);
        return uplink;
    }

    private static Uplink.Arrival arrival(long message, long seq, long serial) {
        SenmlPack pack =
                new SenmlPack("", 0, List.of(new SenmlRecord("serial", null, new SenmlValue.Numeric(serial), null)));
        return new Uplink.Arrival(
                new MessageId(ORIGIN, 3, message),
                ORIGIN,
                "n1",
                4,
                0,
                new ReadingBatch("n1", 3, List.of(new ReadingBatch.Reading(seq, "air", pack))),
                false);
    }
}
