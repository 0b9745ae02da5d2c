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

    private static String recovery(String second, int limit, boolean held) {
        return check("recovery after " + second + " s, p95 in ms", limit, held);
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

    @Test
    void recoveries_from_faults_that_were_drawn_are_one_row_and_hold_if_all_of_the_run_do() {
        List<String> rows = held(
                List.of(recovery("153.453", 5000, true), recovery("201.2", 5000, true), check("loops", 0, true)),
                List.of(recovery("81.07", 5000, true), recovery("160.5", 5000, false), check("loops", 0, true)));

        assertRows(List.of("recovery, p95 in ms\",2,0.5,", "loops,2,1,"), rows);
    }

    @Test
    void recoveries_of_two_checks_are_two_rows() {
        List<String> limits = List.of(
                recovery("60", 5000, false),
                recovery("90", 5000, true),
                recovery("60", 9000, true),
                recovery("90", 9000, true));
        List<String> same = List.of(recovery("60", 5000, true), recovery("60", 5000, true));

        assertRows(List.of("recovery, p95 in ms\",1,0,", "recovery, p95 in ms (2)\",1,1,"), held(limits));
        assertRows(List.of("recovery, p95 in ms\",1,1,", "recovery, p95 in ms (2)\",1,1,"), held(same));
    }

    @Test
    void a_recovery_from_no_fault_is_one_of_the_same_row() {
        List<String> none = List.of(check("recovery, p95 in ms", 5000, false));

        assertRows(List.of("recovery, p95 in ms\",2,0.5,"), held(none, List.of(recovery("60", 5000, true))));
    }
}
