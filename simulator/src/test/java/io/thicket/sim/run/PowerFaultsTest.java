package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.lab.LabObserver;
import io.thicket.sim.lab.RunFigures;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When nodes start, when they lose their power, and which boot they are in. */
final class PowerFaultsTest {
    private static final String LINE = """
            [scenario]
            duration = "150s"
            warm_up = "0s"
            power_up = "10s"
            [nodes]
            layout = "line"
            count = 4
            [[traffic]]
            interval = "2s"
            """;

    private record Switching(int node, long atUs, boolean on) {}

    /** {@code boots}: the number of each boot of each node as it starts, before its neighbours may talk it into another. */
    private record Seen(List<Switching> switchings, Map<Integer, List<Long>> boots, ScenarioRun run) {
        Map<Integer, List<Long>> startsUs() {
            Map<Integer, List<Long>> its = new TreeMap<>();
            for (Switching each : switchings) {
                if (each.on) {
                    its.computeIfAbsent(each.node, node -> new ArrayList<>()).add(each.atUs);
                }
            }
            return its;
        }

        long lastBoot(int node) {
            List<Long> its = Objects.requireNonNull(boots.get(node));
            return its.get(its.size() - 1);
        }
    }

    private static Seen run(String faults) throws ConfigException {
        ScenarioRun run =
                new ScenarioRun(ScenarioReader.parse(LINE + faults, "test.toml", Path.of("."), Overrides.NONE));
        List<Switching> switchings = new ArrayList<>();
        Map<Integer, List<Long>> boots = new TreeMap<>();
        run.lab().observe(new LabObserver() {
            @Override
            public void power(long nowUs, int node, boolean up) {
                switchings.add(new Switching(node, nowUs, up));
                if (up) {
                    long boot =
                            Objects.requireNonNull(run.lab().nodeSnapshot(node)).epoch();
                    boots.computeIfAbsent(node, its -> new ArrayList<>()).add(boot);
                }
            }
        });
        run.run((simulatedUs, events) -> true);
        assertEquals("", run.violation());
        return new Seen(switchings, boots, run);
    }

    private static String fault(String kind, String nodes, String at, String duration) {
        return "[[fault]]\nkind = \"" + kind + "\"\nnodes = " + nodes + "\nat = \"" + at + "\"\nfor = \"" + duration
                + "\"\n";
    }

    /** Each node once, at its own time or, if that is later, at this one; all but node 0 are struck. */
    private static Map<Integer, List<Long>> usualStartsButNotBefore(long atUs) throws ConfigException {
        Map<Integer, List<Long>> its = run("").startsUs();
        its.replaceAll((node, starts) -> node == 0 ? starts : List.of(Math.max(atUs, starts.get(0))));
        return its;
    }

    /** By themselves the nodes start within 10 s, some of them before and some after the fifth. */
    @ParameterizedTest
    @CsvSource({"disk_full, 5", "disk_full, 60", "crash, 5", "crash, 60"})
    void what_holds_nodes_from_the_beginning_delays_their_first_start_and_makes_none_early(String kind, long untilS)
            throws ConfigException {
        Map<Integer, List<Long>> expected = usualStartsButNotBefore(untilS * 1_000_000);

        Seen seen = run(fault(kind, "[1, 2, 3]", "0s", untilS + "s"));

        assertEquals(expected, seen.startsUs());
        assertTrue(seen.switchings.stream().allMatch(Switching::on), seen.switchings::toString);
        for (int node = 0; node < 4; node++) {
            assertEquals(1, seen.lastBoot(node), "node " + node);
        }
    }

    @Test
    void nodes_that_a_full_disk_holds_at_first_are_no_way_for_others() throws ConfigException {
        Seen seen = run(fault("disk_full", "[1]", "0s", "1h"));

        List<RunFigures.PacketRecord> made = seen.run.figures().packets().stream()
                .filter(packet -> packet.createdUs() > 10_000_000)
                .toList();
        assertTrue(made.size() > 100, () -> made.size() + " packets");
        assertTrue(made.stream().noneMatch(RunFigures.PacketRecord::possible));
        assertEquals("a fault of the scenario until 3600 s", seen.run.control().whyDown(1));
    }

    @Test
    void a_first_start_waits_for_a_disk_that_is_full_after_a_crash() throws ConfigException {
        Seen seen = run(fault("crash", "[1]", "0s", "20s") + fault("disk_full", "[1]", "15s", "30s"));

        assertEquals(List.of(45_000_000L), seen.startsUs().get(1));
    }

    @Test
    void power_that_is_cut_twice_is_lost_once() throws ConfigException {
        Seen seen = run(fault("crash", "[3]", "60s", "20s") + fault("crash", "[3]", "70s", "20s"));

        assertEquals(
                List.of(new Switching(3, 60_000_000, false), new Switching(3, 90_000_000, true)),
                seen.switchings.stream().filter(each -> each.atUs > 10_000_000).toList());
        assertEquals(2, seen.lastBoot(3));
    }

    /** Boots 1 to 3 are there before: a torn write makes the next one 3 again, an empty disk 1. */
    @ParameterizedTest
    @CsvSource({"kept, torn, 4", "torn, kept, 3", "torn, torn, 3", "kept, lost, 1", "lost, torn, 1"})
    void a_node_without_power_writes_nothing_that_could_be_torn(String first, String second, long boot)
            throws ConfigException {
        Seen seen = run(fault("crash", "[3]", "30s", "5s")
                + fault("crash", "[3]", "50s", "5s")
                + fault("crash", "[3]", "70s", "20s") + "storage = \"" + first + "\"\n"
                + fault("crash", "[3]", "80s", "20s") + "storage = \"" + second + "\"\n");

        assertEquals(100_000_000, seen.startsUs().get(3).get(3));
        assertEquals(boot, seen.lastBoot(3));
    }

    @Test
    void a_node_that_never_ran_has_nothing_on_its_disk_to_lose() throws ConfigException {
        Seen seen =
                run(fault("crash", "[3]", "0s", "20s") + "storage = \"lost\"\n" + fault("crash", "[3]", "50s", "5s"));

        assertEquals(2, seen.lastBoot(3));
    }
}
