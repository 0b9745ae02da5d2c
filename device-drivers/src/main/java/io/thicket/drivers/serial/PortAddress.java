package io.thicket.drivers.serial;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which port is meant, as configured: a path, or a USB device wherever it is plugged in. */
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

    /** Reads either form. Anything else is an {@link IllegalArgumentException} that says what is allowed. */
    static PortAddress parse(String text) {
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
