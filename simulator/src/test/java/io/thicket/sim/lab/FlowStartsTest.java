package io.thicket.sim.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.scenario.ns3.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowStartsTest {
    private static final int NODES = 4;

    /** With other events of the same nodes at the same instants, scheduled before, after and meanwhile. */
    @Test
    void flows_start_in_the_order_in_which_they_would_if_all_were_scheduled_at_once() {
        Random random = new Random(2);
        for (int run = 0; run < 200; run++) {
            List<Flow> flows = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                double startS = (random.nextInt(10) - 2) * 1e-6; // some are late
                double stopS = startS + random.nextInt(3) * 1e-6; // some have no packet, some two
                flows.add(new Flow(random.nextInt(NODES), i, startS, stopS, 1e-6, 10));
            }
            Simulation expected = new Simulation();
            Simulation found = new Simulation();
            List<String> expectedLines = new ArrayList<>();
            List<String> foundLines = new ArrayList<>();

            surroundings(expected, expectedLines, "before ");
            flows.forEach(flow -> send(expected, flow, 0, expectedLines));
            surroundings(expected, expectedLines, "after ");
            surroundings(found, foundLines, "before ");
            FlowStarts.schedule(found, flows, flow -> sent(found, flow, 0, foundLines));
            surroundings(found, foundLines, "after ");
            assertTrue(found.pendingEvents() < expected.pendingEvents());
            expected.runUntil(100);
            found.runUntil(100);

            assertEquals(expectedLines, foundLines);
            assertEquals(expected.executedEvents(), found.executedEvents());
        }
    }

    private static void surroundings(Simulation simulation, List<String> lines, String text) {
        for (int node = 0; node < NODES; node++) {
            for (int atUs = 0; atUs < 12; atUs++) {
                String line = text + node;
                simulation.schedule(node, atUs, () -> lines.add(simulation.nowUs() + " " + line));
            }
        }
    }

    private static void send(Simulation simulation, Flow flow, int number, List<String> lines) {
        if (number < flow.packets()) {
            long atUs = LabScenario.us(flow.startS() + number * flow.intervalS());
            simulation.schedule(flow.source(), atUs, () -> sent(simulation, flow, number, lines));
        }
    }

    private static void sent(Simulation simulation, Flow flow, int number, List<String> lines) {
        lines.add(simulation.nowUs() + " flow " + flow.destination() + " of " + flow.source() + " packet " + number);
        send(simulation, flow, number + 1, lines);
    }
}
