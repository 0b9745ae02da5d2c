package io.thicket.routing.engine;

import io.thicket.routing.NodeId;
import io.thicket.routing.security.SealCipher;

/** Seals with a checksum only: long searches need the rules of the envelope, not its secrecy, and can read what is said. */
final class GlassCipher implements SealCipher {
    private record BootKey(long value) implements SealKey {}

    @Override
    public byte keyId() {
        return 1;
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        return new BootKey(mac(id.value(), epoch, salt, 1));
    }

    @Override
    public int bootTag(NodeId id, long epoch, long salt) {
        return (int) mac(id.value(), epoch, salt, 2);
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
        long sum = sum(key, counter, aad, aadLength, input, inputOffset, length);
        System.arraycopy(input, inputOffset, output, outputOffset, length);
        for (int i = 0; i < TAG_BYTES; i++) {
            output[outputOffset + length + i] = i < Long.BYTES ? (byte) (sum >> 8 * i) : 0;
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
        int text = length - TAG_BYTES;
        if (text < 0) {
            return false;
        }
        long sum = sum(key, counter, aad, aadLength, input, inputOffset, text);
        for (int i = 0; i < Long.BYTES; i++) {
            if (input[inputOffset + text + i] != (byte) (sum >> 8 * i)) {
                return false;
            }
        }
        System.arraycopy(input, inputOffset, output, outputOffset, text);
        return true;
    }

    @Override
    public long mac(long secret, long a, long b, long c) {
        return mix(mix(mix(mix(secret) ^ a) ^ b) ^ c);
    }

    private static long sum(
            SealKey key, int counter, byte[] aad, int aadLength, byte[] input, int inputOffset, int length) {
        long sum = ((BootKey) key).value() ^ counter;
        for (int i = 0; i < aadLength; i++) {
            sum = sum * 0x9e3779b97f4a7c15L + aad[i];
        }
        for (int i = 0; i < length; i++) {
            sum = sum * 0x9e3779b97f4a7c15L + input[inputOffset + i];
        }
        return mix(sum);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
