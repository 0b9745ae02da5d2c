package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.sim.run.ScenarioText;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What cannot be meant is refused, and what may be meant but does nothing is warned of. */
final class ContradictionsTest {
    private static Scenario read(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", Path.of("."), Overrides.NONE);
    }

    private static List<String> problems(String text) {
        return assertThrows(ConfigException.class, () -> read(text)).problems().stream()
                .map(ConfigProblem::toString)
                .toList();
    }

    private static List<String> warnings(String text) throws ConfigException {
        return read(text).warnings().stream().map(ConfigProblem::toString).toList();
    }

    private static String fault(String keys) {
        return "[[fault]]\nat = \"1min\"\n" + keys + "\n";
    }

    @Test
    void a_node_is_a_gateway_or_a_relay() throws ConfigException {
        String told = "test.toml:%d:1: [nodes] relays: n0 is a gateway, too\n    "
                + "leave it out of relays, or write gateways = [...] without it";

        assertEquals(List.of(told.formatted(3)), problems("[nodes]\ngateways = [0]\nrelays = [0]\n"));
        assertEquals(List.of(told.formatted(2)), problems("[nodes]\nrelays = [0]\n"));
        String chosen = "[nodes]\nlayout = \"line\"\ncount = 3\ngateway_count = 1\nrelays = [0, 1]\n";
        assertEquals(List.of("test.toml:5:1: [nodes] relays: n1 is a gateway by gateway_count"), warnings(chosen));
        assertEquals(Set.of(0), read(chosen).nodes().relays());
    }

    @Test
    void there_are_no_more_gateways_than_nodes() throws ConfigException {
        assertEquals(
                List.of("test.toml:2:1: [nodes] gateway_count = 26 is more than there are nodes, 25\n    "
                        + "write gateway_count = 25 or less"),
                problems("[nodes]\ngateway_count = 26\n"));
        assertEquals(
                25, read("[nodes]\ngateway_count = 25\n").nodes().gateways().size());
    }

    @Test
    void an_insider_misbehaves_in_one_way() {
        String insider = "[[fault]]\nkind = \"insider\"\nnodes = [7]\nmisbehaviour = ";

        assertEquals(
                List.of(
                        "test.toml:7:1: [[fault]] n7 is an insider already\n    a node has one misbehaviour: write it once"),
                problems(insider + "\"grey_hole\"\n" + insider + "\"flooder\"\n"));
    }

    /** It was told to write {@code every} instead of {@code at}, and that with {@code for}. */
    @Test
    void an_insider_has_no_times() {
        String insider = "[[fault]]\nkind = \"insider\"\nnodes = [7]\nmisbehaviour = \"grey_hole\"\n";
        String told = "test.toml:%d:1: [[fault]] %s: an insider misbehaves from the start of the run to its end\n    "
                + "leave %s out; an insider has kind, nodes and misbehaviour";

        for (String key : List.of("at", "for", "every")) {
            assertEquals(List.of(told.formatted(5, key, key)), problems(insider + key + " = \"1min\"\n"), () -> key);
        }
        assertEquals(
                List.of(told.formatted(5, "at", "at"), told.formatted(6, "every", "every")),
                problems(insider + "at = 3\nevery = \"1min\"\n"));
    }

    @Test
    void a_sensor_that_is_stuck_has_values() throws ConfigException {
        String stuck = fault("kind = \"sensor\"\nmode = \"stuck\"\nnodes = [3, 4]");
        String share = fault("kind = \"sensor\"\nmode = \"stuck\"\nshare = 0.5");
        String told = "test.toml:4:1: [[fault]] mode stuck: %s has no [[sensor]], so that its readings are always the"
                + " same anyway\n    write a [[sensor]], or mode = \"silent\"";

        assertEquals(List.of(told.formatted("n3")), warnings(stuck));
        assertEquals(List.of(told.formatted("n4")), warnings(stuck + "[[sensor]]\nname = \"t\"\nnodes = [3]\n"));
        assertEquals(List.of(), warnings(stuck + "[[sensor]]\nname = \"t\"\n"));
        assertEquals(1, warnings(share).size());
        assertEquals(
                List.of(),
                warnings(share + "[[sensor]]\nname = \"t\"\nnodes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]\n"));
        assertEquals(List.of(), warnings(stuck.replace("stuck", "silent")));
    }

    @Test
    void a_sensor_whose_fault_nobody_sees_is_warned_of() throws ConfigException {
        String sent = "[[traffic]]\nfrom = [1, 2]\n";
        String told = "test.toml:6:1: [[fault]] %s sends no readings, so that nobody sees the fault of its sensor\n    "
                + "name a node that a [[traffic]] is from";

        assertEquals(
                List.of(told.formatted("n3")),
                warnings(sent + fault("kind = \"sensor\"\nnodes = [2, 3]\nmode = \"silent\"")));
        assertEquals(List.of(), warnings(sent + fault("kind = \"sensor\"\nnodes = [1, 2]\nmode = \"silent\"")));
        assertEquals(List.of(), warnings(sent + fault("kind = \"sensor\"\nshare = 1.0\nmode = \"silent\"")));
    }

