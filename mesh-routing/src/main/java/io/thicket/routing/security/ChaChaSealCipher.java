package io.thicket.routing.security;

import io.thicket.routing.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** ChaCha20-Poly1305 (RFC 8439) under keys from HKDF-SHA256 (RFC 5869). Reuses one cipher per direction. */
public final class ChaChaSealCipher implements SealCipher {
    /** Bytes of a network key. */
    public static final int NETWORK_KEY_BYTES = 32;

    /** The longest network id in bytes. */
    public static final int MAX_NETWORK_ID_BYTES = 64;

    private static final String ALGORITHM = "ChaCha20-Poly1305";
    private static final int NONCE_BYTES = 12;
    private static final int BOOT_BYTES = 24;
    private static final byte[] EXTRACT_SALT = ascii("thicket/frame-key/1");
    private static final byte[] KEY_ID_CONTEXT = ascii("thicket/key-id/1");

    private static final IvParameterSpec DUMMY_NONCE = new IvParameterSpec(new byte[NONCE_BYTES]);

    private final Hkdf hkdf = new Hkdf();
    private final byte[] networkId;
    private final byte[] rootKey;
    private final byte keyId;
    private final MessageDigest sha256;
    private final Cipher sealing;
    private final Cipher opening;
    private final SecretKeySpec dummyKey = new SecretKeySpec(new byte[NETWORK_KEY_BYTES], ALGORITHM);

    private record ChaChaKey(SecretKeySpec spec) implements SealKey {}

    /** For the network named {@code networkId} (1 to 64 bytes) with the shared {@code networkKey} (32 bytes). */
    public ChaChaSealCipher(byte[] networkId, byte[] networkKey) {
        if (networkId.length == 0 || networkId.length > MAX_NETWORK_ID_BYTES) {
            throw new IllegalArgumentException("a network id has 1 to 64 bytes, not " + networkId.length);
        }
        if (networkKey.length != NETWORK_KEY_BYTES) {
            throw new IllegalArgumentException("a network key has 32 bytes, not " + networkKey.length);
        }
        this.networkId = networkId.clone();
        this.rootKey = hkdf.extract(EXTRACT_SALT, networkKey);
        this.keyId = hkdf.hmac(rootKey, joined(KEY_ID_CONTEXT, networkId))[0];
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            sealing = Cipher.getInstance(ALGORITHM);
            opening = Cipher.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK since 11 has SHA-256 and " + ALGORITHM, e);
        }
    }

    @Override
    public byte keyId() {
        return keyId;
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        byte[] info = joined(boot(id, epoch, salt), networkId);
        return new ChaChaKey(new SecretKeySpec(hkdf.expand(rootKey, info, NETWORK_KEY_BYTES), ALGORITHM));
    }

    @Override
    public int bootTag(NodeId id, long epoch, long salt) {
        return ByteBuffer.wrap(sha256.digest(boot(id, epoch, salt))).getInt();
    }

    @Override
    public void seal(
            SealKey key,
            int counter,
            byte[] aad,
            int aadLength,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset) {
        try {
            sealing.init(Cipher.ENCRYPT_MODE, ((ChaChaKey) key).spec, nonce(counter));
            sealing.updateAAD(aad, 0, aadLength);
            sealing.doFinal(input, inputOffset, length, output, outputOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed: a counter was used twice or a buffer is too small", e);
        }
    }

    @Override
    public boolean open(
            SealKey key,
            int counter,
            byte[] aad,
            int aadLength,
            byte[] input,
            int inputOffset,
            int length,
            byte[] output,
            int outputOffset) {
        try {
            initOpening(((ChaChaKey) key).spec, nonce(counter));
            opening.updateAAD(aad, 0, aadLength);
            opening.doFinal(input, inputOffset, length, output, outputOffset);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening failed other than by its tag", e);
        }
    }

    /**
     * JDK 17 refuses to init with the key and nonce it tried last, even after a tag failure; a forged frame would then
     * cost us the genuine one. Another nonce in between makes it forget.
     */
    private void initOpening(SecretKeySpec key, IvParameterSpec nonce) throws GeneralSecurityException {
        try {
            opening.init(Cipher.DECRYPT_MODE, key, nonce);
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            opening.init(Cipher.DECRYPT_MODE, dummyKey, DUMMY_NONCE);
            opening.init(Cipher.DECRYPT_MODE, key, nonce);
        }
    }

    @Override
    public long mac(long secret, long a, long b, long c) {
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(secret).array();
        byte[] message = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .array();
        return ByteBuffer.wrap(hkdf.hmac(key, message)).getLong();
    }

    private static IvParameterSpec nonce(int counter) {
        return new IvParameterSpec(ByteBuffer.allocate(NONCE_BYTES)
                .putInt(NONCE_BYTES - Integer.BYTES, counter)
                .array());
    }

    private static byte[] boot(NodeId id, long epoch, long salt) {
        return ByteBuffer.allocate(BOOT_BYTES)
                .putLong(id.value())
                .putLong(epoch)
                .putLong(salt)
                .array();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
