package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.agent.config.ConfigReader;
import io.thicket.agent.config.DriverLookup;
import io.thicket.agent.config.LoadedConfig;
import io.thicket.agent.config.SensorConfig;
import io.thicket.drivers.catalogue.DriverCatalogue;
import io.thicket.gateway.GatewaySection;
import io.thicket.routing.LinkClass;
import io.thicket.sim.scenario.file.NetworkImport.Format;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkExportTest {
    private static final String TABLE = """
            [radio]
            model = "links"
            [nodes]
            layout = "line"
            count = 4
            spacing = 12.5
            gateways = [1]
            relays = [2]
            links = [[0, 1, 0.9, 0.5], [1, 2], [2, 3, 0.25]]
            """;

    @TempDir
    private Path directory;

    private Scenario read(String text) throws ConfigException {
        return ScenarioReader.parse(text, "test.toml", directory, Overrides.NONE);
    }

    /** The network that the file of that format describes. */
    private Scenario back(String format, String text, String radio) throws ConfigException, IOException {
        Files.writeString(directory.resolve("network"), text);
        return read("[radio]\nmodel = \"" + radio + "\"\n[nodes]\nlayout = \"file\"\nfile = \"network\"\nformat = \""
                + format + "\"\n");
    }

    /** Nobody could use what a law of propagation lets through at the end of its reach; a list of links is what its author wants. */
    @Test
    void links_that_are_listed_are_exported_however_bad_they_are() throws ConfigException {
        Scenario scenario = read(TABLE.replace("[2, 3, 0.25]", "[2, 3, 0.005, 0.9]"));

        assertTrue(new NetworkExport(scenario).links().contains("n2,n3,0.005\nn3,n2,0.9\n"));
        assertTrue(MeshviewerExport.of(scenario, 51.34, 12.37).contains("\"source_tq\":0.005"));
    }

    /** Asymmetric laws make links that are good one way and bad the other: two forms had both directions, the table only one. */
    @Test
    void all_forms_have_the_same_links() throws ConfigException, IOException {
        Scenario scenario = read(
                "[radio]\nmodel = \"log_distance\"\nexponent = 3.0\nasymmetry = 12\nshadowing = 8\n[nodes]\ncount = 16\nspacing = 130\n");

        NetworkExport export = new NetworkExport(scenario);

        Scenario table = back("links", export.links(), "links");
        assertTrue(export.rows().stream().anyMatch(row -> row.delivery() < 0.01), "the seed has a link of that kind");
        assertEquals(pairs(table, 1), pairs(back("meshviewer", MeshviewerExport.of(scenario, 51, 12), "links"), 1));
        // It has no place for what goes in one direction only, which is told.
        assertEquals(pairs(table, 2), pairs(back("netjson", export.netJson(), "links"), 1));
    }

    /** The links that are listed for so many directions at least. */
    private static Set<Set<String>> pairs(Scenario scenario, int directions) {
        List<String> names = scenario.nodes().names();
        Map<Set<String>, Long> counts = scenario.nodes().links().stream()
                .map(row -> Set.of(names.get(row.from()), names.get(row.to())))
                .collect(Collectors.groupingBy(pair -> pair, Collectors.counting()));
        counts.values().removeIf(count -> count < directions);
        return counts.keySet();
    }

    @Test
    void a_map_for_meshviewer_comes_back_with_its_links_and_places() throws ConfigException, IOException {
        Scenario scenario = read(TABLE);

        Scenario back = back("meshviewer", MeshviewerExport.of(scenario, 51.34, 12.37), "links");

        assertEquals(scenario.nodes().links(), back.nodes().links());
        assertEquals(scenario.nodes().names(), back.nodes().names());
        assertEquals(scenario.nodes().gateways(), back.nodes().gateways());
        for (int i = 1; i < 4; i++) {
            double between =
                    back.nodes().positions().x(i, 0) - back.nodes().positions().x(i - 1, 0);
            assertEquals(12.5, between, 0.05);
        }
    }

    @Test
    void a_table_of_links_comes_back_as_it_was() throws ConfigException, IOException {
        Scenario scenario = read(TABLE);

        Scenario back = back("links", new NetworkExport(scenario).links(), "links");

        assertEquals(scenario.nodes().links(), back.nodes().links());
        assertEquals(scenario.nodes().names(), back.nodes().names());
    }

    @Test
    void positions_come_back_with_roles() throws ConfigException, IOException {
        Scenario scenario = read(TABLE);

        Scenario back = back("positions", new NetworkExport(scenario).positions(), "range");

        assertEquals(37.5, back.nodes().positions().x(3, 0));
        assertEquals(List.of(1), back.nodes().gateways());
        assertEquals(Set.of(2), back.nodes().relays());
    }

    @Test
    void what_a_form_has_no_place_for_is_told_with_what_to_write_instead() throws ConfigException {
        Scenario scenario = read(TABLE.replace("[0, 1, 0.9, 0.5], ", "").replace("[1, 2]", "[2, 1]"));
        NetworkExport export = new NetworkExport(scenario);
        String head = "roles are not in it: write ";
        String tail = " into the [nodes] of a scenario that reads it";

        assertEquals(List.of(), ExportLosses.of(scenario, Format.POSITIONS, export.positions()));
        assertEquals(
                List.of("nodes without a link are not in it: n0", head + "relays = [\"n2\"]" + tail),
                ExportLosses.of(scenario, Format.LINKS, export.links()));
        assertEquals(
                List.of(head + "relays = [\"n2\"]" + tail),
                ExportLosses.of(scenario, Format.NETJSON, export.netJson()));
        assertEquals(
                List.of(head + "relays = [\"n2\"]" + tail),
                ExportLosses.of(scenario, Format.MESHVIEWER, MeshviewerExport.of(scenario, 51, 12)));
        assertEquals(
                List.of(head + "gateways = [\"n1\"] and relays = [\"n2\"]" + tail),
                ExportLosses.of(scenario, Format.SETDEST, export.setdest()));
    }

    @Test
    void links_that_netjson_has_no_place_for_are_told() throws ConfigException {
        Scenario scenario =
                read(TABLE.replace("relays = [2]\n", "").replace("[1, 2], ", "[1, 2, 0.7, 0], [3, 0, 0.2, 0], "));
        NetworkExport export = new NetworkExport(scenario);

        assertEquals(
                List.of(
                        "links of one direction are not in it: n1 to n2, n3 to n0",
                        "a link delivers the same in both directions there, which 1 link does not"),
                ExportLosses.of(scenario, Format.NETJSON, export.netJson()));
        assertEquals(List.of(), ExportLosses.of(scenario, Format.MESHVIEWER, MeshviewerExport.of(scenario, 51, 12)));
    }

    @Test
    void nothing_is_told_of_a_form_that_loses_nothing() throws ConfigException {
        Scenario scenario = read("[radio]\nmodel = \"links\"\n[nodes]\ncount = 2\nlinks = [[0, 1]]\n");

        assertEquals(List.of(), ExportLosses.of(scenario, Format.LINKS, new NetworkExport(scenario).links()));
        Scenario named = read("[nodes]\ncount = 2\nnames = [\"hut\", \"barn\"]\ngateways = []\n");
        assertEquals(
                List.of(
                        "names are not in it: a scenario that reads it has n0, n1 and so on",
                        "roles are not in it: write gateways = [] into the [nodes] of a scenario that reads it"),
                ExportLosses.of(named, Format.SETDEST, new NetworkExport(named).setdest()));
    }

    @Test
    void netjson_comes_back_with_both_directions_alike() throws ConfigException, IOException {
        Scenario back = back("netjson", new NetworkExport(read(TABLE)).netJson(), "links");

        assertEquals(6, back.nodes().links().size());
        assertEquals(0.25, back.nodes().links().get(4).delivery(), 1e-5);
        assertEquals(List.of(1), back.nodes().gateways());
        for (int i = 0; i < 4; i++) {
            assertEquals(12.5 * i, back.nodes().positions().x(i, 0));
        }
    }

    @Test
    void movement_comes_back() throws ConfigException, IOException {
        Scenario scenario = read("[nodes]\ncount = 4\n[mobility]\nspeed_max = 8\npause = \"5s\"\n");

        Scenario back = back("setdest", new NetworkExport(scenario).setdest(), "range");

        for (long atUs = 0; atUs < 600_000_000; atUs += 7_000_000) {
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        scenario.nodes().positions().x(i, atUs),
                        back.nodes().positions().x(i, atUs),
                        1e-3);
            }
        }
    }

    @Test
    void every_planned_node_has_a_configuration_that_its_program_reads() throws ConfigException {
        Scenario scenario = read(TABLE + "[routing]\nhello_max = \"30s\"\n[scenario]\nname = \"garden\"\n");
        ConfigReader reader =
                new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of(GatewaySection.INSTANCE));

        Map<String, String> files = NodeConfigs.of(scenario, "wlan1", "mqtt://192.0.2.7:1883");

        assertEquals(List.of("n0", "n1", "n2", "n3"), List.copyOf(files.keySet()));
        for (Map.Entry<String, String> file : files.entrySet()) {
            LoadedConfig config = reader.read(file.getValue(), file.getKey(), directory);
            assertEquals(file.getKey(), config.node().node().name());
            assertEquals(30, config.node().mesh().helloMax().toSeconds());
            assertEquals(
                    file.getKey().equals("n1"),
                    config.section(GatewaySection.INSTANCE).isPresent());
            assertEquals(
                    file.getKey().equals("n0") || file.getKey().equals("n3"),
                    !config.node().sensors().isEmpty());
            assertTrue(config.warnings().isEmpty(), () -> config.warnings().toString());
        }
    }

    private List<SensorConfig> sensorsOf(String file) throws ConfigException {
        LoadedConfig config = new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of(GatewaySection.INSTANCE))
                .read(file, "n.toml", directory);
        assertTrue(config.warnings().isEmpty(), () -> config.warnings().toString());
        return config.node().sensors();
    }

    @Test
    void sensors_are_read_as_often_as_the_scenario_has_them_send() throws ConfigException {
        Scenario scenario = read("[nodes]\ncount = 6\n"
                + "[[traffic]]\nfrom = [1, 2]\ninterval = \"10s\"\n"
                + "[[traffic]]\nfrom = [2]\ninterval = \"20s\"\n"
                + "[[traffic]]\nfrom = [3]\nkind = \"poisson\"\ninterval = \"10s\"\n"
                + "[[traffic]]\nfrom = [5]\ninterval = \"1ms\"\nstop = \"1s\"\n");

        Map<String, String> files = NodeConfigs.of(scenario, "wlan1", "mqtt://192.0.2.7:1883");

        String planned = String.valueOf(files.get("n1"));
        assertEquals(10, sensorsOf(planned).get(0).interval().toSeconds());
        assertFalse(planned.contains("no single interval"), planned);
        for (String name : List.of("n2", "n3", "n4", "n5")) {
            String other = String.valueOf(files.get(name));
            assertEquals(60, sensorsOf(other).get(0).interval().toSeconds(), name);
            assertTrue(
                    other.contains(
                            "interval = \"1min\" # a default to be changed: the scenario's traffic has no single interval"
                                    + " for this node that a sensor can have\n"),
                    other);
        }
    }

    @Test
    void nodes_of_a_lora_scenario_get_links_of_that_class() throws ConfigException {
        Scenario scenario = read("[nodes]\ncount = 2\n[radio]\nmodel = \"two_ray\"\nphy = \"lora\"\n");

        String file = NodeConfigs.of(scenario, "lora0", "mqtt://192.0.2.7:1883").get("n1");

        LoadedConfig config = new ConfigReader(DriverLookup.of(DriverCatalogue.all()), List.of(GatewaySection.INSTANCE))
                .read(String.valueOf(file), "n1.toml", directory);
        assertEquals(LinkClass.LORA, config.node().links().get(0).linkClass());
        assertEquals(5, config.node().links().get(0).rateKbps());
        assertTrue(config.warnings().isEmpty(), () -> config.warnings().toString());
        assertTrue(String.valueOf(file).contains("\n#   gateway_interval = \"2h\"\n"), file);
    }

    @Test
    void what_a_node_would_refuse_is_not_written() throws ConfigException {
        Scenario scenario = read(TABLE);

        assertThrows(ConfigException.class, () -> NodeConfigs.of(scenario, "wlan0", "foo"));
        assertThrows(ConfigException.class, () -> NodeConfigs.of(scenario, "wl an\"0", "mqtt://192.0.2.7:1883"));
    }

    @Test
    void a_cell_with_a_comma_is_one_cell() {
        assertEquals("a", CsvCell.of("a"));
        assertEquals("\"t=1 a,\"\"b\"\"\"", CsvCell.of("t=1 a,\"b\""));
        assertEquals("\"a\nb\"", CsvCell.of("a\nb"));
    }
}
