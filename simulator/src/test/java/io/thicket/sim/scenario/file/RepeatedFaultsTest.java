package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.thicket.agent.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults that come again are drawn anew each time, and each by itself. */
final class RepeatedFaultsTest {
    private static List<FaultPlan> faults(String text) throws ConfigException {
        String hour = "[scenario]\nduration = \"1h\"\n[nodes]\ncount = 100\n";
        return ScenarioReader.parse(hour + text, "test.toml", Path.of("."), Overrides.NONE)
                .faults();
    }

    private static String crash(String whom, String every) {
        return "[[fault]]\nkind = \"crash\"\n" + whom + "\nat = \"1min\"\nfor = \"1s\"\nevery = \"" + every + "\"\n";
    }

    private static List<Long> timesOf(List<FaultPlan> faults, int node) {
        return faults.stream()
                .filter(fault -> fault.nodes().equals(List.of(node)))
                .map(FaultPlan::atMs)
                .toList();
    }

    @Test
    void the_first_two_strikes_of_a_share_are_of_other_nodes() throws ConfigException {
        List<FaultPlan> faults = faults(crash("share = 0.2", "5min"));

        for (int i = 1; i < faults.size(); i++) {
            assertNotEquals(faults.get(i - 1).nodes(), faults.get(i).nodes());
        }
    }

    @Test
    void one_that_does_not_come_again_in_time_shares_no_times_with_the_next_one() throws ConfigException {
        String other = crash("nodes = [5]", "10min");

        List<FaultPlan> behind = faults(crash("nodes = [4]", "90min") + other);

        assertEquals(List.of(60_000L), timesOf(behind, 4));
        // The times of the first one of a file.
        assertNotEquals(timesOf(faults(other), 5), timesOf(behind, 5));
    }

    @Test
    void how_often_one_comes_again_does_not_change_another_one() throws ConfigException {
        String other = crash("nodes = [6]", "10min");

        List<FaultPlan> rare = faults(crash("nodes = [5]", "20min") + other);
        List<FaultPlan> often = faults(crash("nodes = [5]", "2min") + other);

        assertEquals(timesOf(rare, 6), timesOf(often, 6));
    }
}
