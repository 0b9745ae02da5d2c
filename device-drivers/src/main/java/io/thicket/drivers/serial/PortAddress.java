package io.thicket.drivers.serial;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which port is meant, as configured: a path, a USB device wherever it is plugged in, or one behind a network. */
public sealed interface PortAddress {
    /** Longest address in characters. */
    int MAX_LENGTH = 512;

    /** The form in which it is written in the configuration. */
    String text();

    /** A path, best one that stays the same when things are replugged: {@code /dev/serial/by-id/...}. */
    record Path(String text) implements PortAddress {
        public Path {
            if (!text.startsWith("/") || text.length() > MAX_LENGTH || text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("serial port '" + text
                        + "' should be an absolute path such as /dev/serial/by-id/usb-..., or usb:VID:PID[:SERIAL]");
            }
        }
    }

    /**
     * A USB serial adapter.
     *
     * @param vendor 4 hex digits, lower case
     * @param product 4 hex digits, lower case
     * @param serial its serial number, empty for any
     * @param interfaceNumber 2 hex digits of the interface of an adapter with several ports, empty for any
     */
    record Usb(String vendor, String product, String serial, String interfaceNumber) implements PortAddress {
        private static final Pattern FORM =
                Pattern.compile("usb:([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?::([^:/]{0,126})(?::([0-9a-fA-F]{2}))?)?");

        public Usb {
            vendor = vendor.toLowerCase(Locale.ROOT);
            product = product.toLowerCase(Locale.ROOT);
            interfaceNumber = interfaceNumber.toLowerCase(Locale.ROOT);
            if (!vendor.matches("[0-9a-f]{4}")
                    || !product.matches("[0-9a-f]{4}")
                    || !interfaceNumber.matches("([0-9a-f]{2})?")) {
                throw new IllegalArgumentException(
                        "a USB port is usb:VID:PID[:SERIAL[:INTERFACE]], e.g. usb:0403:6001:A50285BI; VID and PID are 4"
                                + " hex digits (see lsusb), INTERFACE is 2");
            }
        }

        @Override
        public String text() {
            String tail = interfaceNumber.isEmpty() ? "" : ":" + interfaceNumber;
            return "usb:" + vendor + ":" + product + (serial.isEmpty() && tail.isEmpty() ? "" : ":" + serial + tail);
        }
    }

    /**
     * A port behind a server.
     *
     * @param negotiates whether the server is told the line's settings (RFC 2217); else it is a plain stream of bytes
     * @param host name or address; IPv6 without brackets
     * @param port 1 to 65535
     */
    record Network(boolean negotiates, String host, int port) implements PortAddress {
        private static final Pattern FORM = Pattern.compile(
                "(tcp|rfc2217)://(?:\\[([0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]{1,15})?)\\]|([A-Za-z0-9._-]{1,253})):([0-9]{1,5})");

        public Network {
            if (host.isEmpty() || port < 1 || port > 65_535) {
                throw refuse(host + ":" + port);
            }
        }

        /** Whether {@code text} is meant as such an address, rightly written or not. */
        public static boolean isMeant(String text) {
            return text.startsWith("tcp://") || text.startsWith("rfc2217://");
        }

        /** Anything else is an {@link IllegalArgumentException} that says what is allowed. */
        public static Network parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw refuse(text);
            }
            String brackets = matcher.group(2);
            return new Network(
                    matcher.group(1).equals("rfc2217"),
                    brackets == null ? matcher.group(3) : brackets,
                    Integer.parseInt(matcher.group(4)));
        }

        private static IllegalArgumentException refuse(String text) {
            return new IllegalArgumentException("'" + text
                    + "' is no port behind a network: write tcp://HOST:PORT or rfc2217://HOST:PORT, IPv6 in brackets");
        }

        @Override
        public String text() {
            return (negotiates ? "rfc2217://" : "tcp://") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":"
                    + port;
        }
    }

    /**
     * A recording in the place of a port: a fault of the field, played to an agent.
     *
     * @param path absolute
     */
    record Recorded(String path) implements PortAddress {
        private static final String PREFIX = "replay:";

        public Recorded {
            if (!path.startsWith("/") || path.length() > MAX_LENGTH || path.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "a recording in the place of a port is replay:PATH with an absolute path, not '" + PREFIX + path
                                + "'");
            }
        }

        /** Whether {@code text} is meant as such an address, rightly written or not. */
        public static boolean isMeant(String text) {
            return text.startsWith(PREFIX);
        }

        /** Anything else is an {@link IllegalArgumentException} that says what is allowed. */
        public static Recorded parse(String text) {
            return new Recorded(text.substring(PREFIX.length()));
        }

        @Override
        public String text() {
            return PREFIX + path;
        }
    }

    /** Whether {@code text} begins as one of the forms does. */
    static boolean isMeant(String text) {
        return text.startsWith("/") || text.startsWith("usb:") || Network.isMeant(text) || Recorded.isMeant(text);
    }

    /** Whether a device node of this machine is meant, which only one program may have. */
    default boolean isLocal() {
        return !(this instanceof Network || this instanceof Recorded);
    }

    /** Reads any form. Anything else is an {@link IllegalArgumentException} that says what is allowed. */
    static PortAddress parse(String text) {
        if (Network.isMeant(text)) {
            return Network.parse(text);
        }
        if (Recorded.isMeant(text)) {
            return Recorded.parse(text);
        }
        if (!text.startsWith("usb:")) {
            return new Path(text);
        }
        Matcher matcher = Usb.FORM.matcher(text);
        if (!matcher.matches()) {
            return new Usb(text, "", "", "");
        }
        String serial = matcher.group(3);
        String interfaceNumber = matcher.group(4);
        return new Usb(
                matcher.group(1),
                matcher.group(2),
                serial == null ? "" : serial,
                interfaceNumber == null ? "" : interfaceNumber);
    }
}
