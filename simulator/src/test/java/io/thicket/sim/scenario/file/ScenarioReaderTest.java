package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigProblem;
import io.thicket.sim.run.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScenarioReaderTest {
    private static final Path RESOURCES =
            Path.of(System.getProperty("thicket.root", "..")).resolve("simulator/src/test/resources/scenario");

    @TempDir
    private Path directory;

    private static Scenario read(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", RESOURCES, Overrides.NONE);
    }

    private static String problems(String text) {
        return String.valueOf(
                assertThrows(ConfigException.class, () -> read(text)).getMessage());
    }

    @Test
    void an_element_that_is_a_table_is_told_where_it_stands() {
        assertEquals(
                "test.toml:3:23: [nodes] links: element 3 is no text, number, truth or list of such",
                problems("[nodes]\ncount = 3\nlinks = [[0,1],[0,2], {a=1}]\n[radio]\nmodel = \"links\"\n"));
    }

    @Test
    void every_problem_is_told_at_once_with_its_place_and_what_to_write() throws IOException {
        String bad = Files.readString(RESOURCES.resolve("bad.toml"));

        String told = problems(bad) + "\n";

        Path golden = RESOURCES.resolve("bad.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, told);
        }
        assertEquals(Files.readString(golden), told);
    }

    @Test
    void an_empty_file_is_a_quiet_grid_of_25() throws ConfigException {
        Scenario scenario = read("");

        assertEquals(25, scenario.nodes().count());
        assertEquals(List.of(0), scenario.nodes().gateways());
        assertEquals(1, scenario.seed());
        assertTrue(scenario.traffic().isEmpty());
    }

    @Test
    void the_same_seed_draws_the_same_scenario_and_another_one_another() throws ConfigException {
        String text = "[nodes]\nlayout = \"uniform\"\n[[traffic]]\nkind = \"poisson\"\n[[fault]]\nkind = \"crash\"\n"
                + "share = 0.2\nat = \"1min\"\n";
        Overrides other = new Overrides(OptionalLong.of(2), OptionalLong.empty(), OptionalInt.empty(), "");

        Scenario one = read(text);
        Scenario two = ScenarioReader.parse(text, "test.toml", RESOURCES, other);

        assertEquals(one.traffic(), read(text).traffic());
        assertEquals(one.faults(), read(text).faults());
        assertFalse(one.traffic().equals(two.traffic()));
        assertFalse(one.nodes().positions().x(0, 0) == two.nodes().positions().x(0, 0));
    }

    @Test
    void one_more_source_does_not_change_the_packets_of_others() throws ConfigException {
        String text = "[[traffic]]\nkind = \"poisson\"\nfrom = [1, %s]\n";

        List<TrafficPlan.Packet> one =
                read(text.formatted("2")).traffic().get(0).packets();
        List<TrafficPlan.Packet> two =
                read(text.formatted("2, 3")).traffic().get(0).packets();

        assertEquals(
                one.stream().filter(packet -> packet.from() == 2).toList(),
                two.stream().filter(packet -> packet.from() == 2).toList());
        assertFalse(one.isEmpty());
    }

    @Test
    void a_network_beyond_the_limits_is_refused() {
        assertTrue(problems("[nodes]\ncount = 1000000\n").contains("count = 1000000 is not 1 to 100000"));
        assertTrue(problems("[nodes]\ncount = 0\n").contains("count = 0 is not 1 to 100000"));
        assertTrue(problems("[scenario]\nduration = \"168h\"\n[nodes]\ncount = 10000\n[[traffic]]\ninterval = \"1s\"\n")
                .contains("packets where 500000 are possible"));
        assertTrue(problems("[nodes]\nlayout = \"explicit\"\npositions = []\n").contains("has no positions"));
        assertTrue(problems("[nodes]\nlayout = \"explicit\"\npositions = [[nan, 0]]\n")
                .contains("is no place of two numbers of metres"));
        assertTrue(problems("[nodes]\ncount = 25\n[[fault]]\nkind = \"flap\"\nbetween = [0, 1]\nat = \"0s\"\n"
                        + "down = \"10ms\"\nup = \"10ms\"\n[scenario]\nduration = \"168h\"\n")
                .contains("changes where 100000 are possible"));
    }

    @Test
    void offsets_of_nodes_are_of_a_law_of_distance_and_have_a_width_only_if_they_have_a_size() throws ConfigException {
        assertTrue(
                problems("[radio]\nnode_offset = 3\n").contains("node_offset is of the models log_distance and urban"));
        String law = "[radio]\nmodel = \"log_distance\"\nenvironment = \"hall\"\n";
        assertTrue(
                problems(law + "node_offset_width = 30\n").contains("test.toml:4:1: [radio] node_offset_width says"));
        assertTrue(problems(law + "node_offset = 21\n").contains("node_offset = 21 is not 0 to 20"));
        assertEquals(
                30,
                read(law + "node_offset = 3\nnode_offset_width = 30\n").radio().nodeOffsetWidthM());
    }

    @Test
    void links_through_the_same_walls_have_a_width_and_a_share() throws ConfigException {
        String law = "[radio]\nmodel = \"log_distance\"\nenvironment = \"hall\"\n";
        assertTrue(problems("[radio]\nshadowing_width = 3\n")
                .contains("shadowing_width is of the models log_distance and urban"));
        assertTrue(problems(law + "shadowing_alike = 0.5\n").contains("test.toml:4:1: [radio] shadowing_alike says"));
        assertTrue(problems(law + "shadowing_width = 3\nshadowing_alike = 1.1\n")
                .contains("shadowing_alike = 1.1 is not 0 to 1"));
        assertEquals(0, read(law).radio().shadowingAlike());
        assertEquals(1, read(law + "shadowing_width = 3\n").radio().shadowingAlike());
        assertEquals(
                0.6,
                read(law + "shadowing_width = 3\nshadowing_alike = 0.6\n")
                        .radio()
                        .shadowingAlike());
    }

    /** Found by a tester: nodes stood on a ring that nobody meant, and another network passed its checks. */
    @Test
    void links_without_places_need_the_model_that_knows_them() throws Exception {
        Files.writeString(directory.resolve("chain.csv"), "from,to,pdr\ngw,a,0.9\na,gw,0.9\n");
        Files.writeString(directory.resolve("dead.csv"), "from,to,pdr\ngw,a,0\na,gw,0\n");
        String chain = "[nodes]\nlayout = \"file\"\nfile = \"" + directory
                + "/%s.csv\"\nformat = \"links\"\ngateways = [\"gw\"]\n";

        assertTrue(
                problems(chain.formatted("chain")).contains("test.toml:3:1: [nodes] the file has links and no places"));
        assertEquals(
                2,
                read(chain.formatted("chain") + "[radio]\nmodel = \"links\"\n")
                        .nodes()
                        .links()
                        .size());
        assertTrue(problems(chain.formatted("dead") + "[radio]\nmodel = \"links\"\n")
                .contains("the file has no link that delivers anything"));
    }

    /** Found by a tester: what the values had repaired was told, and what was wrong with them was not. */
    @Test
    void of_values_that_are_set_and_of_the_file_what_is_still_wrong_is_told() throws Exception {
        Path file = Files.writeString(directory.resolve("z.toml"), "[nodes]\ncount = 0\nspacing = -1\n");
        List<Setting> settings = List.of(Setting.parse("nodes.count=5"), Setting.parse("radio.loss=7"));

        ConfigException e =
                assertThrows(ConfigException.class, () -> ScenarioReader.read(file, settings, Overrides.NONE));

        String all = e.getMessage();
        assertFalse(all.contains("count = 0"), all);
        assertTrue(all.contains("z.toml:3:1: [nodes] spacing = -1"), all);
        assertTrue(all.contains("loss = 7"), all);
        assertEquals(2, e.problems().size(), all);
    }

    /** Found by a review: two mistakes with the same words were told as one. */
    @Test
    void mistakes_with_the_same_words_are_each_told_with_values_that_are_set() throws Exception {
        Path file = Files.writeString(
                directory.resolve("z.toml"), "[[traffic]]\nkind = \"bogus\"\n[[traffic]]\nkind = \"bogus\"\n");

        ConfigException e = assertThrows(
                ConfigException.class,
                () -> ScenarioReader.read(file, List.of(Setting.parse("scenario.seed=3")), Overrides.NONE));

        assertEquals(
                List.of(2, 4), e.problems().stream().map(ConfigProblem::line).toList());
    }

    /** Found by a tester: a fault that changes nothing looks as if it had been survived. */
    @Test
    void faults_that_can_change_nothing_are_warned_of() throws Exception {
        String start = "[nodes]\ncount = 2\n[[fault]]\nat = \"1min\"\n";

        assertEquals(
                List.of("[[fault]] nodes: all are on one side, so that the partition cuts nobody off"),
                warnings(start + "kind = \"partition\"\nnodes = [0, 1]\n"));
        assertEquals(
                List.of("[[fault]] loss = 0: the fault does nothing"), warnings(start + "kind = \"loss\"\nloss = 0\n"));
        assertTrue(problems(start + "kind = \"crash\"\nnodes = [1]\nshare = 0.5\n")
                .contains("has nodes and a share of them: one of the two"));
        assertFalse(problems(start + "kind = \"crash\"\nshare = 2\n").contains("either nodes or"));
    }

    private List<String> warnings(String text) throws ConfigException {
        return read(text).warnings().stream().map(ConfigProblem::message).toList();
    }

    @Test
    void keys_that_play_no_part_are_told() throws Exception {
        String energy = "[nodes]\ncount = 2\n[[energy]]\nbattery_mah = 100\n";
        assertTrue(problems(energy + "restart = 0.5\n").contains("restart is of nodes with a panel only"));
        assertTrue(problems(energy + "sleep_ma = 9\n").contains("sleep_ma is of nodes that sleep"));
        assertEquals(
                List.of("[[energy]] nodes: no node is in it, so that the section does nothing"),
                warnings(energy + "nodes = []\n"));
        assertTrue(
                problems("[nodes]\ncount = 2\n[[sensor]]\nname = \"t\"\nsource = \"random_walk\"\nmin = 5\nmax = 3\n")
                        .contains("min = 5.0 is not less than max = 3.0"));
    }

    /** Seed 0xabc0060 of the swarm: a fault in Thicket itself, of a frame that takes 10 s. */
    @Test
    void slow_lora_has_smaller_frames_and_what_has_no_room_for_any_is_refused() throws Exception {
        String slow = "[scenario]\nduration = \"5min\"\nwarm_up = \"0s\"\n[nodes]\ncount = 2\n"
                + "[radio]\nphy = \"lora\"\nspreading_factor = 12\ncoding_rate = %d\nduty = %s\n";

        AtomicLong reachedUs = new AtomicLong();
        new ScenarioRun(read(slow.formatted(8, "0.01"))).run((us, events) -> {
            reachedUs.set(us);
            return true;
        });
        assertEquals(300_000_000L, reachedUs.get());
        assertTrue(problems(slow.formatted(5, "0.001"))
                .contains("test.toml:7:1: [radio] a frame of 128 bytes takes 4923 ms, which is too much"));
    }

    @Test
    void an_element_of_a_list_is_told_with_its_own_place() {
        String told = problems("[nodes]\ncount = 9\ngateways = [0, 12]\n[[traffic]]\nfrom = [99, \"bob\"]\n"
                + "[[fault]]\nkind = \"loss\"\nat = \"5s\"\nloss = 1\nbetween = [1, 77]\n");

        assertTrue(told.contains("test.toml:3:16: [nodes] gateways: there is no node 12"), told);
        assertTrue(told.contains("test.toml:5:9: [[traffic]] from: there is no node 99"), told);
        assertTrue(told.contains("test.toml:5:13: [[traffic]] from: there is no node 'bob'"), told);
        assertTrue(told.contains("test.toml:10:15: [[fault]] between: there is no node 77"), told);
        assertTrue(problems("[nodes]\nlayout = \"explicit\"\npositions = [[0, 0], [1]]\n")
                .startsWith("test.toml:3:22: [nodes] positions: [1] is no place"));
        assertTrue(problems("[radio]\nmodel = \"links\"\n[nodes]\nlinks = [[0, 1], [0, 1, 2]]\n")
                .startsWith("test.toml:4:18: [nodes] links: a link delivers a share"));
        assertTrue(problems("[nodes]\ncount = 2\nnames = [\"a\", \"B\"]\n")
                .startsWith("test.toml:3:15: [nodes] names 'B' is not"));
    }

    @Test
    void the_mark_that_windows_begins_files_with_is_skipped() throws ConfigException {
        assertEquals(9, read("\uFEFF[nodes]\ncount = 9\n").nodes().count());
        assertTrue(problems("\uFEFF[nodes\n").startsWith("test.toml:1:7:"), () -> problems("\uFEFF[nodes\n"));
        assertEquals(
                "\n[nodes]\ncount = 8\n",
                ScenarioReader.textWith("\uFEFF[nodes]\ncount = 9\n", "x", List.of(Setting.parse("nodes.count=8"))));
    }

    @Test
    void a_name_that_is_none_gets_a_proposal_in_our_letters() {
        String told = problems("[scenario]\nname = \"Größe É 2\"\n");

        assertTrue(told.contains("write \"grosse-e-2\""), told);
    }

    @Test
    void a_file_whose_name_is_none_of_a_scenario_is_told_of() throws ConfigException, IOException {
        Path file = Files.writeString(directory.resolve("My Net.toml"), "[nodes]\ncount = 2\n");

        Scenario scenario = ScenarioReader.read(file, Overrides.NONE);

        assertEquals("scenario", scenario.name());
        assertEquals(
                List.of(file
                        + ": [scenario] has no name, and the file's is not 1 to 32 of a-z, 0-9, _ and -: it is called 'scenario'\n"
                        + "    write name = \"my-net\""),
                warnings(scenario));
        Files.writeString(file, "[scenario]\nname = \"mine\"\n");
        assertEquals(List.of(), warnings(ScenarioReader.read(file, Overrides.NONE)));
    }

    @Test
    void a_gateway_that_no_file_names_is_told_of() throws ConfigException, IOException {
        Files.writeString(directory.resolve("net.csv"), "from,to,pdr\nhut,barn,1\nbarn,hut,1\n");
        Path file = directory.resolve("s.toml");
        String text =
                "[radio]\nmodel = \"links\"\n[nodes]\nlayout = \"file\"\nformat = \"links\"\nfile = \"net.csv\"\n";
        Files.writeString(file, text);

        assertEquals(
                List.of(file + ":3:1: [nodes] net.csv names no gateway, so that its first node is one: hut\n"
                        + "    write gateways = [\"hut\"], or the names of others, or [] for none"),
                warnings(ScenarioReader.read(file, Overrides.NONE)));
        Files.writeString(file, text + "gateways = [1]\n");
        assertEquals(List.of(), warnings(ScenarioReader.read(file, Overrides.NONE)));
    }

    private static List<String> warnings(Scenario scenario) {
        return scenario.warnings().stream().map(ConfigProblem::toString).toList();
    }

    @Test
    void what_is_no_toml_is_told_with_its_place() {
        assertTrue(problems("[nodes\ncount = 3\n").startsWith("test.toml:1:"), () -> problems("[nodes\ncount = 3\n"));
    }

    @Test
    void a_run_that_is_cut_short_on_the_command_line_has_something_to_count() throws ConfigException {
        Overrides cut = new Overrides(OptionalLong.empty(), OptionalLong.of(60_000), OptionalInt.of(9), "babel");

        Scenario scenario = ScenarioReader.parse("[[traffic]]\ninterval = \"5s\"\n", "test.toml", RESOURCES, cut);

        assertEquals(60_000, scenario.durationMs());
        assertEquals(30_000, scenario.warmUpMs());
        assertEquals(9, scenario.nodes().count());
        assertEquals(RoutingPlan.Protocol.BABEL, scenario.routing().protocol());
        assertEquals(RoutingPlan.Code.ROUTER, scenario.routing().code());
    }

    @Test
    void thicket_is_the_whole_node_whatever_protocol_the_file_was_written_for() throws ConfigException {
        Overrides thicket = new Overrides(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), "thicket");

        Scenario scenario =
                ScenarioReader.parse("[routing]\nprotocol = \"flooding\"\n", "test.toml", RESOURCES, thicket);

        assertEquals(RoutingPlan.Code.AGENT, scenario.routing().code());
    }

    @Test
    void links_of_a_table_have_two_directions() throws ConfigException {
        Scenario scenario = read("[radio]\nmodel = \"links\"\n[nodes]\nlayout = \"line\"\ncount = 3\n"
                + "links = [[0, 1], [1, 2, 0.8, 0.5]]\nrelays = [1]\n");

        assertEquals(
                Set.of(new LinkRow(0, 1, 1), new LinkRow(1, 0, 1), new LinkRow(1, 2, 0.8), new LinkRow(2, 1, 0.5)),
                Set.copyOf(scenario.nodes().links()));
        assertTrue(scenario.nodes().isSensor(2));
        assertFalse(scenario.nodes().isSensor(1));
    }

    @Test
    void readings_need_a_gateway() {
        assertTrue(problems("[nodes]\ngateways = []\n[[traffic]]\n").contains("goes to a gateway, but there is none"));
    }

    @Test
    void gateways_that_are_refused_are_not_missed_as_well() {
        for (String[] each : new String[][] {
            {
                "gateways = [99]",
                "test.toml:2:13: [nodes] gateways: there is no node 99\n    nodes are numbered from 0 to 24"
            },
            {
                "gateways = 0",
                "test.toml:2:1: [nodes] gateways is no list of nodes\n    write gateways = [0, 1], or names in quotes"
            },
            {"gateway_count = -1", "test.toml:2:1: [nodes] gateway_count = -1 is not 0 to 1000"},
            {
                "gateways = []\ngateway_count = 1",
                "test.toml:3:1: [nodes] gateway_count and gateways exclude each other\n    leave one out"
            }
        }) {
            assertEquals(each[1], problems("[nodes]\n" + each[0] + "\nrelays = [0]\n[[traffic]]\n"));
        }
        assertTrue(problems("[nodes]\ngateway_count = 0\n[[traffic]]\n").contains("but there is none"));
    }

    @Test
    void nodes_that_cannot_be_read_are_the_only_problem() throws IOException {
        String others =
                "gateways = [3]\nlinks = [[7, 8]]\n[[traffic]]\nfrom = [2]\nto = \"hut\"\n[[fault]]\nkind = \"loss\"\n"
                        + "at = \"5s\"\nloss = 1\nbetween = [1, 77]\n[[sensor]]\nname = \"t\"\nnodes = [26]\n[[energy]]\n"
                        + "battery_mah = 1\nnodes = [26]\n[[traffic]]\nkind = \"csv\"\nfile = \"bad.toml\"\n"
                        + "[mobility]\nmodel = \"trace\"\nfile = \"bad.toml\"\n";

        assertEquals(
                "test.toml:6:1: [nodes] file there.csv: there is no file " + RESOURCES.resolve("there.csv"),
                problems(
                        "[radio]\nmodel = \"links\"\n[nodes]\nlayout = \"file\"\nformat = \"links\"\nfile = \"there.csv\"\n"));
        assertEquals(
                "test.toml:6:1: [nodes] file there.csv: there is no file " + RESOURCES.resolve("there.csv"),
                problems(
                        "[radio]\nmodel = \"links\"\n[nodes]\nlayout = \"file\"\nformat = \"links\"\nfile = \"there.csv\"\n"
                                + others));
        assertEquals(
                "test.toml:4:1: [nodes] count = 0 is not 1 to 100000",
                problems("[radio]\nmodel = \"links\"\n[nodes]\ncount = 0\n" + others));
        assertEquals(
                "test.toml:4:1: [nodes] names are 2 for 3 nodes",
                problems("[nodes]\nlayout = \"line\"\ncount = 3\nnames = [\"a\", \"b\"]\ngateways = [\"a\"]\n"));
    }

    /** Each of these files has one mistake; what depends on the value that is wrong is none. */
    @Test
    void a_choice_that_cannot_be_read_is_the_only_problem() {
        assertEquals(
                "test.toml:2:1: [nodes] layout 'exlicit' is not one of line, grid, ring, uniform, explicit, file\n"
                        + "    did you mean 'explicit'?",
                problems("[nodes]\nlayout = \"exlicit\"\npositions = [[0, 0], [9, 0]]\nnames = [\"a\", \"b\"]\n"
                        + "gateways = [\"b\"]\ncolumns = 2\ndegree = 3\nfile = \"x\"\nformat = \"links\"\n"));
        assertEquals(
                "test.toml:4:1: [nodes] format 'link' is not one of links, positions, netjson, meshviewer, setdest\n"
                        + "    did you mean 'links'?",
                problems("[nodes]\nlayout = \"file\"\nfile = \"bad.toml\"\nformat = \"link\"\ngateways = [\"hut\"]\n"));
        assertEquals(
                "test.toml:2:1: [nodes] layout is not a text in quotes",
                problems("[nodes]\nlayout = 3\npositions = [[0, 0], [9, 0]]\ngateways = [77]\n"));
        String models = "is not one of range, log_distance, two_ray, links, urban";
        assertEquals(
                "test.toml:2:1: [radio] model 'log_distanc' " + models + "\n    did you mean 'log_distance'?",
                problems("[radio]\nmodel = \"log_distanc\"\nenvironment = \"hall\"\nshadowing = 2\nnode_offset = 2\n"
                        + "node_offset_width = 3\ntx = 3\n"));
        assertEquals(
                "test.toml:2:1: [radio] model 'link' " + models + "\n    did you mean 'links'?",
                problems("[radio]\nmodel = \"link\"\n[nodes]\nlinks = [[0, 1]]\n"));
        assertEquals(
                "test.toml:2:1: [radio] model is not a text in quotes",
                problems("[radio]\nmodel = 3\n[nodes]\nlinks = [[0, 1]]\n"));
        assertEquals(
                "test.toml:2:1: [radio] phy 'lroa' is not one of dsss, ofdm, lora\n    did you mean 'lora'?",
                problems("[radio]\nphy = \"lroa\"\nmodel = \"two_ray\"\ntx = 14\nduty = 0.1\nrate = 54\nsinr = true\n"
                        + "[routing]\nhello_max = \"1h\"\ngateway_interval = \"10h\"\n"));
        assertEquals(
                "test.toml:2:1: [routing] protocol 'adov' is not one of thicket, aodv, babel, flooding\n"
                        + "    did you mean 'aodv'?",
                problems("[routing]\nprotocol = \"adov\"\nroute_lifetime = \"5s\"\nhop_limit = 5\n"));
        assertEquals(
                "test.toml:2:1: [mobility] model 'trase' is not one of random_waypoint, gauss_markov, trace\n"
                        + "    did you mean 'trace'?",
                problems("[mobility]\nmodel = \"trase\"\nfile = \"bad.toml\"\nmemory = 0.5\n"));
        assertEquals(
                "test.toml:2:1: [[traffic]] kind 'burts' is not one of periodic, poisson, burst, csv\n"
                        + "    did you mean 'burst'?",
                problems("[[traffic]]\nkind = \"burts\"\ncount = 3\nfile = \"bad.toml\"\n"));
        assertEquals(
                "test.toml:3:1: [[sensor]] source 'sin' is not one of constant, sine, random_walk, csv\n"
                        + "    did you mean 'sine'?",
                problems("[[sensor]]\nname = \"t\"\nsource = \"sin\"\nperiod = \"1h\"\nfile = \"bad.toml\"\n"));
        String told = problems("[[fault]]\nkind = \"crsh\"\nat = \"1min\"\nshare = 0.5\n");
        assertTrue(told.startsWith("test.toml:2:1: [[fault]] kind 'crsh' is not one of crash"), told);
        assertTrue(told.endsWith("\n    did you mean 'crash'?"), told);
    }

    @Test
    void a_key_of_no_layout_is_told_of_beside_a_layout_that_cannot_be_read() {
        String told = problems("[nodes]\nlayout = \"gird\"\ncuont = 3\n");

        assertTrue(told.contains("[nodes] layout 'gird' is not one of"), told);
        assertTrue(told.contains("test.toml:3:1: [nodes] has no key 'cuont'\n    did you mean 'count'?"), told);
    }

    @Test
    void a_direction_of_a_link_has_one_share() throws ConfigException {
        String links = "[radio]\nmodel = \"links\"\n[nodes]\ncount = 3\n"
                + "links = [[0, 1, 0.8], [1, 2], [1, 0, %s], [1, \"n2\"]]\n";

        assertEquals(
                "test.toml:5:31: [nodes] links: the link from n1 to n0 is there twice, with 0.8 and with 0.7\n"
                        + "    write [from, to, delivery, delivery back] once for both directions",
                problems(links.formatted("0.7, 0.8")));
        assertTrue(problems(links.formatted("0.7")).startsWith("test.toml:5:31:"));
        assertFalse(problems(links.formatted("0.7")).contains("2 problems"));
        assertEquals(
                "test.toml:5:31: [nodes] links: a link delivers a share of 0 to 1, not 7",
                problems(links.formatted("7")));
        assertEquals(
                Set.of(new LinkRow(0, 1, 0.8), new LinkRow(1, 0, 0.8), new LinkRow(1, 2, 1), new LinkRow(2, 1, 1)),
                Set.copyOf(read(links.formatted("0.8")).nodes().links()));
        assertEquals(4, read(links.formatted("0.8")).nodes().links().size());
    }

    @Test
    void what_needs_whole_nodes_is_told_by_its_name_and_with_advice_that_works() {
        Overrides aodv = new Overrides(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), "aodv");
        String faults = "[[fault]]\nkind = \"disk_full\"\nnodes = [3]\nat = \"1min\"\n"
                + "[[fault]]\nkind = \"crash\"\nnodes = [3]\nat = \"1min\"\nstorage = \"torn\"\n"
                + "[[sensor]]\nname = \"temperature\"\n";

        String whole = "is of whole nodes, and of protocol aodv there is a router only\n"
                + "    leave it out, or run it with protocol thicket\n";
        assertEquals(
                "test.toml:2:1: [[fault]] kind disk_full " + whole + "test.toml:9:1: [[fault]] storage torn " + whole
                        + "test.toml:11:1: [[sensor]] " + whole + "3 problems",
                String.valueOf(assertThrows(
                                ConfigException.class, () -> ScenarioReader.parse(faults, "test.toml", RESOURCES, aodv))
                        .getMessage()));
        String alone = "is of whole nodes, not of routers alone\n    write code = \"agent\" in [routing]\n";
        assertEquals(
                "test.toml:4:1: [[fault]] kind disk_full " + alone + "test.toml:11:1: [[fault]] storage torn " + alone
                        + "test.toml:13:1: [[sensor]] " + alone + "3 problems",
                problems("[routing]\ncode = \"router\"\n" + faults));
    }
}
