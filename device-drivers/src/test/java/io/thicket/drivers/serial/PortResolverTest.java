package io.thicket.drivers.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortResolverTest {
    @TempDir
    Path temporary;

    private Path root;
    private PortResolver resolver;

    @BeforeEach
    void system() throws IOException {
        root = temporary.toRealPath();
        Files.createDirectories(root.resolve("dev/serial/by-id"));
        Files.createFile(root.resolve("dev/ttyUSB0"));
        Files.createFile(root.resolve("dev/ttyUSB1"));
        Files.createSymbolicLink(root.resolve("dev/serial/by-id/usb-FTDI_A1-port0"), Path.of("../../ttyUSB1"));
        usb("1-1", "0403", "6001", "A1", "ttyUSB1");
        usb("1-2", "1a86", "7523", "", "ttyUSB0");
        resolver = new PortResolver(root.resolve("dev"), root.resolve("sys"));
    }

    private void usb(String place, String vendor, String product, String serial, String tty) throws IOException {
        Path device = root.resolve("sys/devices/usb1/" + place);
        Path node = Files.createDirectories(device.resolve(place + ":1.0/" + tty));
        Files.writeString(device.resolve("idVendor"), vendor + "\n");
        Files.writeString(device.resolve("idProduct"), product + "\n");
        if (!serial.isEmpty()) {
            Files.writeString(device.resolve("serial"), serial + "\n");
        }
        Files.writeString(device.resolve(place + ":1.0/bInterfaceNumber"), "00\n");
        Path entry = Files.createDirectories(root.resolve("sys/class/tty/" + tty));
        Files.createSymbolicLink(entry.resolve("device"), node);
    }

    private String node(String address) throws PortException {
        return resolver.resolve(PortAddress.parse(address)).node();
    }

    @Test
    void a_stable_name_leads_to_the_node_without_a_warning() throws PortException {
        var found = resolver.resolve(PortAddress.parse(root + "/dev/serial/by-id/usb-FTDI_A1-port0"));

        assertEquals(root + "/dev/ttyUSB1", found.node());
        assertNull(found.warning());
    }

    @Test
    void a_numbered_name_works_with_the_stable_name_to_write_instead() throws PortException {
        var found = resolver.resolve(PortAddress.parse(root + "/dev/ttyUSB1"));

        assertEquals(root + "/dev/ttyUSB1", found.node());
        assertTrue(
                found.warning().contains("port = \"" + root + "/dev/serial/by-id/usb-FTDI_A1-port0\""),
                found.warning());
    }

    @Test
    void a_numbered_name_without_a_stable_one_is_told_of_usb_addresses() throws PortException {
        assertTrue(resolver.resolve(PortAddress.parse(root + "/dev/ttyUSB0"))
                .warning()
                .contains("usb:VID:PID"));
    }

    @Test
    void a_usb_device_is_found_by_its_numbers_wherever_it_is() throws PortException {
        assertEquals(root + "/dev/ttyUSB1", node("usb:0403:6001"));
        assertEquals(root + "/dev/ttyUSB1", node("usb:0403:6001:A1"));
        assertEquals(root + "/dev/ttyUSB1", node("usb:0403:6001:A1:00"));
        assertEquals(root + "/dev/ttyUSB0", node("usb:1A86:7523"));
        assertThrows(PortException.class, () -> node("usb:0403:6001:A2"));
        assertThrows(PortException.class, () -> node("usb:0403:6001:A1:01"));
    }

    @Test
    void a_missing_port_says_what_there_is() {
        PortException error = assertThrows(PortException.class, () -> node("/dev/nothing-here"));

        assertEquals(PortException.Problem.MISSING, error.problem());
        assertTrue(
                error.sentence().contains("there is " + root + "/dev/serial/by-id/usb-FTDI_A1-port0"),
                error.sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttyUSB0", "", "usb:", "usb:12:34", "usb:0403:6001:A1:zz", "usb:0403:6001:a/b"})
    void addresses_of_another_form_are_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PortAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/dev/ttyS0", "usb:0403:6001", "usb:0403:6001:A1", "usb:0403:6001:A1:00", "usb:0403:6001::00"})
    void addresses_keep_their_text(String text) {
        assertEquals(text, PortAddress.parse(text).text());
    }
}
