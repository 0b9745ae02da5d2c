package io.thicket.agent.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interfaces that exist in files only: Java itself sees no addresses of them. */
class InterfaceCheckTest {
    @TempDir
    private Path root;

    private Machine machine;

    @BeforeEach
    void make_a_good_interface() throws IOException {
        machine = new Machine(root.resolve("proc"), root.resolve("sys"), root.resolve("dev"));
        write("sys/class/net/mesh9/flags", "0x1003");
        write("sys/class/net/mesh9/carrier", "1");
        write("proc/sys/net/ipv6/conf/mesh9/disable_ipv6", "0");
        linkLocal("80");
    }

    @Test
    void a_name_that_is_none_lists_those_that_are() {
        Finding finding = look("mesh8").get(0);

        assertEquals(Severity.ERROR, finding.severity());
        assertTrue(finding.cure().endsWith(": mesh9"), finding.cure());
    }

    @Test
    void an_interface_that_is_down_is_brought_up() throws IOException {
        write("sys/class/net/mesh9/flags", "0x1002");

        assertEquals(
                List.of(Finding.error("interface mesh9", "it is down", "sudo ip link set mesh9 up")), look("mesh9"));
    }

    @Test
    void no_carrier_is_an_error() throws IOException {
        write("sys/class/net/mesh9/carrier", "0");

        assertTrue(has(Severity.ERROR, "no carrier"));
    }

    @Test
    void an_interface_without_multicast_is_an_error() throws IOException {
        write("sys/class/net/mesh9/flags", "0x3");

        assertTrue(has(Severity.ERROR, "no multicast"));
    }

    @Test
    void ipv6_switched_off_means_the_fallback() throws IOException {
        write("proc/sys/net/ipv6/conf/mesh9/disable_ipv6", "1");

        assertTrue(has(Severity.WARNING, "IPv6 is switched off"));
    }

    @Test
    void a_kernel_without_ipv6_means_the_fallback() throws IOException {
        Files.delete(root.resolve("proc/sys/net/ipv6/conf/mesh9/disable_ipv6"));
        Files.delete(root.resolve("proc/sys/net/ipv6/conf/mesh9"));
        Files.delete(root.resolve("proc/sys/net/ipv6/conf"));

        assertTrue(has(Severity.WARNING, "IPv6 is switched off"));
    }

    @Test
    void a_tentative_address_is_waited_for() throws IOException {
        linkLocal("c0");

        assertTrue(has(Severity.WARNING, "tentative"));
    }

    @Test
    void an_address_that_another_machine_has_is_an_error() throws IOException {
        linkLocal("c8");

        assertTrue(has(Severity.ERROR, "dadfailed"));
    }

    @Test
    void no_link_local_address_means_the_fallback() throws IOException {
        write("proc/net/if_inet6", "fe800000000000000000000000000001 02 40 20 80     eth0\n");

        assertTrue(has(Severity.WARNING, "no IPv6 link-local address"));
    }

    @Test
    void nothing_is_said_of_a_good_one_but_its_address() {
        List<Finding> findings = look("mesh9");

        assertEquals(1, findings.size(), findings.toString());
        assertTrue(findings.get(0).what().contains("address"), findings.toString());
    }

    @Test
    void the_survey_leaves_out_software_interfaces_that_are_down() throws IOException {
        write("sys/class/net/ifb0/flags", "0x1082");
        write("sys/class/net/lo/flags", "0x9");

        List<String> areas =
                new InterfaceCheck(machine).survey().stream().map(Finding::area).toList();

        assertEquals(List.of("interface mesh9"), areas);
    }

    private List<Finding> look(String name) {
        return new InterfaceCheck(machine).look(name);
    }

    private boolean has(Severity severity, String words) {
        return look("mesh9").stream()
                .anyMatch(finding ->
                        finding.severity() == severity && finding.what().contains(words));
    }

    private void linkLocal(String flags) throws IOException {
        write("proc/net/if_inet6", "fe800000000000000000000000000001 09 40 20 " + flags + "    mesh9\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
