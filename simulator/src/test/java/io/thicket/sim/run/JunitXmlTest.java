package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JunitXmlTest {
    @Test
    void many_runs_are_one_suite_with_a_case_for_each_failure() {
        String xml = JunitXml.of("swarm", 10, Map.of("seed 0x3", "loops: 1 > 0\nthicket sim replay"));

        assertEquals("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="swarm" tests="2" failures="1" errors="0">
                  <testcase classname="swarm" name="9 runs that found nothing"/>
                  <testcase classname="swarm" name="seed 0x3">
                    <failure message="loops: 1 &gt; 0">loops: 1 &gt; 0&#10;thicket sim replay</failure>
                  </testcase>
                </testsuite>
                """, xml);
    }

    @Test
    void what_fails_by_little_is_told_with_all_digits() {
        assertEquals("0.04782608, at least 0.0478261", new CheckResult("delivery", 0.04782608, true, 0.0478261).text());
        assertEquals("0.1, at least 0.2", new CheckResult("delivery", 0.1, true, 0.2).text());
    }

    /** Build servers take cases of one name for one. */
    @Test
    void two_checks_of_one_kind_are_two_cases() throws Exception {
        String text = "[scenario]\nduration = \"5min\"\n[nodes]\ncount = 2\n[[traffic]]\ninterval = \"10s\"\n"
                + "[[check]]\nkind = \"delivery\"\nat_least = 0.5\n".repeat(2);
        Scenario scenario = ScenarioReader.parse(text, "two", Path.of("/"), Overrides.NONE);
        ScenarioRun run = new ScenarioRun(scenario);
        run.run((simulatedUs, events) -> true);

        String xml = JunitXml.of(RunSummary.of(scenario, run, "test", 1, 1, 0));

        assertTrue(xml.contains("name=\"delivery\"/>") && xml.contains("name=\"delivery (2)\"/>"), xml);
    }
}
