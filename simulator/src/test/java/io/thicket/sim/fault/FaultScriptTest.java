package io.thicket.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.kernel.Simulation;
import io.thicket.sim.medium.Medium;
import io.thicket.sim.medium.Path;
import io.thicket.sim.scenario.Topology;
import io.thicket.sim.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private final Simulation simulation = new Simulation();
    private final Trace trace = new Trace();
    private final Medium medium = new Medium(simulation, new Seeds(1), trace, 4);
    private final List<String> log = new ArrayList<>();
    private final Fault.Target target = new Fault.Target() {
        @Override
        public Medium medium() {
            return medium;
        }

        @Override
        public void crash(int node) {
            log.add("crash " + node + " at " + simulation.nowMs());
        }

        @Override
        public void reboot(int node) {
            log.add("reboot " + node + " at " + simulation.nowMs());
        }
    };

    @Test
    void crashes_and_reboots_come_at_their_times_and_are_traced() {
        FaultScript script = FaultScript.NONE.at(20, new Fault.Reboot(2)).at(10, new Fault.Crash(2));

        script.schedule(simulation, trace, target);
        simulation.runUntil(1_000_000);

        assertEquals(List.of("crash 2 at 10", "reboot 2 at 20"), log);
        assertEquals(20, script.lastMs());
        assertEquals("0.010000 - fault Crash[node=2]", trace.tail().get(0));
    }

    @Test
    void loss_changes_every_path_that_exists_and_makes_none() {
        medium.connect(Topology.line(4), Path.GOOD);

        new Fault.Loss(0.25).apply(target);
        new Fault.LinkLoss(1, 2, 1.0).apply(target);
        new Fault.Duplication(0.1).apply(target);
        new Fault.Reordering(0.2, 5000).apply(target);

        assertEquals(new Path(0.25, 0.1, 0.2, 1000, 2000, 5000), medium.path(0, 1));
        assertEquals(1.0, assertNotNullPath(1, 2).loss());
        assertEquals(1.0, assertNotNullPath(2, 1).loss());
        assertEquals(null, medium.path(0, 3));
    }

    @Test
    void a_partition_blocks_across_and_not_inside_until_it_heals() {
        medium.connect(Topology.line(4), new Path(0, 0, 0, 0, 0, 0));
        for (int node = 0; node < 4; node++) {
            int to = node;
            medium.listen(to, (from, data) -> log.add(from + ">" + to));
        }

        new Fault.Partition(List.of(0, 1), false).apply(target);
        everybodySpeaks();
        assertEquals(List.of("1>0", "0>1", "3>2", "2>3"), log, "in the order of those who hear it");

        log.clear();
        new Fault.Heal().apply(target);
        new Fault.Partition(List.of(0, 1), true).apply(target);
        everybodySpeaks();
        assertEquals(List.of("1>0", "0>1", "2>1", "3>2", "2>3"), log);
    }

    private void everybodySpeaks() {
        for (int from = 0; from < 4; from++) {
            medium.broadcast(from, new byte[] {1});
        }
        simulation.runUntil(simulation.nowUs() + 1000);
    }

    private Path assertNotNullPath(int from, int to) {
        Path path = medium.path(from, to);
        assertNotNull(path);
        return path;
    }
}
