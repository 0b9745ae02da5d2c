package io.thicket.sim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.sim.recording.RunFileReader;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SimCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("thicket.root", ".."));
    private static final Path GOLDEN = ROOT.resolve("simulator/src/test/resources/scenario");

    /** The fields are public; their values change with every change of the engine. */
    private static final Pattern VALUE = Pattern.compile(":(-?[0-9][^,}\\]]*|null|true|false)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... args) {
        return SimLine.run(out, err, args);
    }

    private void compare(String name, String text) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text);
    }

    @Test
    void explain_prints_the_resolved_scenario() throws IOException {
        int code = run("sim", "explain", GOLDEN.resolve("small.toml").toString());

        assertEquals(0, code, err::toString);
        compare("small.explain.txt", out.toString());
    }

    @Test
    void explain_tells_of_batteries_sensors_and_every_kind_of_fault() throws IOException {
        int code = run("sim", "explain", GOLDEN.resolve("world.toml").toString());

        assertEquals(0, code, err::toString);
        compare("world.explain.txt", out.toString());
    }

    @Test
    void a_gateway_that_an_export_loses_is_told_when_it_is_written_and_when_it_is_read() throws IOException {
        Path before = directory.resolve("before.toml");
        Files.writeString(before, "[nodes]\ncount = 4\nspacing = 100\ngateways = [3]\n");
        Path links = directory.resolve("links.csv");
        Path after = directory.resolve("after.toml");
        Files.writeString(
                after,
                "[nodes]\nlayout = \"file\"\nformat = \"links\"\nfile = \"links.csv\"\n[radio]\nmodel = \"links\"\n"
                        + "[scenario]\nduration = \"1s\"\n");

        assertEquals(0, run("sim", "export", before.toString(), "--links", links.toString()), err::toString);
        assertEquals(0, run("sim", "explain", after.toString()), err::toString);
        assertEquals(
                links
                        + ": roles are not in it: write gateways = [\"n3\"] into the [nodes] of a scenario that reads it\n",
                err.toString());
        String warning = after + ":1:1: [nodes] links.csv names no gateway, so that its first node is one: n0\n";
        assertTrue(out.toString().contains("\nwarning    " + warning), out::toString);

        assertEquals(0, run("sim", "run", after.toString(), "--quiet"), err::toString);
        assertTrue(err.toString().contains("\nwarning: " + warning), err::toString);
    }

    @Test
    void the_json_summary_is_public() throws IOException {
        Path json = directory.resolve("out.json");
        Path junit = directory.resolve("out.xml");
        Path packets = directory.resolve("out.csv");

        int code = run(
                "sim",
                "run",
                GOLDEN.resolve("small.toml").toString(),
                "--json",
                json.toString(),
                "--junit",
                junit.toString(),
                "--packets",
                packets.toString(),
                "--quiet");

        assertEquals(1, code, err::toString); // one of its checks asks for the impossible
        String text = VALUE.matcher(Files.readString(json).replaceAll("\"drops\":\\{[^}]*}", "\"drops\":{}"))
                .replaceAll(":0")
                .replaceAll("\"traceHash\":\"[0-9a-f]{64}\"", "\"traceHash\":\"\"")
                .replaceAll("\"traceMarks\":\\[.*?]", "\"traceMarks\":[]")
                .replaceAll("\"command\":\"thicket sim run [^\"]* --seed 0x1\"", "\"command\":\"\"")
                .replaceAll("\"commit\":\"[^\"]*\"", "\"commit\":\"\"");
        compare("small.summary.json", text.replace(",", ",\n"));
        String xml = Files.readString(junit);
        assertTrue(xml.contains("<testsuite name=\"small\" tests=\"4\" failures=\"1\""), xml);
        assertTrue(xml.contains("<failure message=\""), xml);
        assertTrue(Files.readString(packets).startsWith("created_s,from,to,delivered,"), "no header");
        assertTrue(out.toString().contains("FAILED     latency, p50 in ms: "), out::toString);
        assertEquals("", err.toString());
    }

    @Test
    void exit_codes_tell_held_from_failed_from_bad_input() throws IOException {
        Path good = directory.resolve("good.toml");
        Files.writeString(good, "[nodes]\ncount = 2\n[scenario]\nduration = \"20s\"\n");
        Path bad = directory.resolve("bad.toml");
        Files.writeString(bad, "[nodes]\ncuont = 2\n");

        assertEquals(0, run("sim", "run", good.toString(), "--quiet", "--json", "-"), err::toString);
        assertTrue(out.toString().startsWith("{\"scenario\":\"good\","), out::toString);
        assertEquals(2, run("sim", "run", bad.toString()));
        assertTrue(err.toString().contains("bad.toml:2:1: [nodes] has no key 'cuont'"), err::toString);
        assertTrue(err.toString().contains("did you mean 'count'?"), err::toString);
        assertEquals(2, run("sim", "run", directory.resolve("none.toml").toString()));
        assertEquals(2, run("sim", "run", good.toString(), "--speed", "fast"));
        assertEquals(2, run("sim", "run", good.toString(), "--protocol", "ospf"));
        assertEquals(2, run("sim", "run", good.toString(), "--until", "0s"));
        assertEquals(2, run("sim", "run", good.toString(), "--nodes", "0"));
        assertEquals(2, run("sim", "run", good.toString(), "--seed", "abc"));
        assertEquals(2, run("sim"));
    }

    private String small(String... more) {
        List<String> args = new ArrayList<>(
                List.of("sim", "run", GOLDEN.resolve("small.toml").toString(), "--until", "60s", "--quiet"));
        args.addAll(List.of(more));
        run(args.toArray(String[]::new));
        return out.toString();
    }

    @Test
    void a_recording_and_a_report_are_written_and_the_run_is_the_same() throws IOException {
        Path trace = directory.resolve("a.run");
        Path report = directory.resolve("a.html");
        String plain = small().replaceAll("events in .*?hash", "hash");
        out.getBuffer().setLength(0);

        String recorded = small("--trace", trace.toString(), "--report", report.toString());

        assertEquals(plain, recorded.replaceAll("events in .*?hash", "hash"));
        assertTrue(RunFileReader.isRecording(trace));
        assertTrue(Files.readString(report).contains("small.toml --seed 0x1 --until 60s"), err::toString);
    }

    @Test
    void packets_and_nodes_are_exported_and_routers_have_no_coap_to_capture() throws IOException {
        Path packets = directory.resolve("p.json");
        Path nodes = directory.resolve("n.csv");
        Path pcap = directory.resolve("c.pcapng");

        String text = small("--packets", packets.toString(), "--per-node", nodes.toString(), "--pcap", pcap.toString());

        List<String> lines = Files.readAllLines(packets);
        assertTrue(text.contains(" of " + lines.size() + " = "), () -> lines.size() + " lines beside " + text);
        assertTrue(
                lines.get(0)
                        .matches(
                                "\\{\"createdSeconds\":[0-9.]+,\"from\":\"n\\d\",.*\"values\":\\[],\"number\":\\d+,\"fate\":\"ARRIVED\",\"why\":null}"),
                lines.get(0));
        assertEquals(10, Files.readAllLines(nodes).size());
        assertTrue(Files.readAllLines(nodes).get(1).startsWith("n0,gateway,0,0,"), () -> "" + lines);
        assertEquals(0x0a, Files.readAllBytes(pcap)[0]);
        String small = GOLDEN.resolve("small.toml").toString();
        assertEquals(2, run("sim", "run", small, "--protocol", "aodv", "--pcap", pcap.toString()));
    }

    @Test
    void a_fit_prints_a_section_that_a_scenario_takes() throws IOException {
        StringBuilder table = new StringBuilder("from,to,distance_m,rssi,pdr\n");
        for (int i = 0; i < 40; i++) {
            double rssi = -40 - 25 * Math.log10(1 + i) + i % 3;
            table.append("a" + i % 7 + ",b" + i % 11 + "," + (1 + i) + "," + rssi + "," + (i < 30 ? 1 : 0) + "\n");
        }
        Path links = directory.resolve("links.csv");
        Files.writeString(links, table);

        assertEquals(0, run("sim", "fit", links.toString(), "--tx", "10"), err::toString);
        String section = out.toString().substring(out.toString().indexOf("[radio]"));
        Path scenario = directory.resolve("fitted.toml");
        Files.writeString(scenario, section);
        assertEquals(0, run("sim", "explain", scenario.toString()), err::toString);
        out.getBuffer().setLength(0);
        assertEquals(0, run("sim", "fit", links.toString(), "--json", "-"), err::toString);
        assertTrue(
                out.toString()
                        .startsWith(
                                "{\"rows\":40,\"skipped\":0,\"pathLoss\":{\"rows\":40,\"rssiAt1mDbm\":{\"value\":-"),
                out::toString);
        assertEquals(2, run("sim", "fit", directory.resolve("none.csv").toString()));
        Files.writeString(links, "from,to,distance_m,rssi\na,b,1,-40\n");
        assertEquals(1, run("sim", "fit", links.toString()), err::toString);
    }

    @Test
    void links_that_a_fit_predicts_are_a_network_that_a_scenario_takes() throws IOException {
        StringBuilder places = new StringBuilder("name,x,y\n");
        StringBuilder table = new StringBuilder("from,to,rssi,pdr\n");
        for (int i = 0; i < 9; i++) {
            places.append("n" + i + "," + 10 * (i % 3) + "," + 7 * (i / 3) + "\n");
            for (int j = 0; i < 8 && j < 8; j++) { // n8 was not measured
                double rssi = -60 - 20 * Math.log10(1 + Math.abs(i - j)) - (i * j) % 5;
                table.append(i == j ? "" : "n" + i + ",n" + j + "," + rssi + "," + (rssi > -75 ? 1 : 0.5) + "\n");
            }
        }
        Path links = Files.writeString(directory.resolve("links.csv"), table);
        Path nodes = Files.writeString(directory.resolve("nodes.csv"), places);
        Path all = directory.resolve("all.csv");
        Path scenario = Files.writeString(
                directory.resolve("all.toml"),
                "[nodes]\nlayout = \"file\"\nfile = \"all.csv\"\nformat = \"links\"\n[radio]\nmodel = \"links\"\n");

        assertEquals(2, run("sim", "fit", links.toString(), "--predict", all.toString()));
        assertTrue(err.toString().contains("--predict needs places"), err::toString);
        assertEquals(
                0,
                run("sim", "fit", links.toString(), "--nodes", nodes.toString(), "--predict", all.toString()),
                err::toString);
        assertTrue(out.toString().contains("offsets of both nodes of "), out::toString);
        assertEquals(1 + 9 * 8, Files.readAllLines(all).size());
        assertEquals(0, run("sim", "explain", scenario.toString()), err::toString);
        out.getBuffer().setLength(0);
        assertEquals(0, run("sim", "fit", links.toString(), "--nodes", nodes.toString(), "--json", "-"), err::toString);
        assertTrue(
                out.toString().contains("\"nodeOffsets\":{\"nodes\":8,\"pairs\":28,\"rssiAt1mDbm\":{\"value\":"),
                out::toString);
        Files.writeString(links, "from,to,rssi\nn0,n1,-50\n");
        assertEquals(1, run("sim", "fit", links.toString(), "--nodes", nodes.toString(), "--predict", all.toString()));
    }

    @Test
    void what_cannot_be_written_is_told_before_the_run() throws IOException {
        String small = GOLDEN.resolve("small.toml").toString();
        for (String option : List.of("--json", "--junit", "--packets", "--report", "--per-node", "--pcap")) {
            err.getBuffer().setLength(0);
            int code = run(
                    "sim",
                    "run",
                    small,
                    "--quiet",
                    option,
                    directory.resolve("none/out").toString());

            assertTrue(code > 2, () -> option + " ended with " + code);
            assertTrue(err.toString().contains("cannot be written"), err::toString);
            assertEquals("", out.toString()); // nothing ran
        }
        run(
                "sim",
                "run",
                directory.resolve("no-scenario").toString(),
                "--json",
                directory.resolve("x").toString());
        assertTrue(Files.notExists(directory.resolve("x")), "an empty file is left behind");
    }

    @Test
    void a_recording_that_cannot_be_written_is_told() {
        int code = run(
                "sim",
                "run",
                GOLDEN.resolve("small.toml").toString(),
                "--trace",
                directory.resolve("missing/a.run").toString());

        assertEquals(73, code);
        assertTrue(err.toString().contains("missing/a.run cannot be written"), err::toString);
    }

    @Test
    void a_scenario_is_run_under_several_radios() throws IOException {
        Path json = directory.resolve("radios.json");

        small("--radio", "range,ofdm", "--json", json.toString());

        List<String> lines = out.toString().lines().toList();
        assertEquals(5, lines.size(), out::toString);
        assertTrue(lines.get(1).startsWith("radio          delivered  possible"), out::toString);
        assertTrue(lines.get(2).startsWith("range "), out::toString);
        assertTrue(lines.get(3).startsWith("ofdm "), out::toString);
        String text = Files.readString(json);
        assertTrue(
                text.startsWith(
                        "{\"scenario\":\"small\",\"seed\":\"0x1\",\"reachM\":250,\"radios\":[{\"radio\":\"range\","
                                + "\"summary\":{\"scenario\":\"small\","),
                text);
        assertTrue(text.contains("},{\"radio\":\"ofdm\",\"summary\":{"), text);
        String file = GOLDEN.resolve("small.toml").toString();
        assertTrue(
                text.contains(",\"command\":\"thicket sim run " + file + " --seed 0x1 --until 60s --radio ofdm\","),
                text);
        Path one = Files.writeString(
                directory.resolve("ofdm.json"), text.replaceAll("(?s).*\"summary\":(.*)}]}\\s*$", "$1"));
        run("sim", "replay", "" + one, "--quiet");
        assertTrue(out.toString().contains("the same, bit for bit"), () -> out + "" + err);
        assertEquals(2, run("sim", "run", file, "--radio", "range,wifi"));
        assertTrue(
                err.toString().contains("some of range,two_ray,log_distance,urban,ofdm,lora, not 'wifi'"),
                err::toString);
        assertEquals(2, run("sim", "run", file, "--radio", "all", "--junit", "x.xml"));
    }

    @Test
    void files_of_a_run_that_does_not_begin_stay_as_they_are() throws IOException {
        String file = GOLDEN.resolve("small.toml").toString();
        Path old = Files.writeString(directory.resolve("old.pcapng"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("nothing"));
        String missing = directory.resolve("missing/a.run").toString();

        assertEquals(73, run("sim", "run", file, "--pcap", "" + old, "--per-node", "" + link, "--trace", missing));
        assertEquals("old", Files.readString(old));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(2, run("sim", "run", file, "--quiet", "--pcap", "" + old, "--trace", "" + old));
        assertTrue(err.toString().contains("old.pcapng cannot be two outputs at once"), err::toString);
        assertEquals("old", Files.readString(old));
    }

    @Test
    void what_is_of_one_run_is_refused_beside_many_radios() {
        String file = GOLDEN.resolve("small.toml").toString();
        for (String option : List.of("--junit", "--packets", "--per-node", "--pcap", "--report", "--trace")) {
            Path output = directory.resolve("out" + option);

            int code = run("sim", "run", file, "--quiet", "--radio", "range", option, output.toString());

            assertEquals(2, code, option);
            assertTrue(err.toString().contains("are of one run, and --radio makes many"), err::toString);
            assertFalse(Files.exists(output), option);
        }
        assertEquals(2, run("sim", "run", file, "--quiet", "--radio", "range", "--speed", "1x"));
    }

    @Test
    void what_cannot_be_viewed_is_told() throws IOException {
        Path trace = directory.resolve("a.run");
        small("--trace", trace.toString());
        Path cut = directory.resolve("cut.run");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(trace), 40));

        assertEquals(2, run("sim", "view", cut.toString()));
        assertTrue(err.toString().contains("cut.run: the recording ends at byte 40"), err::toString);
        assertEquals(2, run("sim", "view", directory.resolve("none.toml").toString()));
        assertEquals(2, run("sim", "view", trace.toString(), "--port", "70000"));
        assertEquals(2, run("sim", "view", GOLDEN.resolve("bad.toml").toString()));
    }

    /** Not even with the default scenario, which an empty file would be. */
    @Test
    @Timeout(60)
    void what_is_left_of_a_recording_is_no_scenario() throws IOException {
        for (String rest : new String[] {"", "THK", "THKRUN\r\n"}) {
            Path cut = directory.resolve("cut.run");
            Files.writeString(cut, rest);

            assertEquals(2, run("sim", "view", cut.toString()));
            assertTrue(err.toString().contains("cut.run: the recording ends at byte " + rest.length()), err::toString);
        }
    }

    @Test
    @Timeout(60)
    void options_that_would_do_nothing_are_refused() {
        Path trace = directory.resolve("a.run");
        small("--trace", trace.toString());
        for (String option : new String[] {
            "--seed=1",
            "--until=1min",
            "--nodes=3",
            "--speed=2x",
            "--trace=b.run",
            "--json=b.json",
            "--bridge",
            "--quiet"
        }) {
            assertEquals(2, run("sim", "view", trace.toString(), option), option);
            assertTrue(err.toString().contains("is for scenarios, and " + trace + " is a recording"), err::toString);
        }
        assertEquals(2, run("sim", "view", directory.resolve("none.run").toString()));
        assertTrue(err.toString().contains("there is no file "), err::toString);
    }

    /** The speed is such that the run takes longer than the second after which progress is told. */
    @Test
    @Timeout(60)
    void a_run_that_is_shown_tells_no_progress_if_it_is_to_be_quiet() throws IOException, InterruptedException {
        Path scenario = Files.writeString(
                directory.resolve("two.toml"),
                "[scenario]\nduration = \"30s\"\n[nodes]\nlayout = \"line\"\ncount = 2\n");
        AwaitedOutput said = new AwaitedOutput();
        List<Integer> codes = new CopyOnWriteArrayList<>();
        Thread viewer = new Thread(
                () -> codes.add(SimLine.run(
                        said, err, "sim", "view", "" + scenario, "--no-browser", "--speed", "20x", "--quiet")),
                "viewer");
        viewer.start();
        said.await("delivered"); // of the summary: the run is over
        viewer.interrupt();
        viewer.join(20_000);

        assertEquals(List.of(0), codes, err::toString);
        assertEquals("", err.toString());
    }

    /** A recording that was kept is not lost to a mistake on the command line. */
    @Test
    @Timeout(60)
    void nothing_is_written_when_the_port_is_taken() throws IOException {
        Path kept = directory.resolve("kept.run");
        Files.writeString(kept, "precious");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int code = run(
                    "sim",
                    "view",
                    GOLDEN.resolve("small.toml").toString(),
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    "--trace",
                    kept.toString());

            assertEquals(69, code, err::toString);
        }
        assertEquals("precious", Files.readString(kept));
    }

    @Test
    @Timeout(60)
    void a_page_is_served_until_it_is_ended() throws Exception {
        Path trace = directory.resolve("a.run");
        small("--trace", trace.toString());
        AwaitedOutput said = new AwaitedOutput();
        List<Integer> codes = new CopyOnWriteArrayList<>();
        Thread viewer = new Thread(
                () -> codes.add(SimLine.run(said, err, "sim", "view", trace.toString(), "--no-browser")), "viewer");
        viewer.start();
        String url = said.await("Ctrl-C").lines().findFirst().orElseThrow();

        String page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
        viewer.interrupt();
        viewer.join(10_000);

        assertTrue(page.contains("<canvas id=\"map\""), page);
        assertEquals(List.of(0), codes);
    }
}
