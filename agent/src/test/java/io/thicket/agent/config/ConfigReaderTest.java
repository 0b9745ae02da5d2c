package io.thicket.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.LineParameters;
import io.thicket.routing.LinkClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final String MINIMAL = "[node]\nname = \"n17\"\n[network]\nkey_file = \"network.key\"\n";
    private static final Path DIRECTORY = Path.of("/etc/thicket");

    @TempDir
    private Path temp;

    @Test
    void minimal_file_has_every_default() throws ConfigException {
        LoadedConfig loaded = read(MINIMAL);

        assertEquals(
                new NodeConfig(
                        new NodeConfig.Node("n17", Path.of("/var/lib/thicket"), NodeConfig.Clock.SYSTEM, true),
                        new NodeConfig.Network(Path.of("/etc/thicket/network.key"), "home"),
                        List.of(),
                        new NodeConfig.Coap(List.of(new HostPort("127.0.0.1", 5683)), Set.of()),
                        List.of(),
                        new NodeConfig.Outbox(10_000, Duration.ofHours(24)),
                        new NodeConfig.Mesh(
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(1),
                                NodeConfig.Energy.MAINS),
                        new NodeConfig.Log(NodeConfig.Level.INFO),
                        new NodeConfig.Debug(null, 16_777_216),
                        List.of()),
                loaded.node());
        assertEquals(1, loaded.warnings().size());
        assertTrue(loaded.warnings().get(0).message().startsWith("no [[link]]"));
    }

    @Test
    void recording_is_off_unless_a_file_is_named() throws ConfigException {
        NodeConfig.Debug debug = read(MINIMAL + """
                        [debug]
                        record = "mesh.log"
                        record_limit = "1MiB"
                        """).node().debug();

        assertEquals(new NodeConfig.Debug(Path.of("/etc/thicket/mesh.log"), 1 << 20), debug);
    }

    @Test
    void links_are_read() throws ConfigException {
        NodeConfig config = read(MINIMAL + """
                        [[link]]
                        type = "udp"
                        interface = "wlan0"
                        class = "wifi"
                        [[link]]
                        type = "peers"
                        listen = "[::1]:5690"
                        peers = ["127.0.0.1:5691", "relay.example.org:5690"]
                        rate = "250kbit/s"
                        """).node();

        assertEquals(
                List.of(
                        new LinkConfig.Udp("wlan0", LinkClass.WIFI, 6_000, "wlan0", LinkConfig.IpVersion.AUTO, 5690),
                        new LinkConfig.Peers(
                                "peers",
                                LinkClass.ETHERNET,
                                250,
                                new HostPort("::1", 5690),
                                List.of(new HostPort("127.0.0.1", 5691), new HostPort("relay.example.org", 5690)),
                                false)),
                config.links());
    }

    @Test
    void sensors_are_read() throws ConfigException {
        SensorConfig sensor = read(MINIMAL + """
                        [[sensor]]
                        name = "wind"
                        driver = "text.csv"
                        port = "/dev/ttyUSB0"
                        format = "7E1"
                        options = { columns = "a,b", skip = 2, strict = true, factor = 0.5 }
                        """).node().sensors().get(0);

        assertEquals(Map.of("columns", "a,b", "skip", "2", "strict", "true", "factor", "0.5"), sensor.options());
        assertEquals(
                new LineParameters(4800, 7, LineParameters.Parity.EVEN, 1, true, true),
                sensor.line(LineParameters.of8N1(4800)));
        assertEquals(Duration.ofSeconds(2), sensor.settle());
        assertEquals(Duration.ZERO, sensor.minInterval());
    }

    @Test
    void a_usb_device_is_a_port() throws ConfigException {
        String sensor = "[[sensor]]\nname=\"wind\"\ndriver=\"text.csv\"\noptions={columns=\"a\"}\nport=";
        assertEquals(
                "usb:0403:6001:A50285BI",
                read(MINIMAL + sensor + "\"usb:0403:6001:A50285BI\"")
                        .node()
                        .sensors()
                        .get(0)
                        .port());
        says(sensor + "\"usb:403:6001\"", "port 'usb:403:6001': a USB port is usb:VID:PID[:SERIAL[:INTERFACE]]");
        says(
                sensor + "\"usb:0ABC:6001\"\n" + sensor.replace("wind", "rain") + "\"usb:0abc:6001\"",
                "the sensor 'wind' has port usb:0abc:6001 already");
    }

    @Test
    void coap_listens_on_one_address_or_many_or_none() throws ConfigException {
        assertEquals(
                List.of(new HostPort("0.0.0.0", 5683)),
                read(MINIMAL + "[coap]\nlisten = \"0.0.0.0:5683\"")
                        .node()
                        .coap()
                        .listen());
        assertEquals(
                List.of(), read(MINIMAL + "[coap]\nlisten = []").node().coap().listen());
    }

    @Test
    void all_problems_are_told_at_once_with_their_places() {
        String said = said("""
                [node]
                nmae = "n17"
                relay = "yes"
                [network]
                key_file = "network.key"
                site = "My Home"
                [[link]]
                type = "udp"
                interfcae = "wlan0"
                rate = "fast"
                [[sensor]]
                name = "air"
                driver = "plantower.pms5030"
                port = "ttyUSB0"
                settle = 2
                [outbx]
                max_age = "1h"
                """);

        assertEquals("""
                test.toml:1:1: [node] has no 'name'
                    write name = "greenhouse-17"
                test.toml:2:1: [node] has no key 'nmae'
                    did you mean 'name'?
                test.toml:3:1: [node] relay is not true or false
                test.toml:6:1: [network] site 'My Home' is not 1 to 32 of a-z, 0-9, _ and -
                    write "my-home"
                test.toml:7:1: [[link]] has no 'interface'
                    write interface = "wlan0"
                test.toml:9:1: [[link]] has no key 'interfcae'
                    did you mean 'interface'?
                test.toml:10:1: [[link]] rate: 'fast' is not a rate such as "100Mbit/s"
                test.toml:13:1: [[sensor]] there is no driver 'plantower.pms5030'
                    did you mean 'plantower.pms5003'?
                test.toml:14:1: [[sensor]] port 'ttyUSB0' is no path of a device
                    write "/dev/ttyUSB0"
                test.toml:15:1: [[sensor]] settle is not a text with a unit
                    write it in quotes with its unit, like "2s"
                test.toml:16:1: there is no section [outbx]
                    did you mean 'outbox'?
                11 problems""", said);
    }

    @Test
    void syntax_errors_come_with_the_others_and_hide_what_may_only_seem_to_miss() {
        String said = said("[node]\nname = n17\n[network]\nkey_file = \"k\"\n[coap]\nlisten = \"nowhere\"\n");

        assertTrue(said.contains("test.toml:2:8: this is no TOML"), said);
        assertTrue(said.contains("test.toml:6:1: [coap] listen: 'nowhere' is not HOST:PORT"), said);
        assertTrue(!said.contains("has no 'name'"), said);
    }

    @Test
    void section_of_an_absent_package_is_known() throws ConfigException {
        String file = MINIMAL + "[gateway]\nbroker = \"tcp://10.0.0.1:1883\"\n";

        assertEquals("test.toml:5:1: [gateway] needs the gateway package (run it with `thicket gateway`)", said(file));
        StubGatewaySection gateway = new StubGatewaySection();
        LoadedConfig loaded = new ConfigReader(new TestDrivers(), List.of(gateway)).read(file, "test.toml", DIRECTORY);
        assertEquals("tcp://10.0.0.1:1883", loaded.section(gateway).orElseThrow());
        assertTrue(read(MINIMAL).section(gateway).isEmpty());
    }

    @Test
    void meaning_is_checked() {
        says(
                "[[sensor]]\nname=\"a\"\ndriver=\"virtual.sine\"\nport=\"/dev/x\"",
                "port means nothing to the virtual sensor 'a'");
        says("[[sensor]]\nname=\"a\"\ndriver=\"nmea0183\"", "has no 'port'");
        says(
                "[[sensor]]\nname=\"a\"\ndriver=\"nmea0183\"\nport=\"/dev/x\"\ninterval=\"1s\"",
                "interval is for virtual");
        says("[[sensor]]\nname=\"a\"\ndriver=\"virtual.sine\"\noptions={bad=1}", "option 'bad' is not known");
        says("[[sensor]]\nname=\"a\"\ndriver=\"virtual.sine\"\noptions={x=[1]}", "option 'x' is no text");
        says(
                "[[sensor]]\nname=\"a\"\ndriver=\"nmea0183\"\nport=\"/dev/x\"\nformat=\"9N1\"",
                "'9N1' is no serial format");
        says("[[sensor]]\nname=\"a\"\ndriver=\"nmea0183\"\nport=\"/dev/x\"\nbaud=49", "baud = 49 is not 50 to 4000000");
        says(
                "[[sensor]]\nname=\"a\"\ndriver=\"virtual.sine\"\n[[sensor]]\nname=\"a\"\ndriver=\"virtual.sine\"",
                "another sensor is called 'a'");
        says(
                "[[sensor]]\nname=\"a\"\ndriver=\"nmea0183\"\nport=\"/dev/x\"\n[[sensor]]\nname=\"b\"\ndriver=\"nmea0183\"\nport=\"/dev/x\"",
                "the sensor 'a' has port /dev/x already");
        says("[[link]]\ntype=\"upd\"\ninterface=\"a\"", "type 'upd' is not one of udp, peers\n    did you mean 'udp'?");
        says("[[link]]\ntype=\"udp\"\ninterface=\"a b\"", "no interface's name");
        says("[[link]]\ntype=\"udp\"\ninterface=\"a\"\nport=0", "port = 0 is not 1 to 65535");
        says("[[link]]\ntype=\"peers\"\npeers=[\"1.2.3.4:5\"]", "has no 'listen'");
        says("[[link]]\ntype=\"peers\"\nlisten=\"1.2.3.4:5\"", "has no 'peers'");
        says("[[link]]\ntype=\"peers\"\nlisten=\"::1:5\"\naccept_unknown=true", "IPv6 address without brackets");
        says(
                "[[link]]\ntype=\"udp\"\ninterface=\"a\"\n[[link]]\ntype=\"udp\"\ninterface=\"a\"",
                "another link has a port 5690 already");
        says("[link]\ntype=\"udp\"", "[link] needs double brackets");
        says("[coap]\nlisten=[\"127.0.0.1:5683\",\"127.0.0.1:5683\"]", "twice");
        says("[mesh]\nhello_min=\"2min\"", "hello_min = 2min is more than hello_max = 1min");
        says(
                "[mesh]\ngateway_interval=\"2s\"",
                "gateway_interval = 2s is less than hello_max = 1min, so gateways would be forgotten between greetings");
        says("[mesh]\nhello_max=\"6min\"", "gateway_interval = 5min is less than hello_max = 6min");
        says("[outbox]\nmax_readings=0", "max_readings = 0 is not 1 to 1000000");
        says("[log]\nlevel=\"inf\"", "level 'inf' is not one of error, warn, info, debug\n    did you mean 'info'?");
    }

    @Test
    void a_gateway_interval_close_to_the_longest_greeting_is_warned_of() throws Exception {
        assertEquals(
                List.of("[mesh] gateway_interval = 4min is less than 5 times hello_max = 1min:"
                        + " nodes many hops away may forget their gateway for minutes"),
                warnings(MINIMAL + "[mesh]\ngateway_interval=\"4min\"\n"));
        assertEquals(List.of(), warnings(MINIMAL + "[mesh]\ngateway_interval=\"5s\"\nhello_max=\"1s\"\n"));
    }

    @Test
    void missing_sections_are_told() {
        assertEquals(
                "test.toml: there is no section [node]\ntest.toml: there is no section [network]\n2 problems",
                said(""));
        assertTrue(said("name = \"x\"\n" + MINIMAL).contains("the key 'name' stands before the first section"));
        assertTrue(said("node = 1\n[network]\nkey_file = \"k\"").contains("'node' is no section"));
    }

    @Test
    void files_that_cannot_be_read_are_told() throws Exception {
        ConfigReader reader = new ConfigReader(new TestDrivers(), List.of());
        Path file = temp.resolve("node.toml");
        assertTrue(assertThrows(ConfigException.class, () -> reader.read(file))
                .getMessage()
                .startsWith(file + ": there is no such file"));
        Files.write(file, new byte[] {(byte) 0xff});
        assertTrue(assertThrows(ConfigException.class, () -> reader.read(file))
                .getMessage()
                .contains("not UTF-8"));
        Files.write(file, new byte[ConfigReader.MAX_BYTES + 1]);
        assertTrue(assertThrows(ConfigException.class, () -> reader.read(file))
                .getMessage()
                .contains("bytes where"));
        Files.writeString(file, MINIMAL.replace("network.key", "../keys/network.key"));
        assertEquals(
                temp.resolveSibling("keys/network.key"),
                reader.read(file).node().network().keyFile());
    }

    private static void says(String section, String message) {
        String said = said(MINIMAL + section);
        assertTrue(said.contains(message), said);
        assertTrue(!said.endsWith("problems"), said);
    }

    private static String said(String text) {
        return assertThrows(ConfigException.class, () -> read(text)).getMessage();
    }

    private static List<String> warnings(String text) throws ConfigException {
        return read(text + "[[link]]\ntype=\"udp\"\ninterface=\"a\"\n").warnings().stream()
                .map(ConfigProblem::message)
                .toList();
    }

    private static LoadedConfig read(String text) throws ConfigException {
        return new ConfigReader(new TestDrivers(), List.of()).read(text, "test.toml", DIRECTORY);
    }
}
