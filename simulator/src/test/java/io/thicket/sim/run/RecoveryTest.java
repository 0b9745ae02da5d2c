package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A check of recovery is held against the faults of a run, and fails where there is nothing to hold it against. */
final class RecoveryTest {
    private static final String FOUR = "[nodes]\ncount = 4\n[[traffic]]\ninterval = \"10s\"\n"
            + "[[check]]\nkind = \"recovery\"\nat_most = \"5s\"\n";

    private static Scenario scenario(String text, Overrides overrides) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", Path.of("."), overrides);
    }

    private static List<CheckResult> recoveries(String text) throws ConfigException {
        return recoveries(scenario(text, Overrides.NONE));
    }

    private static List<CheckResult> recoveries(Scenario scenario) {
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);
        return RunSummary.of(scenario, run, "test", 1, 1, 0).checks().stream()
                .filter(check -> check.name().startsWith("recovery"))
                .toList();
    }

    private static String late(String duration) {
        return "[scenario]\nduration = \"" + duration + "\"\n" + FOUR
                + "[[fault]]\nkind = \"loss\"\nloss = 0.5\nat = \"15min\"\n";
    }

    private static void failsUnmeasured(List<CheckResult> checks) {
        assertEquals(1, checks.size());
        assertFalse(checks.get(0).holds());
        assertEquals(
                "recovery, p95 in ms: nothing measured, at most 5000",
                checks.get(0).name() + ": " + checks.get(0).text());
    }

    @Test
    void a_recovery_from_no_fault_at_all_is_not_measured_and_fails() throws ConfigException {
        failsUnmeasured(recoveries("[scenario]\nduration = \"1min\"\n" + FOUR));
        failsUnmeasured(recoveries("[scenario]\nduration = \"1min\"\n" + FOUR
                + "[[fault]]\nkind = \"insider\"\nnodes = [2]\nmisbehaviour = \"grey_hole\"\n"));
    }

    @Test
    void a_fault_after_the_end_is_warned_of_and_the_recovery_from_it_fails() throws ConfigException {
        Scenario scenario = scenario(late("1min"), Overrides.NONE);

        assertEquals(
                List.of("test.toml:13:1: [[fault]] at = 15min is not before the end of the run, 1min: nothing happens"),
                scenario.warnings().stream().map(ConfigProblem::toString).toList());
        failsUnmeasured(recoveries(scenario));
    }

    @Test
    void a_run_that_is_cut_short_before_its_fault_is_warned_and_fails_as_well() throws ConfigException {
        Overrides cut = new Overrides(OptionalLong.empty(), OptionalLong.of(60_000), OptionalInt.empty(), "");
        Scenario scenario = scenario(late("20min"), cut);

        assertEquals(1, scenario.warnings().size());
        failsUnmeasured(recoveries(scenario));
        assertEquals(List.of(), scenario(late("20min"), Overrides.NONE).warnings());
    }

    /** A sweep tells checks apart by them: with six digits both were "1000 s". */
    @Test
    void faults_at_two_times_have_two_names() throws ConfigException {
        String fault = "[[fault]]\nkind = \"loss\"\nloss = 0.5\nfor = \"1ms\"\nat = ";

        assertEquals(
                List.of("recovery after 1000.001 s, p95 in ms", "recovery after 1000.003 s, p95 in ms"),
                recoveries("[scenario]\nduration = \"18min\"\n" + FOUR + fault + "\"1000001ms\"\n" + fault
                                + "\"1000003ms\"\n")
                        .stream()
                        .map(CheckResult::name)
                        .toList());
    }

    @Test
    void what_never_arrives_is_called_so() throws ConfigException {
        List<CheckResult> checks = recoveries(
                "[scenario]\nduration = \"3min\"\n" + FOUR + "[[fault]]\nkind = \"broker\"\nat = \"1min\"\n");

        assertEquals(1, checks.size());
        assertFalse(checks.get(0).holds());
        assertEquals("infinite, at most 5000", checks.get(0).text());
    }

    @Test
    void the_recovery_from_a_fault_within_the_warm_up_is_that_of_packets_made_right_after_it() throws ConfigException {
        String fault = FOUR + "[[fault]]\nkind = \"broker\"\nat = \"30s\"\nfor = \"80s\"\n";

        List<CheckResult> warm = recoveries("[scenario]\nduration = \"5min\"\nwarm_up = \"2min\"\n" + fault);
        List<CheckResult> cold = recoveries("[scenario]\nduration = \"5min\"\nwarm_up = \"0s\"\n" + fault);

        assertEquals(cold, warm);
        assertTrue(warm.get(0).measured() > 60_000, warm::toString);
    }

    private static final String CUT = """
            [scenario]
            duration = "6min"
            warm_up = "0s"
            [nodes]
            layout = "line"
            count = 2
            [[traffic]]
            interval = "10s"
            [[check]]
            kind = "recovery"
            at_most = "5s"
            [[fault]]
            kind = "partition"
            nodes = [1]
            at = "60s"
            for = "2min"
            """;

    private static String crash(String at, String until) {
        return "[[fault]]\nkind = \"crash\"\nnodes = [1]\nat = \"" + at + "\"\n" + until;
    }

    @Test
    void a_recovery_is_as_long_if_its_source_goes_down_long_after_it() throws ConfigException {
        CheckResult alive = recoveries(CUT).get(0);

        // Made within 10 s of the cut, and there is no way for 2 min.
        assertTrue(alive.measured() > 110_000, alive::text);
        assertEquals(alive, recoveries(CUT + crash("4min", "for = \"10s\"\n")).get(0));
        assertEquals(alive, recoveries(CUT + crash("4min", "")).get(0));
    }

    @Test
    void a_source_whose_packet_is_lost_as_it_goes_down_is_not_judged_by_what_it_makes_later() throws ConfigException {
        // A way is there all the time: what waits for the broker is lost with the memory of its source.
        String noBroker = CUT.replace("partition", "broker").replace("nodes = [1]", "nodes = [0]")
                + crash("2min", "for = \"10s\"\n");

        List<CheckResult> checks = recoveries(noBroker);

        assertEquals("nothing measured, at most 5000", checks.get(0).text());
        // From the crash on it is: made within 20 s of it, 60 s before the broker comes back.
        assertTrue(checks.get(1).measured() > 40_000 && checks.get(1).measured() < 80_000, checks::toString);
    }

    @Test
    void a_fault_that_struck_nobody_is_none_to_recover_from() throws ConfigException {
        failsUnmeasured(recoveries("[scenario]\nduration = \"2min\"\nwarm_up = \"0s\"\n" + FOUR
                + "[[fault]]\nkind = \"crash\"\nshare = 0.01\nat = \"60s\"\nfor = \"5s\"\n"));
    }

    @Test
    void a_run_that_is_ended_early_is_judged_by_the_faults_that_began() throws ConfigException {
        ScenarioRun run =
                new ScenarioRun(scenario(CUT + crash("200s", "for = \"10s\"\n") + crash("210s", ""), Overrides.NONE));

        run.run((simulatedUs, events) -> simulatedUs < 200_500_000);

        assertEquals(List.of(60_000_000L, 200_000_000L), run.faultTimesUs());
    }

    private static final String STOPS = CUT.replace("interval =", "stop = \"5min\"\ninterval =");

    /** Whether a fault that is drawn comes after the last packet is luck. */
    @Test
    void a_fault_after_the_last_packet_is_left_out_beside_one_that_was_measured() throws ConfigException {
        List<CheckResult> checks = recoveries(STOPS + crash("330s", "for = \"10s\"\n"));

        assertEquals(recoveries(STOPS), checks);
        assertTrue(checks.get(0).measured() > 110_000, checks::toString);
    }

    @Test
    void only_faults_after_the_last_packet_are_not_measured_and_fail() throws ConfigException {
        List<CheckResult> checks = recoveries(STOPS.replace("60s", "310s") + crash("330s", "for = \"10s\"\n"));

        assertEquals(2, checks.size());
        assertEquals("nothing measured, at most 5000", checks.get(0).text());
        assertEquals("nothing measured, at most 5000", checks.get(1).text());
    }
}
