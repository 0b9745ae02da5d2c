package io.thicket.routing.bench;

import io.thicket.routing.NodeId;
import io.thicket.routing.security.SealCipher;

/** Seals nothing, in the sizes of the real cipher: what is measured with it is the engine without cryptography. */
final class OpenCipher implements SealCipher {
    private record BootKey(NodeId node) implements SealKey {}

    @Override
    public byte keyId() {
        return 1;
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        return new BootKey(id);
    }

    @Override
    public int bootTag(NodeId id, long epoch, long salt) {
        return (int) mac(id.value(), epoch, salt, 0);
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
        System.arraycopy(input, inputOffset, output, outputOffset, length);
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
        System.arraycopy(input, inputOffset, output, outputOffset, length - TAG_BYTES);
        return true;
    }

    @Override
    public long mac(long secret, long a, long b, long c) {
        long mixed = (secret ^ a * 0x9e3779b97f4a7c15L ^ b * 0xbf58476d1ce4e5b9L ^ c) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 29;
    }
}
