package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
