package io.thicket.drivers.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.drivers.DeviceDriver;
import io.thicket.drivers.DriverDescriptor;
import io.thicket.drivers.Observation;
import io.thicket.drivers.SenmlUnit;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every driver. A new driver that breaks a rule, or was not listed, fails here. */
class DriverCatalogueTest {
    private static final String SML = latin1(
            "1b1b1b1b010101017603000162006200726307017701030a0b01017177070100010800ff6400018201621e52ff560008d1eb1d0101016300000000001b1b1b1b1a028104");

    private static final String SDM = hex("010400000002 71CB 0104044366333 41B38");
    private static final String PZEM = hex("01040000000A700D 01041408D1006C000000F40000002600 0001F4006400005134");
    private static final String S8 = hex("FE0400000004E5C6 FE04080000000000000190 16E6");
    static final String MAP = """
            spec = 1
            id = "my.meter"
            title = "A meter"
            serial.baud = 9600
            modbus.unit = 1
            value = [{ name = "voltage", register = 30001, type = "f32", unit = "V" }]
            example = [{ request = "010400000002 71CB", frame = "01040443696978 106E", values = { voltage = 233.41 }, tolerance = 0.005 }]
            """;

    private static final String MBUS = latin1(
            "683c3c680808727803491177040e16290000000c7878034911041331d40000426c0000441300000000046d1d0d98110227000009fd0e0209fd0f060f00008f13e816");

    private static String latin1(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }

    /** Each driver in code has bytes here from which at least one value comes; the others have the example of their file. */
    private static final Map<String, Vector> VECTORS = Map.ofEntries(
            Map.entry("dsmr.p1", new Vector("/ISK5\\2M\r\n\r\n1-0:1.8.1(000004.426*kWh)\r\n!B8E1\r\n", Map.of())),
            Map.entry("dsmr.p1v2", new Vector("/X\r\n\r\n1-0:1.8.1(000004.426*kWh)\r\n!\r\n", Map.of())),
            Map.entry("iec62056.push", new Vector("/X\r\n\r\n1.8.0(000004.426*kWh)\r\n!\r\n", Map.of())),
            Map.entry(
                    "iec62056.meter",
                    new Vector("/ISK5ME162\r\n\u00021.8.0(000004.426*kWh)\r\n!\r\n\u0003~", Map.of())),
            Map.entry("sdi12.sensors", new Vector("00011\r\n0+3.14OqZ\r\n", Map.of("sensors", "0MC=level:m"))),
            Map.entry("sml.meter", new Vector(SML, Map.of())),
            Map.entry("mbus.meter", new Vector(MBUS, Map.of())),
            Map.entry("kamstrup.kmp", new Vector(hex(KamstrupMeterTest.ANSWER), Map.of())),
            Map.entry(
                    "enocean.esp3",
                    new Vector(
                            latin1("55000a0701eba50000550801 81b7440001ffffffff2d0075".replace(" ", "")),
                            Map.of("devices", "hall:0181B744:A5-02-05"))),
            Map.entry("onewire.ds2480b", new Vector(latin1("5528fffcd0001703aebe9c014b467fff0c100c"), Map.of())),
            Map.entry("nmea0183", new Vector("$YXMTW,17.75,C*26\r\n", Map.of())),
            Map.entry("text.keyvalue", new Vector("temp=21.5\n", Map.of("units", "temp:Cel"))),
            Map.entry("text.csv", new Vector("21.5\n", Map.of("columns", "temp:Cel"))),
            Map.entry("text.regex", new Vector("T=21.5 C\n", Map.of("pattern", "T=([-0-9.]+)", "columns", "temp:Cel"))),
            Map.entry("text.json", new Vector("{\"temp\":21.5}\n", Map.of("units", "temp:Cel"))),
            Map.entry("modbus", new Vector(SDM, Map.of("map", MAP))),
            Map.entry("eastron.sdm120", new Vector(SDM, Map.of())),
            Map.entry("eastron.sdm230", new Vector(SDM, Map.of())),
            Map.entry("eastron.sdm630", new Vector(SDM, Map.of())),
            Map.entry("pzem.004tv3", new Vector(PZEM, Map.of())),
            Map.entry("pzem.016", new Vector(PZEM, Map.of())),
            Map.entry("senseair.s8", new Vector(S8, Map.of())),
            Map.entry("virtual.sensor", new Vector("temperature=21.5\n", Map.of())),
            Map.entry("virtual.device", new Vector("value=1\n", Map.of("device", "nova.sds011"))),
            Map.entry("virtual.sine", new Vector("value=1\n", Map.of())));

