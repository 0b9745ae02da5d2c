package io.thicket.drivers.meter;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one M-Bus meter: AES-128 in CBC, mode 5 of EN 13757-3 (OMS security profile A). Its start value is what the header of the
 * answer says: maker, number, version, medium, and eight times the access number.
 */
public final class MbusKey {
    private static final int BLOCK = 16;
    private static final int ID_AT = 7;
    private static final int MAKER_AT = 11;
    private static final int VERSION_AT = 13;
    private static final int MEDIUM_AT = 14;
    private static final int ACCESS_AT = 15;
    private static final byte FILLER = 0x2F;

    private final SecretKeySpec key;

    private MbusKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Reads 32 hexadecimal digits; the message of the {@link IllegalArgumentException} does not repeat them. */
    public static MbusKey parse(String hex) {
        if (!hex.matches("[0-9A-Fa-f]{32}")) {
            throw new IllegalArgumentException("the key of a meter has 32 hexadecimal digits");
        }
        return new MbusKey(HexFormat.of().parseHex(hex));
    }

    /**
     * The plain text of {@code length} bytes at {@code from}, whole blocks; empty if the key is another one: the plain text begins with
     * two fillers, {@code 2F 2F}.
     *
     * @param offset of the answer, whose header is the long one (CI 72)
     */
    byte[] decrypt(byte[] frame, int offset, int from, int length) {
        byte[] start = new byte[BLOCK];
        System.arraycopy(frame, offset + MAKER_AT, start, 0, 2);
        System.arraycopy(frame, offset + ID_AT, start, 2, 4);
        start[6] = frame[offset + VERSION_AT];
        start[7] = frame[offset + MEDIUM_AT];
        Arrays.fill(start, 8, BLOCK, frame[offset + ACCESS_AT]);
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(start));
            byte[] plain = cipher.doFinal(frame, from, length);
            return plain[0] == FILLER && plain[1] == FILLER ? plain : new byte[0];
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has AES, and these are whole blocks", e);
        }
    }

    @Override
    public String toString() {
        return "MbusKey[secret]";
    }
}
