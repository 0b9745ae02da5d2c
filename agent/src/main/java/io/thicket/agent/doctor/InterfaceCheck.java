package io.thicket.agent.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Network interfaces as the kernel's files show them, including what Java does not see: interfaces without address. */
final class InterfaceCheck {
    /** Of the fifth field of if_inet6, linux/if_addr.h. */
    private static final int IFA_F_DADFAILED = 0x08;

    private static final int IFA_F_TENTATIVE = 0x40;
    private static final int IFF_UP = 1;
    private static final int IFF_LOOPBACK = 8;
    private static final int IFF_MULTICAST = 0x1000;
    private static final int FIELDS = 6;

    private final Machine machine;

    InterfaceCheck(Machine machine) {
        this.machine = machine;
    }

    /** Everything about the interface {@code name} that a link needs. */
    List<Finding> look(String name) {
        String area = "interface " + name;
        Path directory = machine.sys().resolve("class/net").resolve(name);
        if (!Files.exists(directory)) {
            String there = String.join(", ", names());
            return List.of(Finding.error(
                    area,
                    "there is no such interface",
                    there.isEmpty()
                            ? "plug it in, or load its driver; the node waits for it"
                            : "write one of these into [[link]] interface: " + there));
        }
        if ((flags(name) & IFF_UP) == 0) {
            return List.of(Finding.error(area, "it is down", "sudo ip link set " + name + " up"));
        }
        List<Finding> findings = new ArrayList<>();
        if (Machine.read(directory.resolve("carrier")).equals("0")) {
            String cure = Files.exists(directory.resolve("wireless")) || Files.exists(directory.resolve("phy80211"))
                    ? "join the network: iw dev " + name + " link shows which, wpa_cli -i " + name
                            + " status shows why not"
                    : "check the cable and the other end";
            findings.add(Finding.error(area, "it is up, but has no carrier", cure));
        }
        if ((flags(name) & IFF_MULTICAST) == 0) {
            findings.add(Finding.error(
                    area,
                    "it does no multicast",
                    "sudo ip link set " + name + " multicast on; or use type = \"peers\""));
        }
        findings.add(addresses(area, name));
        findings.addAll(ipv6(area, name));
        return findings;
    }

    /** All interfaces that a link could use, one finding each. */
    List<Finding> survey() {
        List<Finding> findings = new ArrayList<>();
        for (String name : names()) {
            if (isOfInterest(name)) {
                List<Finding> details = look(name);
                boolean usable = details.stream().allMatch(finding -> finding.severity() != Severity.ERROR);
                String what = usable ? addressesOf(name) : details.get(0).what();
                findings.add(Finding.info(
                        "interface " + name,
                        usable ? "usable for a link: " + what : what,
                        usable
                                ? "[[link]] type = \"udp\", interface = \"" + name + "\""
                                : details.get(0).cure()));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.warning(
                    "interface", "there is no network interface but loopback", "load its driver, or plug it in"));
        }
        return findings;
    }

    private static Finding addresses(String area, String name) {
        String addresses = addressesOf(name);
        return addresses.isEmpty()
                ? Finding.error(
                        area,
                        "it has no address",
                        "IPv6: echo 0 | sudo tee /proc/sys/net/ipv6/conf/" + name
                                + "/disable_ipv6; IPv4: sudo dhclient " + name)
                : Finding.ok(area, "up, " + addresses);
    }

    /** The link-local address: present, still tentative, or refused because somebody else has it. */
    private List<Finding> ipv6(String area, String name) {
        Path conf = machine.proc().resolve("sys/net/ipv6/conf");
        if (!Files.exists(conf)
                || Machine.read(conf.resolve(name).resolve("disable_ipv6")).equals("1")) {
            return List.of(Finding.warning(
                    area,
                    "IPv6 is switched off here; the link falls back to IPv4, and only reaches nodes that do, too",
                    "echo 0 | sudo tee /proc/sys/net/ipv6/conf/" + name
                            + "/disable_ipv6 (for good: in /etc/sysctl.d)"));
        }
        boolean found = false;
        List<Finding> findings = new ArrayList<>();
        for (String line : Machine.read(machine.proc().resolve("net/if_inet6")).split("\n")) {
            String[] fields = line.trim().split(" +");
            if (fields.length == FIELDS && fields[5].equals(name) && fields[0].startsWith("fe80")) {
                found = true;
                int flags = hex(fields[4]);
                if ((flags & IFA_F_DADFAILED) != 0) {
                    findings.add(Finding.error(
                            area,
                            "its link-local address is in use by another machine (dadfailed)",
                            "two machines have one hardware address: give this one another, sudo ip link set " + name
                                    + " address XX:XX:XX:XX:XX:XX"));
                } else if ((flags & IFA_F_TENTATIVE) != 0) {
                    findings.add(Finding.warning(
                            area,
                            "its link-local address is still tentative; the link waits for it",
                            "wait two seconds; if it stays so, the carrier is missing"));
                }
            }
        }
        if (!found) {
            findings.add(Finding.warning(
                    area,
                    "it has no IPv6 link-local address; the link falls back to IPv4",
                    "sudo ip link set " + name + " addrgenmode eui64, then down and up again"));
        }
        return findings;
    }

    /** No loopback, and no software interface that nobody uses, of which a kernel may have many. */
    private boolean isOfInterest(String name) {
        boolean isHardware =
                Files.exists(machine.sys().resolve("class/net").resolve(name).resolve("device"));
        int flags = flags(name);
        return (flags & IFF_LOOPBACK) == 0 && (isHardware || (flags & IFF_UP) != 0);
    }

    private int flags(String name) {
        return hex(Machine.read(machine.sys().resolve("class/net").resolve(name).resolve("flags"))
                .replace("0x", ""));
    }

    private static int hex(String text) {
        try {
            return Integer.parseInt(text, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> stream =
                Files.newDirectoryStream(machine.sys().resolve("class/net"), Files::isDirectory)) {
            stream.forEach(path -> names.add(String.valueOf(path.getFileName())));
        } catch (IOException e) {
            return List.of();
        }
        return List.copyOf(names);
    }

    private static String addressesOf(String name) {
        try {
            NetworkInterface netInterface = NetworkInterface.getByName(name);
            List<String> addresses = new ArrayList<>();
            if (netInterface != null) {
                for (InetAddress address : Collections.list(netInterface.getInetAddresses())) {
                    addresses.add(Addresses.text(address));
                }
            }
            return String.join(", ", addresses);
        } catch (IOException e) {
            return "";
        }
    }
}
