package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class RunServiceTest {
    private static final String SMALL =
            "[scenario]\nduration = \"30s\"\n[nodes]\ncount = 3\n[[traffic]]\ninterval = \"5s\"\n";

    private static RunJob job(String text) {
        return new RunJob(3, text, "a \"quoted\"\nname", Path.of("dir/x.toml"), -1, OptionalLong.of(20_000));
    }

    private static WorkerProcess.Launch launch(String... arguments) {
        return WorkerProcess.Launch.likeThis("io.thicket.sim.cli.ThicketMain", List.of(arguments), 128L << 20);
    }

    @Test
    void a_job_survives_its_line() throws SweepException {
        RunJob job = job(SMALL);

        assertEquals(job, RunJob.parse(job.line()));
    }

    @Test
    void an_outcome_survives_its_line() throws SweepException {
        for (RunOutcome each : List.of(SweepRuns.outcome(0.5, "a"), RunOutcome.failed("a \"bad\"\nday"))) {
            assertEquals(each, RunOutcome.parse(each.line()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"number\":1}", "{\"number\":-1,\"text\":\"\"}", "nonsense"})
    void what_is_no_job_is_refused(String line) {
        SweepException refused =
                org.junit.jupiter.api.Assertions.assertThrows(SweepException.class, () -> RunJob.parse(line));

        assertFalse(String.valueOf(refused.getMessage()).isEmpty());
    }

    /** A run says the same wherever it runs. */
    @Test
    void a_process_does_the_same_as_this_one() {
        RunOutcome here = new RunService("test", () -> 0).run(job(SMALL));
        try (WorkerProcess worker = new WorkerProcess(launch("sim", "worker"), 60_000)) {
            RunOutcome there = worker.run(job(SMALL));
            RunOutcome again = worker.run(job(SMALL));

            assertTrue(there.isOk(), there::error);
            assertEquals(here.traceHash(), there.traceHash());
            assertEquals(here.traceHash(), again.traceHash());
        }
    }

    @Test
    void a_scenario_that_cannot_be_run_is_a_failed_run() {
        RunOutcome outcome = new RunService("test", () -> 0).run(job("[nodes]\ncuont = 1\n"));

        assertTrue(outcome.error().contains("[nodes] has no key 'cuont'"), outcome::error);
    }

    @Test
    void a_process_that_dies_is_a_failed_run_with_its_last_words() {
        try (WorkerProcess worker = new WorkerProcess(launch("sim", "wrok"), 60_000)) {
            RunOutcome outcome = worker.run(job(SMALL));

            assertTrue(outcome.error().contains("ended with code 2"), outcome::error);
            assertTrue(outcome.error().contains("wrok"), outcome::error);
        }
    }

    @Test
    void a_run_that_takes_too_long_is_ended_and_the_next_one_gets_a_new_process() {
        String endless = SMALL.replace("30s", "168h").replace("5s", "10min").replace("= 3", "= 60");
        RunJob tooLong = new RunJob(0, endless, "endless", Path.of("x.toml"), 1, OptionalLong.empty());
        // The second one has a JVM to start, which takes its time where much else runs.
        Iterator<Long> limitsMs = List.of(3_000L, 100_000L).iterator();
        try (WorkerProcess worker = new WorkerProcess(launch("sim", "worker"), limitsMs::next)) {
            RunOutcome late = worker.run(tooLong);
            RunOutcome next = worker.run(job(SMALL));

            assertTrue(late.error().contains("took longer than 3 s"), late::error);
            assertTrue(next.isOk(), next::error);
        }
    }
}
