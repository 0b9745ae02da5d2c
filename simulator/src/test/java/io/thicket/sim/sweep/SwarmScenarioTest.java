package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.file.EnergyPlan;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.PhyPlan;
import io.thicket.sim.scenario.file.RadioPlan;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import io.thicket.sim.scenario.file.SensorPlan;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SwarmScenarioTest {
    @Test
    void every_seed_is_a_scenario_within_the_bounds_that_is_judged() throws Exception {
        Set<io.thicket.sim.scenario.file.FaultPlan.Kind> kinds =
                EnumSet.noneOf(io.thicket.sim.scenario.file.FaultPlan.Kind.class);
        for (long seed = 0; seed < 300; seed++) {
            Scenario scenario =
                    ScenarioReader.parse(SwarmScenario.text(seed, 40), "swarm", Path.of("/"), Overrides.NONE);

            assertEquals(seed, scenario.seed());
            assertTrue(scenario.invariants());
            assertTrue(scenario.nodes().count() <= 40);
            boolean lora = scenario.radio().phy().kind() == PhyPlan.Kind.LORA;
            assertTrue(scenario.durationMs() <= (lora ? 6 * 480_000 : 480_000));
            scenario.faults().forEach(fault -> kinds.add(fault.kind()));
        }
        assertEquals(EnumSet.allOf(io.thicket.sim.scenario.file.FaultPlan.Kind.class), kinds);
    }

    @Test
    void every_kind_of_equipment_is_drawn_within_some_seeds() throws Exception {
        Set<PhyPlan.Kind> radios = EnumSet.noneOf(PhyPlan.Kind.class);
        Set<Integer> rates = new HashSet<>();
        Set<Integer> spreadings = new HashSet<>();
        Set<RadioPlan.Model> laws = EnumSet.noneOf(RadioPlan.Model.class);
        int weakPlaces = 0;
        Set<EnergyPlan.Announced> batteries = EnumSet.noneOf(EnergyPlan.Announced.class);
        Set<SensorPlan.Source> sources = EnumSet.noneOf(SensorPlan.Source.class);
        Set<Integer> values = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            Scenario scenario =
                    ScenarioReader.parse(SwarmScenario.text(seed, 24), "swarm", Path.of("/"), Overrides.NONE);
            PhyPlan phy = scenario.radio().phy();
            radios.add(phy.kind());
            laws.add(scenario.radio().model());
            weakPlaces += scenario.radio().nodeOffsetDb() > 0 ? 1 : 0;
            if (phy.kind() == PhyPlan.Kind.OFDM) {
                rates.add(phy.rateMbps());
            }
            if (phy.kind() == PhyPlan.Kind.LORA) {
                spreadings.add(phy.lora().spreadingFactor());
            }
            scenario.world().energy().forEach(each -> batteries.add(each.announced()));
            scenario.world().sensors().forEach(each -> sources.add(each.source()));
            values.add(scenario.world().sensors().size());
        }

        assertEquals(EnumSet.allOf(PhyPlan.Kind.class), radios);
        assertEquals(Set.of(6, 9, 12, 18, 24, 36, 48, 54), rates);
        assertEquals(Set.of(7, 8, 9, 10, 11, 12), spreadings);
        assertEquals(EnumSet.complementOf(EnumSet.of(RadioPlan.Model.LINKS)), laws);
        assertTrue(weakPlaces > 10 && weakPlaces < 60, weakPlaces + " of 300");
        assertEquals(EnumSet.of(EnergyPlan.Announced.BATTERY, EnergyPlan.Announced.SOLAR), batteries);
        assertEquals(
                EnumSet.of(SensorPlan.Source.CONSTANT, SensorPlan.Source.SINE, SensorPlan.Source.RANDOM_WALK), sources);
        assertEquals(Set.of(0, 1, 2, 3), values);
    }

    /** Seeds 0x1a5e54c3 and 0x1a5e55d1: a packet to a node came twice, since its first copy had arrived when the router gave it up. */
    @Test
    void packets_between_nodes_may_come_twice_and_readings_may_not() {
        assertTrue(SwarmScenario.text(0x1a5e54c3L, 24).contains("\nto = "));
        assertTrue(!SwarmScenario.text(0x1a5e54c3L, 24).contains("\"duplicates\""));
        long judged = 0;
        for (long seed = 0; seed < 100; seed++) {
            String text = SwarmScenario.text(seed, 24);
            judged += text.contains("\"duplicates\"") ? 1 : 0;
        }
        assertTrue(judged > 20, judged + " of 100");
    }

    @Test
    void a_seed_is_the_same_scenario_again_and_the_next_one_is_another() {
        assertEquals(SwarmScenario.text(5, 24), SwarmScenario.text(5, 24));
        assertNotEquals(SwarmScenario.text(5, 24), SwarmScenario.text(6, 24));
    }

    @Test
    void failures_are_kept_with_their_seeds_and_the_runs_end_when_they_should() throws Exception {
        SwarmJobs some = new SwarmJobs(100, 10, 20, () -> false, (seed, outcome) -> {}, jobs -> {});
        SwarmJobs none = new SwarmJobs(100, 10, 20, () -> true, (seed, outcome) -> {}, jobs -> {});

        WorkerPool.run(
                3,
                () -> SweepRuns.worker(job -> job.seed() == 107
                        ? RunOutcome.failed("java.lang.AssertionError")
                        : SweepRuns.outcome(job.seed() == 103 ? 0.1 : 1, "hash")),
                some);

        assertEquals(20, some.done());
        assertEquals(Set.of(3, 7), some.failures().keySet());
        assertEquals(103, some.seed(3));
        assertEquals(Optional.empty(), none.next());
    }
}