    @Test
    void an_interval_longer_than_the_run_is_warned_of() throws ConfigException {
        String hour = "[[traffic]]\ninterval = \"1h\"\n";

        assertEquals(
                List.of(
                        "test.toml:2:1: [[traffic]] interval = 1h is longer than the 570s in which it sends:"
                                + " some nodes send nothing, the others once\n    write a shorter interval, or a longer duration"),
                warnings(hour));
        assertEquals(List.of(), warnings(hour + "kind = \"poisson\"\n"));
    }

    @Test
    void a_fault_of_no_node_is_warned_of() throws ConfigException {
        for (String kind : List.of("partition", "crash", "clock_jump\"\nby = \"1h", "disk_full")) {
            String text = "[[fault]]\nnodes = []\nat = \"1min\"\nkind = \"" + kind + "\"\n";
            assertEquals(List.of("test.toml:2:1: [[fault]] nodes: the fault strikes no node"), warnings(text));
        }
        assertEquals(
                List.of("test.toml:4:1: [[fault]] share: the fault strikes no node"),
                warnings(fault("kind = \"crash\"\nshare = 0.01")));
        assertTrue(ScenarioText.of(read(fault("kind = \"crash\"\nnodes = []")))
                .contains("fault      crash from 1min on: nobody"));
        assertEquals(List.of(), warnings(fault("kind = \"loss\"\nloss = 0.5")));
    }

    @Test
    void a_broker_is_missed_by_gateways_only() {
        assertEquals(
                List.of("test.toml:3:1: [[fault]] kind broker: there is no gateway that could miss it\n    "
                        + "write gateways = [0] in [nodes]"),
                problems(fault("kind = \"broker\"") + "[nodes]\ngateways = []\n"));
    }

    @Test
    void traffic_that_sends_nothing_is_refused_or_warned_of() throws ConfigException {
        assertEquals(
                List.of("test.toml:2:1: [[traffic]] from is empty: nothing is sent\n    write from = [0]"),
                warnings("[[traffic]]\nfrom = []\n"));
        assertEquals(
                List.of(
                        "test.toml:2:1: [[traffic]] from is nobody but to: nothing is sent, since no node sends to itself"),
                warnings("[[traffic]]\nfrom = [3]\nto = 3\n"));
        assertEquals(
                List.of("test.toml:2:1: [[traffic]] nothing is sent: it would start at 20min and stop at 570s\n    "
                        + "write stop, at most the end of the run, or a longer duration"),
                warnings("[[traffic]]\nstart = \"20min\"\n"));
        assertEquals(
                List.of("test.toml:2:1: [[traffic]] start = 5min is not before stop = 1min\n    "
                        + "write an earlier start or a later stop"),
                problems("[[traffic]]\nstart = \"5min\"\nstop = \"1min\"\n"));
        assertEquals(
                1,
                warnings("[[traffic]]\nstart = \"20min\"\nstop = \"30min\"\n").size());
        assertEquals(List.of(), warnings("[[traffic]]\nstart = \"5min\"\n"));
    }

    /** A message of 64 bytes takes 118.0 ms with SF7: by Semtech's formula 8 + 4.25 + 8 + 95 symbols of 1.024 ms. */
    @Test
    void a_short_lora_run_that_sends_more_than_its_duty_for_long_is_warned_of() throws ConfigException {
        String lora = "[scenario]\nduration = \"%s\"\n[nodes]\nlayout = \"line\"\ncount = 2\nspacing = 100\n"
                + "[radio]\nphy = \"lora\"\nduty = %s\n[[traffic]]\ninterval = \"%s\"\n";

        // 118 packets in the 19.5 min in which it sends: 13.9 s of 1200 s.
        assertEquals(
                List.of("test.toml:9:1: [radio] the messages take 1.2 % of the time on the air, and a node may send for"
                        + " 1.0 % of an hour, of which nothing is used up at the start: a run of 20min may deliver what a longer"
                        + " one cannot\n    write [scenario] duration = \"3h\" and warm_up = \"1h\""),
                warnings(lora.formatted("20min", "0.01", "10s")));
        assertEquals(List.of(), warnings(lora.formatted("20min", "0.01", "15s")), "less than the duty");
        assertEquals(List.of(), warnings(lora.formatted("20min", "1", "10s")), "no duty to keep");
        assertEquals(List.of(), warnings(lora.formatted("1h", "0.01", "10s")), "no hour has more than another");
        assertEquals(
                List.of(),
                warnings(lora.formatted("20min", "0.01", "10s").replace("phy = \"lora\"\nduty = 0.01\n", "")),
                "Wi-Fi");
    }
}
