package io.thicket.drivers.onewire;

import io.thicket.drivers.checksum.Checksum;
import io.thicket.drivers.framing.Bytes;
import java.util.HexFormat;

/**
 * The number of a 1-Wire device: family, six bytes of its own, and a CRC-8 over both.
 *
 * @param bytes eight, the family first
 */
public record Rom(Bytes bytes) {
    /** Bytes of a number. */
    public static final int LENGTH = 8;

    public Rom {
        if (!isRight(bytes.toArray(), 0)) {
            throw new IllegalArgumentException(bytes + " is no number of a 1-Wire device");
        }
    }

    /** Whether the eight bytes at {@code at} have a right CRC and are not nothing but zeros. */
    static boolean isRight(byte[] bytes, int at) {
        return bytes.length >= at + LENGTH
                && bytes[at] != 0
                && Checksum.CRC8_DALLAS.over(bytes, at, at + LENGTH - 1) == (bytes[at + LENGTH - 1] & 0xFF);
    }

    /**
     * Reads sixteen hex digits, family first, or as Linux writes it: {@code 28-031700d0fcff}, the family and its own number with the
     * highest byte first, without CRC.
     *
     * @throws IllegalArgumentException if it is neither, or the CRC is wrong; the message says which
     */
    public static Rom parse(String text) {
        if (text.matches("[0-9A-Fa-f]{2}-[0-9A-Fa-f]{12}")) {
            byte[] linux = HexFormat.of().parseHex(text.replace("-", ""));
            byte[] bytes = new byte[LENGTH];
            bytes[0] = linux[0];
            for (int i = 1; i < LENGTH - 1; i++) {
                bytes[i] = linux[LENGTH - 1 - i];
            }
            bytes[LENGTH - 1] = (byte) Checksum.CRC8_DALLAS.over(bytes, 0, LENGTH - 1);
            return new Rom(Bytes.copyOf(bytes));
        }
        if (!text.matches("[0-9A-Fa-f]{16}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no number of a 1-Wire device; write it as 28FFFCD0001703AE or 28-031700d0fcff");
        }
        byte[] bytes = HexFormat.of().parseHex(text);
        if (!isRight(bytes, 0)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has a mistake: its last two digits do not fit the others");
        }
        return new Rom(Bytes.copyOf(bytes));
    }

    /** Kind of device. */
    int family() {
        return bytes.at(0);
    }

    /** Sixteen hex digits. */
    public String text() {
        return HexFormat.of().formatHex(bytes.toArray());
    }
}
