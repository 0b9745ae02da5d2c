package io.thicket.agent.doctor;

import java.net.InetAddress;

/** IP addresses for people. */
final class Addresses {
    private Addresses() {}

    /** Without the interface, and with the first run of zeros left out, which RFC 5952 s4.2 wants. */
    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        return plain.indexOf(':') < 0 ? plain : plain.replaceFirst("(^|:)0(:0)+(:|$)", "::");
    }
}
