package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.port.Timers;
import io.thicket.agent.port.Uplink;
import io.thicket.agent.senml.ReadingBatch;
import io.thicket.agent.senml.SenmlPack;
import io.thicket.agent.senml.SenmlRecord;
import io.thicket.agent.senml.SenmlValue;
import io.thicket.gateway.bridge.GatewayIdentity;
import io.thicket.gateway.bridge.Publication;
import io.thicket.routing.MessageId;
import io.thicket.routing.NodeId;
import io.thicket.routing.SettleStatus;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.kernel.VirtualTimers;
import io.thicket.sim.node.SimWallClock;
import io.thicket.sim.scenario.BrokerPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Fifty gateways that start within a second, with readings that wait for them at all of their nodes: more than the broker keeps for one client. Once each
 * gateway then wrote what it took for missing pages, the pages were the next flood, and in it others were lost: thousands a second, for good.
 */
final class GatewaysAfterPowerCutTest {
    private static final int GATEWAYS = 50;
    private static final int NODES_EACH = 30;
    private static final long END_MS = 60_000;

    private final Simulation simulation = new Simulation();
    private final Seeds seeds = new Seeds(11);
    private final ModelBroker broker = new ModelBroker(BrokerPlan.USUAL, this::published);
    private final Set<String> ids = new HashSet<>();
    private int readings;
    private int pages;
    private int latePages;
    private int settled;

    private void published(Publication publication) {
        if (publication.topic().endsWith("/data")) {
            ids.add(publication.properties().get("id"));
            readings++;
        } else if (publication.topic().endsWith("/published")) {
            pages++;
            latePages += simulation.nowMs() > END_MS / 2 ? 1 : 0;
        }
    }

    @Test
    void each_page_is_written_once() {
        for (int i = 0; i < GATEWAYS; i++) {
            Gateway gateway = new Gateway(i);
            at(100 + 7 * i, gateway::powerUp);
            at(3_000 + 11 * i, gateway::bringReadings);
        }
        simulation.runUntil(END_MS * 1_000);

        int all = GATEWAYS * NODES_EACH;
        assertEquals(all, ids.size());
        assertEquals(all, readings, "readings, each once");
        assertEquals(all, settled);
        assertTrue(pages <= 1.1 * all, pages + " pages of " + all + " nodes");
        assertEquals(0, latePages, "pages long after the last reading");
    }

    private void at(long ms, Runnable task) {
        simulation.schedule(Simulation.NOBODY, ms * 1_000, task);
    }

    private final class Gateway implements Uplink.Host {
        private final int index;
        private final VirtualTimers timers;
        private final BridgeUplink uplink;

        Gateway(int index) {
            this.index = index;
            timers = new VirtualTimers(simulation, index, 1_000);
            uplink = new BridgeUplink(
                    broker,
                    BridgeUplink.Later.of(simulation),
                    new GatewayIdentity("gw" + index, new NodeId(1_000_000L * (index + 1)), "test"),
                    new SimWallClock(simulation, true),
                    seeds.generator("uplink", index));
        }

        void powerUp() {
            uplink.start(this);
        }

        void bringReadings() {
            for (int i = 0; i < NODES_EACH; i++) {
                int node = index * NODES_EACH + i;
                NodeId origin = new NodeId(node + 1);
                SenmlPack pack = new SenmlPack(
                        "",
                        SimWallClock.START_MS / 1000.0,
                        List.of(new SenmlRecord("t", "Cel", new SenmlValue.Numeric(20), null)));
                uplink.accept(new Uplink.Arrival(
                        new MessageId(origin, 1, 1),
                        origin,
                        "n" + node,
                        1,
                        timers.nowMs(),
                        new ReadingBatch("n" + node, 1, List.of(new ReadingBatch.Reading(1, "air", pack))),
                        false));
            }
        }

        @Override
        public void settle(MessageId message, SettleStatus status) {
            settled++;
        }

        @Override
        public void stateChanged() {}

        @Override
        public Timers timers() {
            return timers;
        }
    }
}
