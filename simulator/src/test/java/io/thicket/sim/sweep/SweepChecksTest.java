package io.thicket.sim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A sweep says of each check of the file of how many runs it held, however many of one name there are. */
final class SweepChecksTest {
    private static String check(String name, int limit, boolean held) {
        return "{\"name\":\"" + name + "\",\"measured\":50,\"atMost\":" + limit + ",\"held\":" + held + "}";
    }

    @SafeVarargs
    private static List<String> held(List<String>... runs) {
        Map<Integer, RunOutcome> outcomes = new TreeMap<>();
        for (List<String> checks : runs) {
            outcomes.put(outcomes.size(), RunOutcome.of("{\"checks\":[" + String.join(",", checks) + "]}"));
        }
        return new SweepTable(SweepRuns.header(SweepRuns.plan("1.." + runs.length)), outcomes)
                .csv()
                .lines()
                .filter(line -> line.contains("held: "))
                .map(line -> line.split("held: ", 2)[1])
                .toList();
    }

    private static void assertRows(List<String> begins, List<String> rows) {
        assertEquals(begins.size(), rows.size(), rows::toString);
        for (int i = 0; i < rows.size(); i++) {
            assertTrue(rows.get(i).startsWith(begins.get(i)), rows::toString);
        }
    }

    @Test
    void two_checks_of_one_name_are_two_rows() {
        List<String> checks = List.of(check("loops", 1, false), check("duplicates", 1, true), check("loops", 9, true));

        assertRows(List.of("loops,4,0,", "duplicates,4,1,", "loops (2),4,1,"), held(checks, checks, checks, checks));
    }
}
