package io.thicket.sim.lab;

import io.thicket.routing.NodeId;
import io.thicket.routing.security.SealCipher;

/** A real cipher, whose plain texts stand-ins are shown, so that they can still tell what a frame is for. */
final class ToldCipher implements SealCipher {
    private final LabCipher told;
    private final LabCipher opened;
    private final SealCipher real;

    /**
     * @param told is shown what is sealed
     * @param opened is shown what was opened
     */
    ToldCipher(LabCipher told, LabCipher opened, SealCipher real) {
        this.told = told;
        this.opened = opened;
        this.real = real;
    }

    @Override
    public byte keyId() {
        return real.keyId();
    }

    @Override
    public SealKey key(NodeId id, long epoch, long salt) {
        return real.key(id, epoch, salt);
    }

    @Override
    public int bootTag(NodeId id, long epoch, long salt) {
        return real.bootTag(id, epoch, salt);
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
        told.note(input, inputOffset, length);
        real.seal(key, counter, aad, aadLength, input, inputOffset, length, output, outputOffset);
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
        boolean its = real.open(key, counter, aad, aadLength, input, inputOffset, length, output, outputOffset);
        if (its) {
            opened.note(output, outputOffset, length - TAG_BYTES);
        }
        return its;
    }

    @Override
    public long mac(long secret, long a, long b, long c) {
        return real.mac(secret, a, b, c);
    }
}