    private static String hex(String bytes) {
        return new String(HexFormat.of().parseHex(bytes.replace(" ", "")), StandardCharsets.ISO_8859_1);
    }

    private record Vector(String latin1, Map<String, String> options) {}

    static List<String> ids() {
        return DriverCatalogue.all().stream().map(d -> d.descriptor().id()).toList();
    }

    /** The examples of the driver's specification that have values, none if it has no specification. */
    static List<byte[]> examples(String id) {
        if (!(DriverCatalogue.find(id).orElseThrow() instanceof SpecDriver driver)) {
            return List.of();
        }
        return driver.spec().examples().stream()
                .filter(example -> !example.values().isEmpty())
                .map(example -> example.bytes().toArray())
                .toList();
    }

    /** Frames of the driver. */
    static List<byte[]> vectors(String id) {
        Vector vector = VECTORS.get(id);
        return vector == null ? examples(id) : List.of(vector.latin1().getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void each_driver_decodes_its_vector_to_primary_units(String id) {
        List<byte[]> examples = examples(id);
        Vector vector = examples.isEmpty()
                ? VECTORS.get(id)
                : new Vector(new String(examples.get(0), StandardCharsets.ISO_8859_1), Map.of());
        assertTrue(vector != null, "driver " + id + " has no vector here");
        Decoded device = Decoded.by(id, vector.options());

        device.feed(0, vector.latin1().getBytes(StandardCharsets.ISO_8859_1));

        assertEquals(1, device.counts().good());
        for (Observation value : device.readings.get(0)) {
            assertTrue(
                    value.unit() == null
                            || SenmlUnit.find(value.unit())
                                    .map(SenmlUnit::isPrimary)
                                    .orElse(false),
                    value.toString());
        }
    }

    @Test
    void ids_are_unique_and_well_formed() {
        assertEquals(new HashSet<>(ids()).size(), ids().size());
        for (DeviceDriver driver : DriverCatalogue.all()) {
            DriverDescriptor descriptor = driver.descriptor();
            assertTrue(descriptor.id().matches("[a-z0-9]+(\\.[a-z0-9]+)?"), descriptor.id());
            assertFalse(descriptor.title().isBlank());
            assertEquals(driver, DriverCatalogue.find(descriptor.id()).orElseThrow());
            for (DriverDescriptor.Option option : descriptor.options()) {
                assertTrue(option.key().matches("[a-z]+"), option.key());
                assertFalse(option.description().isBlank(), option.key());
            }
        }
        assertTrue(DriverCatalogue.find("no.such").isEmpty());
    }

    @Test
    void every_driver_class_of_the_package_is_listed() throws IOException, URISyntaxException {
        Set<String> listed = new TreeSet<>();
        DriverCatalogue.all().forEach(driver -> listed.add(driver.getClass().getSimpleName()));

        assertEquals(driverClasses(), listed);
    }

    private static Set<String> driverClasses() throws IOException, URISyntaxException {
        Path classes = Path.of(DriverCatalogue.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes.resolve("io/thicket/drivers/catalogue"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (isDriver(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean isDriver(String simpleName) {
        try {
            Class<?> type = Class.forName("io.thicket.drivers.catalogue." + simpleName);
            return DeviceDriver.class.isAssignableFrom(type);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
