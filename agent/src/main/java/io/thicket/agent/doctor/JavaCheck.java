package io.thicket.agent.doctor;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** The Java machine that runs this, which is the one that runs the node if both are started by the same launcher. */
final class JavaCheck {
    private static final String AREA = "java";

    private JavaCheck() {}

    static List<Finding> look() {
        String java = "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
        return List.of(Finding.ok(AREA, java), ipv6());
    }

    private static Finding ipv6() {
        try {
            DatagramChannel.open(StandardProtocolFamily.INET6).close();
            return Finding.ok(AREA, "IPv6 is available to Java");
        } catch (UnsupportedOperationException e) {
            String why = Boolean.getBoolean("java.net.preferIPv4Stack")
                    ? "take -Djava.net.preferIPv4Stack out of THICKET_JAVA_OPTS"
                    : "Java found no IPv6 address when it started: sudo ip link set lo up, see that"
                            + " /proc/sys/net/ipv6/conf/lo/disable_ipv6 is 0, and start the node again";
            return Finding.warning(AREA, "Java does without IPv6; links fall back to IPv4", why);
        } catch (IOException e) {
            return Finding.warning(AREA, "no IPv6 socket can be had: " + e.getMessage(), "links fall back to IPv4");
        }
    }
}
