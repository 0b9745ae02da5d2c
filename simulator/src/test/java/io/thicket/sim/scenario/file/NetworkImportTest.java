package io.thicket.sim.scenario.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.scenario.file.NetworkImport.Format;
import io.thicket.sim.scenario.ns3.Waypoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkImportTest {
    @TempDir
    private Path directory;

    private Imported read(Format format, String text) throws ImportException, IOException {
        Path file = directory.resolve("network");
        Files.writeString(file, text);
        return NetworkImport.read(format, file);
    }

    private String problem(Format format, String text) {
        return String.valueOf(
                assertThrows(ImportException.class, () -> read(format, text)).getMessage());
    }

    @Test
    void a_table_of_links_is_one_direction_a_row() throws ImportException, IOException {
        Imported network = read(Format.LINKS, "# measured in May\nfrom,to,pdr,rssi\nA,b,0.9,-70\nb,A,0.5,\nb,c,0,\n");

        assertEquals(List.of("a", "b", "c"), network.names());
        assertEquals(List.of(new LinkRow(0, 1, 0.9), new LinkRow(1, 0, 0.5)), network.links());
        assertNull(network.paths());
    }

    @Test
    void the_column_names_of_measurement_campaigns_are_known() throws ImportException, IOException {
        assertEquals(
                List.of(new LinkRow(0, 1, 0.25)),
                read(Format.LINKS, "tx,rx,channels_heard,pdr_mean\n3,7,16,0.25\n")
                        .links());
    }

    @Test
    void a_table_of_places_is_in_metres_or_degrees() throws ImportException, IOException {
        Imported metres = read(Format.POSITIONS, "name,x,y,role\nhut,0,0,gateway\nbarn,30,40.5,\n");
        Imported degrees = read(Format.POSITIONS, "id,lat,lon\n1,51.0,12.0\n2,51.001,12.0\n3,,\n");

        assertEquals(List.of(0), metres.gateways());
        assertEquals(new Waypoints.Point(0, 30, 40.5), at(metres, 1));
        assertEquals(111.2, at(degrees, 1).y() - at(degrees, 0).y(), 0.1);
        assertEquals(0, at(degrees, 2).y(), 1e-6); // nobody knows where: in the middle
    }

    @Test
    void a_role_is_one_that_a_node_can_have() throws ImportException, IOException {
        assertEquals(
                "line 2: role 'king' is not one of gateway, relay, sensor\n"
                        + "line 3: role 'gatway' is not one of gateway, relay, sensor: did you mean 'gateway'?",
                problem(Format.POSITIONS, "name,x,y,role\na,0,0,king\nb,1,1,gatway\nc,2,2,sensor\nd,3,3,\n"));

        Imported network = read(Format.POSITIONS, "name,x,y,role\na,0,0,sensor\nb,1,1,\nc,2,2,relay\nd,3,3,gateway\n");

        assertEquals(List.of(2), network.relays());
        assertEquals(List.of(3), network.gateways());
    }

    @Test
    void quotes_around_a_field_are_none_of_its_letters() throws ImportException, IOException {
        assertEquals(
                List.of("a", "hut--old", "say--hi-", "d"),
                read(
                                Format.POSITIONS,
                                "\"name\",\"x\", \"y\"\n\"a\",\"0\",0\n\"hut, old\",1, \"1\" \n"
                                        + "\"say \"\"hi\"\"\",2,2\nd,\"3\",3\n")
                        .names());
        assertEquals(
                List.of(new LinkRow(0, 1, 0.9), new LinkRow(1, 0, 0.8)),
                read(Format.LINKS, "from,to,pdr\n\"a\",b,0.9\nb,a,0.8\n").links());
    }

    @Test
    void a_quote_out_of_its_place_is_told() {
        assertEquals(
                "line 2: field 1: a quote begins and does not end in this line\n"
                        + "line 3: field 2: there is something after the closing quote\n"
                        + "line 4: field 1: a quote stands within a field: write the field in quotes, and \"\" for each quote in it",
                problem(Format.LINKS, "from,to,pdr\n\"a,b,0.9\na,\"b\"c,0.9\na\"b,c,1\n"));
        assertEquals(
                "line 1: field 3: a quote begins and does not end in this line",
                problem(Format.LINKS, "from,to,\"pdr\na,b,1\n"));
    }

    @Test
    void a_direction_has_one_share() throws ImportException, IOException {
        assertEquals(
                "line 4: the link from 'a' to 'b' is there twice, with 0.5 and with 0.7",
                problem(Format.LINKS, "from,to,pdr\na,b,0.5\nb,a,0.7\na,b,0.7\n"));
        assertEquals(
                List.of(new LinkRow(0, 1, 0.5), new LinkRow(1, 0, 0.7)),
                read(Format.LINKS, "from,to,pdr\na,b,0.5\nb,a,0.7\na,b,0.50\n").links());
    }

    @Test
    void places_on_both_sides_of_the_180th_meridian_are_neighbours() throws ImportException, IOException {
        Imported network = read(Format.POSITIONS, "name,lat,lon\na,0,179.9995\nb,0,-179.9995\nc,0,180\nd,,\n");

        assertEquals(111.2, at(network, 1).x() - at(network, 0).x(), 0.1);
        assertEquals(55.6, at(network, 2).x() - at(network, 0).x(), 0.1);
        assertTrue(Math.abs(at(network, 3).x()) < 100);
    }

    /** 0, 0 is what a receiver says that does not know; the mean latitude of these four is 45 degrees, where a degree is 40 % longer. */
    @Test
    void a_node_far_away_does_not_distort_the_others() throws ImportException, IOException {
        Imported network = read(Format.POSITIONS, "name,lat,lon\na,60,10\nb,60,10.004\nc,60.002,10\nlost,0,0\n");

        assertEquals(222.4, at(network, 1).x() - at(network, 0).x(), 0.1);
        assertEquals(222.4, at(network, 2).y() - at(network, 0).y(), 0.1);
    }

    private static Waypoints.Point at(Imported network, int node) {
        List<List<Waypoints.Point>> paths = network.paths();
        if (paths == null) {
            throw new AssertionError("no places");
        }
        return paths.get(node).get(0);
    }

    @Test
    void netjson_costs_are_etx_of_both_directions() throws ImportException, IOException {
        Imported network = read(Format.NETJSON, """
                {"type": "NetworkGraph", "protocol": "olsr", "version": "0.8", "metric": "etx",
                 "nodes": [{"id": "10.0.0.1", "label": "Town Hall"}, {"id": "10.0.0.2"}],
                 "links": [{"source": "10.0.0.1", "target": "10.0.0.2", "cost": 4.0}]}
                """);

        assertEquals(List.of("town-hall", "10-0-0-2"), network.names());
        assertEquals(List.of(new LinkRow(0, 1, 0.5), new LinkRow(1, 0, 0.5)), network.links());
    }

    @Test
    void meshviewer_leaves_out_who_is_offline_and_keeps_both_qualities() throws ImportException, IOException {
        Imported network = read(Format.MESHVIEWER, """
                {"timestamp": "2020-03-03T00:00:00", "nodes": [
                  {"node_id": "a", "hostname": "same", "is_online": true, "is_gateway": true,
                   "location": {"latitude": 51.3, "longitude": 12.4}},
                  {"node_id": "b", "hostname": "same", "is_online": true},
                  {"node_id": "c", "hostname": "off", "is_online": false}],
                 "links": [
                  {"source": "a", "target": "b", "source_tq": 0.9, "target_tq": 0.4, "type": "wifi"},
                  {"source": "b", "target": "c", "source_tq": 1, "target_tq": 1, "type": "wifi"},
                  {"source": "b", "target": "a", "source_tq": 0.1, "target_tq": 0.2, "type": "wifi"}]}
                """);

        assertEquals(List.of("same", "same-1"), network.names());
        assertEquals(List.of(0), network.gateways());
        assertEquals(List.of(new LinkRow(0, 1, 0.9), new LinkRow(1, 0, 0.4)), network.links());
    }

    @Test
    void movement_of_ns2_turns_where_it_is_told_to() throws ImportException, IOException {
        Imported network = read(Format.SETDEST, """
                # by hand
                $node_(0) set X_ 0.0
                $node_(0) set Y_ 0.0
                $node_(0) set Z_ 0.0
                $ns_ at 10.0 "$node_(0) setdest 100.0 0.0 10.0"
                $ns_ at 15.0 "$node_(0) setdest 50.0 30.0 3.0"
                """);
        Waypoints places = new Waypoints(network.paths() == null ? List.of() : network.paths());

        assertEquals(0, places.x(0, 9_000_000));
        assertEquals(50, places.x(0, 15_000_000), 1e-9);
        assertEquals(15, places.y(0, 20_000_000), 1e-9);
        assertEquals(50, places.x(0, 60_000_000), 1e-9);
    }

    /** As other programs write it: statements of Tcl may end with a semicolon, and a first place be set at the time 0. */
    @Test
    void movement_of_ns2_may_have_semicolons_and_first_places_at_the_time_0() throws ImportException, IOException {
        Imported network = read(Format.SETDEST, """
                $node_(0) set X_ 5.0;
                $ns_ at 0.0 "$node_(0) set Y_ 7.0";  # by hand
                $ns_ at 10.0 "$node_(0) setdest 100.0 7.0 10.0" ;
                """);

        assertEquals(new Waypoints.Point(0, 5, 7), at(network, 0));
    }

    @Test
    void a_node_of_ns2_that_jumps_is_refused_with_the_reason() {
        String text = "$node_(0) set X_ 5\n$node_(0) set Y_ 7\n$ns_ at 10.0 \"$node_(0) set X_ 90\"\n";

        ImportException problem = assertThrows(ImportException.class, () -> read(Format.SETDEST, text));

        assertEquals(
                "line 3: a place is set at 10.0 s: nodes do not jump, write setdest with a speed",
                problem.getMessage());
    }

    @Test
    void comments_may_be_indented_and_degrees_have_long_names_too() throws ImportException, IOException {
        Imported network = read(Format.POSITIONS, "  # places\nname,Latitude,longitude\na,51,12\n\t# more\nb,51,13\n");

        assertEquals(List.of("a", "b"), network.names());
        assertTrue(at(network, 1).x() - at(network, 0).x() > 60_000);
    }

    @Test
    void places_of_a_netjson_are_metres_if_the_simulator_wrote_it() throws ImportException, IOException {
        String text = """
                {"type": "NetworkGraph", "protocol": "%s", "version": "1", "metric": "etx",
                 "nodes": [{"id": "a", "properties": {"x": 3, "y": 4}}, {"id": "b", "properties": {"x": 30, "y": 40}}],
                 "links": []}
                """;

        assertEquals(new Waypoints.Point(0, 30, 40), at(read(Format.NETJSON, text.formatted("thicket")), 1));
        assertNull(read(Format.NETJSON, text.formatted("olsr")).paths()); // pixels, as likely
    }

    @Test
    void the_mark_that_windows_begins_files_with_is_skipped() throws ImportException, IOException {
        String links = "from,to,pdr\na,b,1\n";
        String places = "name,x,y\na,0,0\nb,1,1\n";
        String netJson = "{\"type\":\"NetworkGraph\",\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"links\":[]}";
        String meshviewer = "{\"nodes\":[{\"node_id\":\"a\"},{\"node_id\":\"b\"}],\"links\":[]}";
        String setdest = "$node_(0) set X_ 1\n$node_(0) set Y_ 1\n$node_(1) set X_ 2\n$node_(1) set Y_ 2\n";

        for (Format format : Format.values()) {
            String text =
                    switch (format) {
                        case LINKS -> links;
                        case POSITIONS -> places;
                        case NETJSON -> netJson;
                        case MESHVIEWER -> meshviewer;
                        case SETDEST -> setdest;
                    };
            assertEquals(2, read(format, "\uFEFF" + text).names().size(), format::name);
        }
    }

    @Test
    void names_of_the_file_become_names_of_nodes_and_no_two_are_the_same() throws ImportException, IOException {
        String long40 = "a".repeat(40);

        assertEquals(
                List.of("a-2", "a", "a-3", "mullerstrasse-1", "bad-kosen", "a".repeat(32), "a".repeat(30) + "-6", "n7"),
                read(
                                Format.POSITIONS,
                                "name,x,y\na-2,0,0\na,0,1\nA,0,2\nM\u00fcllerstra\u00dfe 1,0,3\nBad K\u00f6sen,0,4\n"
                                        + long40 + ",0,5\n" + long40 + "b,0,6\n\u0301,0,7\n")
                        .names());
    }

    @Test
    void every_row_that_is_wrong_is_told_up_to_a_bound() {
        assertEquals(
                "line 2: x 'left' is no number\nline 4: there is no y\nline 5: node 'b' is there twice",
                problem(Format.POSITIONS, "name,x,y\na,left,0\nb,1,1\nc,2,\nb,3,3\n"));
        assertEquals(
                "line 2: pdr 'much' is no number\nline 3: a link delivers a share of 0 to 1, not 2.0",
                problem(Format.LINKS, "from,to,pdr\na,b,much\nb,a,2\n"));

        List<String> many = problem(Format.LINKS, "from,to,pdr\n" + "a,a,1\n".repeat(1_000))
                .lines()
                .toList();

        assertEquals(21, many.size());
        assertEquals("more is wrong than these 20", many.get(20));
    }

    @Test
    void a_field_too_many_is_a_mistake_and_not_another_number() {
        String advice = " columns: a decimal comma is written as a point, and a field with a comma in it in quotes";
        assertEquals(
                "line 3: field 4 '80' where there are 3" + advice + "\nline 4: field 4 'x' where there are 3" + advice,
                problem(Format.POSITIONS, "name,x,y\na,0,0\nb,150,5,80,2\nc,1,1,x\n"));
        assertEquals("line 2: field 4 '9' where there are 3" + advice, problem(Format.LINKS, "from,to,pdr\na,b,0,9\n"));
        assertEquals(
                "line 1: the column 'pdr' is there twice", problem(Format.LINKS, "from,to,pdr,PDR\na,b,0.5,0.9\n"));
        assertEquals(
                "line 2: there is no pdr\nline 3: there is no pdr",
                problem(Format.LINKS, "from,to,pdr\na,b,\nb,a\nb,c,0\n"));
    }

    @Test
    void fields_too_many_that_are_empty_are_left_over_by_a_spreadsheet() throws ImportException, IOException {
        assertEquals(
                List.of("a", "b"),
                read(Format.POSITIONS, "name,x,y\na,0,0,,\nb,1,1,\n").names());
    }

    @Test
    void every_node_and_link_of_a_json_file_that_is_wrong_is_told() {
        assertEquals(
                "nodes[1]: node 'a' is there twice\nnodes[2]: id is no text\nnodes[3]: it is no object",
                problem(
                        Format.NETJSON,
                        "{\"type\":\"NetworkGraph\",\"nodes\":[{\"id\":\"a\"},{\"id\":\"a\"},{\"id\":3},4],\"links\":[]}"));
        assertEquals(
                "links[0]: cost -3.0 is less than 0\nlinks[1]: cost is no number\nlinks[2]: there is no node 'c'\n"
                        + "links[3]: there is no number 'cost'",
                problem(
                        Format.NETJSON,
                        "{\"type\":\"NetworkGraph\",\"nodes\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"links\":["
                                + "{\"source\":\"a\",\"target\":\"b\",\"cost\":-3},{\"source\":\"a\",\"target\":\"b\",\"cost\":\"high\"},"
                                + "{\"source\":\"a\",\"target\":\"c\"},{\"source\":\"a\",\"target\":\"b\",\"cost\":null}]}"));
        assertEquals(
                "links[0]: source_tq is no number\nlinks[1]: a link delivers a share of 0 to 1, not 200.0",
                problem(
                        Format.MESHVIEWER,
                        "{\"nodes\":[{\"node_id\":\"a\"},{\"node_id\":\"b\"}],\"links\":["
                                + "{\"source\":\"a\",\"target\":\"b\",\"source_tq\":\"0.5\",\"target_tq\":\"x\"},"
                                + "{\"source\":\"a\",\"target\":\"b\",\"source_tq\":200,\"target_tq\":300},"
                                + "{\"source\":\"a\",\"target\":\"b\",\"type\":\"cable\",\"source_tq\":\"\"}]}"));
    }

    @Test
    void properties_of_other_programs_mean_what_they_like() throws ImportException, IOException {
        Imported read = read(
                Format.NETJSON,
                "{\"type\":\"NetworkGraph\",\"nodes\":[{\"id\":\"a\",\"properties\":{\"gateway\":\"10.0.0.1\"}},"
                        + "{\"id\":\"b\",\"properties\":{\"gateway\":true}}],\"links\":[]}");

        assertEquals(List.of(1), read.gateways());
    }

    /** Found by a tester: each of these became a perfect link, or a node that is online. */
    @Test
    void what_a_json_file_leaves_out_or_says_in_another_way_is_no_perfect_network() {
        assertEquals(
                "nodes[0]: is_online is neither true nor false\nnodes[1]: is_gateway is neither true nor false\n"
                        + "nodes[2]: location is no object\nnodes[3]: hostname is no text",
                problem(
                        Format.MESHVIEWER,
                        "{\"nodes\":[{\"node_id\":\"a\",\"is_online\":\"false\"},{\"node_id\":\"b\",\"is_gateway\":\"yes\"},"
                                + "{\"node_id\":\"c\",\"location\":[51,12]},{\"node_id\":\"d\",\"hostname\":7}],\"links\":[]}"));
        assertEquals(
                "links[0]: there is no number 'source_tq'\nlinks[1]: there is no number 'target_tq'\n"
                        + "links[2]: a link delivers a share of 0 to 1, not 7.0",
                problem(
                        Format.MESHVIEWER,
                        "{\"nodes\":[{\"node_id\":\"a\",\"location\":null},{\"node_id\":\"b\",\"is_online\":false},{\"node_id\":\"c\"}],"
                                + "\"links\":[{\"source\":\"a\",\"target\":\"c\",\"type\":\"wifi\"},"
                                + "{\"source\":\"a\",\"target\":\"c\",\"source_tq\":0.1},"
                                + "{\"source\":\"a\",\"target\":\"c\",\"source_tq\":7,\"target_tq\":1},{\"source\":\"a\",\"target\":\"b\"},"
                                + "{\"source\":\"c\",\"target\":\"c\",\"source_tq\":1,\"target_tq\":1}]}"));
        assertEquals(
                "line 1: there are places in metres (x) and in degrees (lat): take those columns out that are not meant",
                problem(Format.POSITIONS, "name,x,y,lat,lon\na,0,0,51,12\n"));
    }

    @Test
    void every_movement_that_is_wrong_is_told() {
        assertEquals(
                "line 1: the time -5 is less than 0\nline 2: neither a place nor a movement: go away\nline 3: '1e' is no number",
                problem(
                        Format.SETDEST,
                        "$ns_ at -5 \"$node_(3) setdest 1 1 1\"\ngo away\n$node_(3) set X_ 1e\n$node_(3) set Y_ 1\n"));
        assertEquals(
                "node 3: it has no first place\nnode 4: it has no first place",
                problem(Format.SETDEST, "$node_(3) set X_ 1\n$node_(4) set Y_ 1\n"));
    }

    @Test
    void a_table_that_is_none_says_what_to_write() {
        assertEquals("the file is empty: a table begins with a line of column names", problem(Format.LINKS, "\n# x\n"));
        assertEquals(
                "line 2: there is no comma in 'from;to;pdr': write commas between the columns, and a point in numbers",
                problem(Format.LINKS, "# Excel\nfrom;to;pdr\na;b;0,5\n"));
        assertTrue(problem(Format.LINKS, "# Excel\nfrom,pdr\n").startsWith("line 2: there is no column to"));
    }

    @Test
    void what_is_no_json_is_told_with_its_line_and_column() {
        assertEquals("this is no JSON: no JSON at line 2, column 11", problem(Format.NETJSON, "{\n \"nodes\": x}"));
    }

    @Test
    void bad_files_have_a_clear_error() {
        assertEquals("line 2: pdr 'much' is no number", problem(Format.LINKS, "from,to,pdr\na,b,much\n"));
        assertEquals(
                "line 2: a link delivers a share of 0 to 1, not 1.5", problem(Format.LINKS, "from,to,pdr\na,b,1.5\n"));
        assertEquals("line 2: pdr 'NaN' is no number", problem(Format.LINKS, "from,to,pdr\na,b,NaN\n"));
        assertEquals("line 2: node 'a' has a link to itself", problem(Format.LINKS, "from,to,pdr\na,a,1\n"));
        assertTrue(problem(Format.LINKS, "from,pdr\n").startsWith("line 1: there is no column to or rx or target"));
        assertEquals("there is no node in it", problem(Format.LINKS, "from,to,pdr\n"));
        assertEquals("line 3: node 'a' is there twice", problem(Format.POSITIONS, "name,x,y\na,0,0\na,1,1\n"));
        assertTrue(problem(Format.NETJSON, "{\"type\": \"NetworkGraph\", \"nodes\": [")
                .startsWith("this is no JSON"));
        assertTrue(problem(Format.NETJSON, "{}").startsWith("this is no NetJSON NetworkGraph"));
        assertEquals("there is no list 'nodes'", problem(Format.MESHVIEWER, "{}"));
        assertEquals("there is no node in it", problem(Format.MESHVIEWER, "{\"nodes\":[],\"links\":[]}"));
        assertTrue(problem(Format.SETDEST, "rm -rf\n").startsWith("line 1: neither a place nor a movement"));
        assertEquals("node 3: it has no first place", problem(Format.SETDEST, "$node_(3) set X_ 1\n"));
        assertEquals(
                "line 100002: more than " + Scenario.MAX_NODES + " nodes",
                problem(Format.POSITIONS, "name,x,y\n" + rows(Scenario.MAX_NODES + 3)),
                "told once");
        assertEquals(
                "this is no JSON: no JSON at line 1, column 49: NaN is no number there",
                problem(
                        Format.MESHVIEWER,
                        "{\"nodes\":[{\"node_id\":\"a\",\"location\":{\"latitude\":NaN,\"longitude\":1}}]}"));
    }

    private static String rows(int count) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            rows.append('m').append(i).append(",0,0\n");
        }
        return rows.toString();
    }
}
