package io.thicket.sim.lab;

import io.thicket.routing.table.SplitMix64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The keyed checksums of frames. Whoever hears a frame asks for the same one as its sender, one after the other, so that the latest are
 * remembered with all that went into them: to compare is much faster than to compute.
 */
final class FrameChecksums {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** About as many frames as are under way at a time. A power of two. */
    private static final int REMEMBERED = 16;

    private static final class Sum {
        long secret;
        int counter;
        int aadLength;
        /** Of the associated data, followed by the frame. */
        byte[] bytes = {};

        int length;
        long sum;
    }

    private final Sum[] sums = new Sum[REMEMBERED];

    FrameChecksums() {
        Arrays.setAll(sums, unused -> new Sum());
        for (Sum each : sums) {
            each.sum = compute(each); // of nothing, with a key of 0
        }
    }

    /** The checksum over a frame and what goes with it; another one if any bit of anything is another. */
    long of(long secret, int counter, byte[] aad, int aadLength, byte[] frame, int offset, int length) {
        Sum known = sums[(int) (secret >>> 32) + counter & REMEMBERED - 1];
        if (known.secret == secret
                && known.counter == counter
                && known.aadLength == aadLength
                && known.length == aadLength + length
                && Arrays.equals(known.bytes, 0, aadLength, aad, 0, aadLength)
                && Arrays.equals(known.bytes, aadLength, known.length, frame, offset, offset + length)) {
            return known.sum;
        }
        if (aadLength + length > known.bytes.length) {
            known.bytes = new byte[2 * (aadLength + length)];
        }
        known.secret = secret;
        known.counter = counter;
        known.aadLength = aadLength;
        known.length = aadLength + length;
        System.arraycopy(aad, 0, known.bytes, 0, aadLength);
        System.arraycopy(frame, offset, known.bytes, aadLength, length);
        known.sum = compute(known);
        return known.sum;
    }

    private static long compute(Sum of) {
        long sum = mix(of.secret ^ of.counter);
        int i = 0;
        for (; i + Long.BYTES <= of.length; i += Long.BYTES) {
            sum = fold((sum ^ (long) LONGS.get(of.bytes, i)) * GOLDEN);
        }
        for (; i < of.length; i++) {
            sum = fold((sum ^ of.bytes[i]) * GOLDEN);
        }
        return mix(sum ^ of.length - of.aadLength);
    }

    /** A product's low bits know nothing of the high ones of its factors. */
    private static long fold(long product) {
        return product ^ product >>> 32;
    }

    static long mix(long z) {
        return SplitMix64.mix(z + GOLDEN);
    }
}
